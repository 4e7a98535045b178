import Numerics

/// Sums and differences of points that mirror each other, in panels of two vectors: what the matrices of
/// ``SymmetryClass`` are applied to.
///
/// For even N = 2M the point n stands for the four points n, N − n, M − n and M + n; for odd N for n and N − n.
struct FoldedAxis<Scalar: Real> {
    typealias V = Scalar.Vector
    let length: Int
    let base: UnsafeMutablePointer<Scalar>

    @inline(__always) private var panel: Int { 2 &* V.count }
    /// Points of one class, with a place for each.
    @inline(__always) private var places: Int { length % 2 == 0 ? length / 4 + 1 : (length + 1) / 2 }

    /// The folded points of a class.
    @inline(__always) func points(_ index: Int) -> UnsafeMutablePointer<Scalar> {
        base + index * places * panel
    }

    /// Folds two vectors of columns, or one.
    @inline(__always) func fold(_ x: UnsafePointer<Scalar>, step: Int, narrow: Bool) {
        fold(x, step: step, lane: 0)
        if !narrow { fold(x + V.count, step: step, lane: V.count) }
    }

    @inline(__always) private func fold(_ x: UnsafePointer<Scalar>, step: Int, lane: Int) {
        length % 2 == 0 ? foldEven(x, step, lane) : foldOdd(x, step, lane)
    }

    @inline(__always) private func foldOdd(_ x: UnsafePointer<Scalar>, _ step: Int, _ lane: Int) {
        let (cosine, sine) = (points(0) + lane, points(1) + lane)
        V(at: x).store(at: cosine)
        var n = 1
        while n <= (length - 1) / 2 {
            let (a, b) = (V(at: x + n &* step), V(at: x + (length &- n) &* step))
            (a + b).store(at: cosine + n &* panel)
            (a - b).store(at: sine + n &* panel)
            n &+= 1
        }
    }

    @inline(__always) private func foldEven(_ x: UnsafePointer<Scalar>, _ step: Int, _ lane: Int) {
        let half = length / 2
        let (c0, c1, s0, s1) = (points(0) + lane, points(1) + lane, points(2) + lane, points(3) + lane)
        let (first, opposite) = (V(at: x), V(at: x + half &* step))
        (first + opposite).store(at: c0)
        (first - opposite).store(at: c1)
        var n = 1
        while 2 &* n < half {
            let (a, b) = (V(at: x + n &* step), V(at: x + (length &- n) &* step))
            let (c, d) = (V(at: x + (half &- n) &* step), V(at: x + (half &+ n) &* step))
            let (e1, e2, o1, o2) = (a + b, c + d, a - b, c - d)
            (e1 + e2).store(at: c0 + n &* panel)
            (e1 - e2).store(at: c1 + n &* panel)
            (o1 - o2).store(at: s0 + n &* panel)
            (o1 + o2).store(at: s1 + n &* panel)
            n &+= 1
        }
        guard half % 2 == 0, n > 0, 2 &* n == half else { return }
        let (a, b) = (V(at: x + n &* step), V(at: x + (length &- n) &* step))
        (a + b).store(at: c0 + n &* panel)
        (a - b).store(at: s1 + n &* panel)
    }

    /// Spreads folded points to all points: the transpose of ``fold(_:step:narrow:)``.
    @inline(__always) func unfold(
        _ x: UnsafeMutablePointer<Scalar>, step: Int, columns: Int, accumulates: Bool
    ) {
        unfold(x, step, 0, min(columns, V.count), accumulates)
        if columns > V.count { unfold(x + V.count, step, V.count, columns - V.count, accumulates) }
    }

    @inline(__always) private func unfold(
        _ x: UnsafeMutablePointer<Scalar>, _ step: Int, _ lane: Int, _ columns: Int, _ accumulates: Bool
    ) {
        length % 2 == 0
            ? unfoldEven(x, step, lane, columns, accumulates) : unfoldOdd(x, step, lane, columns, accumulates)
    }

    @inline(__always) private func unfoldOdd(
        _ x: UnsafeMutablePointer<Scalar>, _ step: Int, _ lane: Int, _ columns: Int, _ accumulates: Bool
    ) {
        let (cosine, sine) = (points(0) + lane, points(1) + lane)
        Products.put(V(at: cosine), x, columns, accumulates)
        var n = 1
        while n <= (length - 1) / 2 {
            let (c, s) = (V(at: cosine + n &* panel), V(at: sine + n &* panel))
            Products.put(c + s, x + n &* step, columns, accumulates)
            Products.put(c - s, x + (length &- n) &* step, columns, accumulates)
            n &+= 1
        }
    }

    @inline(__always) private func unfoldEven(
        _ x: UnsafeMutablePointer<Scalar>, _ step: Int, _ lane: Int, _ columns: Int, _ accumulates: Bool
    ) {
        let half = length / 2
        let (c0, c1, s0, s1) = (points(0) + lane, points(1) + lane, points(2) + lane, points(3) + lane)
        Products.put(V(at: c0) + V(at: c1), x, columns, accumulates)
        Products.put(V(at: c0) - V(at: c1), x + half &* step, columns, accumulates)
        var n = 1
        while 2 &* n < half {
            let at = n &* panel
            let (ce, co) = (V(at: c0 + at), V(at: c1 + at))
            let (se, so) = (V(at: s0 + at), V(at: s1 + at))
            let (e1, e2, o1, o2) = (ce + co, ce - co, se + so, so - se)
            Products.put(e1 + o1, x + n &* step, columns, accumulates)
            Products.put(e1 - o1, x + (length &- n) &* step, columns, accumulates)
            Products.put(e2 + o2, x + (half &- n) &* step, columns, accumulates)
            Products.put(e2 - o2, x + (half &+ n) &* step, columns, accumulates)
            n &+= 1
        }
        guard half % 2 == 0, 2 &* n == half else { return }
        let (e, o) = (V(at: c0 + n &* panel), V(at: s1 + n &* panel))
        Products.put(e + o, x + n &* step, columns, accumulates)
        Products.put(e - o, x + (length &- n) &* step, columns, accumulates)
    }
}
