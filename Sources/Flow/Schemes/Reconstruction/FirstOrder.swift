import Numerics

/// The value of the cell: Godunov's own scheme (Godunov 1959).
package enum FirstOrder: Reconstruction {
    @inline(__always) package static func face<V: Lanes>(_ a: V, _ b: V, _ c: V, _ d: V, _ e: V) -> V { c }
}
