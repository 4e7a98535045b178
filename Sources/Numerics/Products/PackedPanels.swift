/// The right factor of a product in panels of two vectors' columns, [panels, depth, columns of a panel], so that the
/// inner loop of ``Products`` reads it in one stream. For matrices beyond the first cache.
public enum PackedPanels {
    /// Columns of a panel.
    @inlinable public static func width<Scalar: Real>(_ type: Scalar.Type) -> Int { 2 * Scalar.Vector.count }

    /// Panels of so many columns.
    @inlinable public static func count<Scalar: Real>(_ type: Scalar.Type, columns: Int) -> Int {
        (columns + width(type) - 1) / width(type)
    }

    /// Values of all panels.
    @inlinable public static func values<Scalar: Real>(_ type: Scalar.Type, depth: Int, columns: Int) -> Int {
        depth * count(type, columns: columns) * width(type)
    }

    /// Packs some panels of B, [depth, columns]. What lies beyond the last column is of no meaning.
    @inlinable @inline(__always) public static func pack<Scalar: Real>(
        _ panels: Range<Int>, of b: UnsafePointer<Scalar>, depth: Int, columns: Int,
        into target: UnsafeMutablePointer<Scalar>
    ) {
        typealias V = Scalar.Vector
        let width = width(Scalar.self)
        for panel in panels {
            var (from, to) = (b + panel &* width, target + panel &* depth &* width)
            let isNarrow = columns &- panel &* width <= V.count
            for _ in 0..<depth {
                V(at: from).store(at: to)
                if !isNarrow { V(at: from + V.count).store(at: to + V.count) }
                (from, to) = (from + columns, to + width)
            }
        }
    }

    /// Packs some panels of Bᵀ, where B is [columns of the factor, depth].
    @inlinable @inline(__always) public static func pack<Scalar: Real>(
        _ panels: Range<Int>, ofTransposed b: UnsafePointer<Scalar>, depth: Int, columns: Int,
        into target: UnsafeMutablePointer<Scalar>
    ) {
        let width = width(Scalar.self)
        for panel in panels {
            let to = target + panel &* depth &* width
            let lanes = min(width, columns &- panel &* width)
            // Eight neighbours of a row make half a cache line; the lines of eight lanes stay in the first cache.
            for start in stride(from: 0, to: depth, by: 8) {
                let end = min(depth, start &+ 8)
                for lane in 0..<lanes {
                    let from = b + (panel &* width &+ lane) &* depth
                    for k in start..<end { to[k &* width &+ lane] = from[k] }
                }
            }
        }
    }

    /// C = A·B, or C += A·B, with B in panels.
    @inlinable @inline(__always) public static func multiply<Scalar: Real>(
        rows: Int, columns: Int, depth: Int, _ a: Products.Strided<Scalar>, _ panels: UnsafePointer<Scalar>,
        _ c: UnsafeMutablePointer<Scalar>, cRow: Int, accumulates: Bool
    ) {
        let width = width(Scalar.self)
        for panel in 0..<count(Scalar.self, columns: columns) {
            let column = panel &* width
            Products.multiply(
                rows: rows, columns: min(width, columns &- column), depth: depth, a,
                panels + panel &* depth &* width, bRow: width, c + column, cRow: cRow,
                accumulates: accumulates)
        }
    }
}
