import Numerics

/// Loops over contiguous values.
enum Elementwise {
    /// target[i] = f(i-th vectors), for `count` values; the last vector may read beyond, and is written in part.
    @inline(__always) static func map<Scalar: Real>(
        _ range: Range<Int>, into target: UnsafeMutablePointer<Scalar>, accumulates: Bool = false,
        _ function: (Int) -> Scalar.Vector
    ) {
        typealias V = Scalar.Vector
        var i = range.lowerBound
        while i < range.upperBound {
            Products.put(function(i), target + i, min(V.count, range.upperBound &- i), accumulates)
            i &+= V.count
        }
    }
}
