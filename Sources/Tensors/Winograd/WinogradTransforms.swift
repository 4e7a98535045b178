import Numerics

/// Winograd's minimal filtering F(4, 3): four results of a kernel of three points with six products instead of twelve
/// (Lavin & Gray 2016, doi:10.1109/CVPR.2016.435), and its adjoints. In two dimensions each is applied to the columns and
/// then to the rows: 36 products instead of 144.
///
/// With B, G and A of the points 0, ±1, ±2, ∞: y = Aᵀ[(G w) ∘ (Bᵀ x)].
enum WinogradTransforms {
    /// Up to six vectors of a line.
    struct Line<V: Lanes> {
        var (v0, v1, v2, v3, v4, v5): (V, V, V, V, V, V)

        @inline(__always) init(_ v0: V, _ v1: V, _ v2: V, _ v3: V? = nil, _ v4: V? = nil, _ v5: V? = nil) {
            (self.v0, self.v1, self.v2) = (v0, v1, v2)
            (self.v3, self.v4, self.v5) = (v3 ?? V(0), v4 ?? V(0), v5 ?? V(0))
        }

        /// The first `count` of them, three to six.
        @inline(__always) init(_ count: Int, _ read: (Int) -> V) {
            (v0, v1, v2) = (read(0), read(1), read(2))
            v3 = count > 3 ? read(3) : V(0)
            (v4, v5) = count > 4 ? (read(4), read(5)) : (V(0), V(0))
        }

        @inline(__always) func write(_ count: Int, _ body: (Int, V) -> Void) {
            body(0, v0)
            body(1, v1)
            body(2, v2)
            if count > 3 { body(3, v3) }
            if count > 4 {
                body(4, v4)
                body(5, v5)
            }
        }
    }

    /// Points of a tile of the input, an axis.
    static var extent: Int { 6 }
    /// Products of a tile.
    static var frequencies: Int { 36 }
    /// Points of a tile of the result, an axis.
    static var step: Int { 4 }

    /// Bᵀ x: six values to six.
    @inline(__always) static func input<V: Lanes>(_ x: Line<V>) -> Line<V> {
        let (x1, x2, x3, x4) = (x.v1, x.v2, x.v3, x.v4)
        let (four, five) = (V(4), V(5))
        let (even, odd) = (x4.subtracting(four, times: x2), x3.subtracting(four, times: x1))
        let (near, far) = (x4 - x2, (x3 - x1) * V(2))
        return Line(
            x4.adding(four, times: x.v0).subtracting(five, times: x2), even + odd, even - odd, near + far,
            near - far, x.v5.adding(four, times: x1).subtracting(five, times: x3))
    }

    /// Aᵀ m: six values to four.
    @inline(__always) static func output<V: Lanes>(_ x: Line<V>) -> Line<V> {
        let (a, b) = (x.v1 + x.v2, x.v1 - x.v2)
        let (c, d) = (x.v3 + x.v4, x.v3 - x.v4)
        return Line(
            x.v0 + a + c, b.adding(V(2), times: d), a.adding(V(4), times: c), b.adding(V(8), times: d) + x.v5)
    }

    /// G w: three values to six.
    @inline(__always) static func weights<V: Lanes>(_ x: Line<V>) -> Line<V> {
        let (w0, w1, w2) = (x.v0, x.v1, x.v2)
        let (sixth, twelfth) = (V(1) / V(6), V(1) / V(12))
        let (outer, middle) = ((w0 + w2) * sixth, w1 * sixth)
        let (wide, half) = (w0.adding(V(4), times: w2) * (twelfth * V(0.5)), w1 * twelfth)
        return Line(
            w0 * V(0.25), V(0) - outer - middle, middle - outer, wide + half, wide - half, w2)
    }

    /// A y: four values to six, the adjoint of ``output(_:)``.
    @inline(__always) static func outputAdjoint<V: Lanes>(_ x: Line<V>) -> Line<V> {
        let (y0, y1, y2, y3) = (x.v0, x.v1, x.v2, x.v3)
        let (even, odd) = (y0 + y2, y1 + y3)
        let (wide, far) = (y0.adding(V(4), times: y2), y1.adding(V(4), times: y3) * V(2))
        return Line(
            y0, even + odd, even - odd, wide + far, wide - far, y3)
    }

    /// Gᵀ u: six values to three, the adjoint of ``weights(_:)``.
    @inline(__always) static func weightsAdjoint<V: Lanes>(_ x: Line<V>) -> Line<V> {
        let (a, b) = (x.v1 + x.v2, x.v1 - x.v2)
        let (c, d) = (x.v3 + x.v4, x.v3 - x.v4)
        let (sixth, twelfth) = (V(1) / V(6), V(1) / V(12))
        return Line(
            (x.v0 * V(0.25)).subtracting(a, times: sixth).adding(c, times: twelfth * V(0.5)),
            (d * twelfth).subtracting(b, times: sixth), x.v5.adding(c - a, times: sixth))
    }

    /// One of the above on the columns, then on the rows of a tile.
    ///
    /// - Parameters:
    ///   - extents: Points of the tile an axis before and after.
    ///   - scratch: 36 vectors.
    @inline(__always) static func plane<V: Lanes>(
        _ extents: (from: Int, to: Int), _ scratch: UnsafeMutablePointer<V.Element>,
        _ transform: (Line<V>) -> Line<V>, read: (_ row: Int, _ column: Int) -> V,
        write: (_ row: Int, _ column: Int, V) -> Void
    ) {
        for column in 0..<extents.from {
            transform(Line(extents.from) { read($0, column) }).write(extents.to) { row, value in
                value.store(at: scratch + (row &* extents.from &+ column) &* V.count)
            }
        }
        for row in 0..<extents.to {
            let first = scratch + row &* extents.from &* V.count
            transform(Line(extents.from) { V(at: first + $0 &* V.count) }).write(extents.to) {
                write(row, $0, $1)
            }
        }
    }
}
