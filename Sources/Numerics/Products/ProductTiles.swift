/// Unrolled inner loops: so many rows by so many vectors of C stay in registers while the depth runs.
///
/// Sixteen sums hide the latency of the fused product on current processors, and leave registers for the operands.
extension Products {
    @inlinable @inline(__always) static func tile8x2<Scalar: Real>(
        _ a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0a, s0b) = (V(0), V(0))
        var (s1a, s1b) = (V(0), V(0))
        var (s2a, s2b) = (V(0), V(0))
        var (s3a, s3b) = (V(0), V(0))
        var (s4a, s4b) = (V(0), V(0))
        var (s5a, s5b) = (V(0), V(0))
        var (s6a, s6b) = (V(0), V(0))
        var (s7a, s7b) = (V(0), V(0))
        var (row, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: row), V(at: row + V.count))
            let a0 = V(left[0])
            s0a = s0a.adding(a0, times: b0)
            s0b = s0b.adding(a0, times: b1)
            let a1 = V(left[a.row])
            s1a = s1a.adding(a1, times: b0)
            s1b = s1b.adding(a1, times: b1)
            let a2 = V(left[2 &* a.row])
            s2a = s2a.adding(a2, times: b0)
            s2b = s2b.adding(a2, times: b1)
            let a3 = V(left[3 &* a.row])
            s3a = s3a.adding(a3, times: b0)
            s3b = s3b.adding(a3, times: b1)
            let a4 = V(left[4 &* a.row])
            s4a = s4a.adding(a4, times: b0)
            s4b = s4b.adding(a4, times: b1)
            let a5 = V(left[5 &* a.row])
            s5a = s5a.adding(a5, times: b0)
            s5b = s5b.adding(a5, times: b1)
            let a6 = V(left[6 &* a.row])
            s6a = s6a.adding(a6, times: b0)
            s6b = s6b.adding(a6, times: b1)
            let a7 = V(left[7 &* a.row])
            s7a = s7a.adding(a7, times: b0)
            s7b = s7b.adding(a7, times: b1)
            row += bRow
            left += a.column
        }
        put(s0a, s0b, c, columns, accumulates)
        put(s1a, s1b, c + cRow, columns, accumulates)
        put(s2a, s2b, c + 2 &* cRow, columns, accumulates)
        put(s3a, s3b, c + 3 &* cRow, columns, accumulates)
        put(s4a, s4b, c + 4 &* cRow, columns, accumulates)
        put(s5a, s5b, c + 5 &* cRow, columns, accumulates)
        put(s6a, s6b, c + 6 &* cRow, columns, accumulates)
        put(s7a, s7b, c + 7 &* cRow, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile4x2<Scalar: Real>(
        _ a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0a, s0b) = (V(0), V(0))
        var (s1a, s1b) = (V(0), V(0))
        var (s2a, s2b) = (V(0), V(0))
        var (s3a, s3b) = (V(0), V(0))
        var (row, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: row), V(at: row + V.count))
            let a0 = V(left[0])
            s0a = s0a.adding(a0, times: b0)
            s0b = s0b.adding(a0, times: b1)
            let a1 = V(left[a.row])
            s1a = s1a.adding(a1, times: b0)
            s1b = s1b.adding(a1, times: b1)
            let a2 = V(left[2 &* a.row])
            s2a = s2a.adding(a2, times: b0)
            s2b = s2b.adding(a2, times: b1)
            let a3 = V(left[3 &* a.row])
            s3a = s3a.adding(a3, times: b0)
            s3b = s3b.adding(a3, times: b1)
            row += bRow
            left += a.column
        }
        put(s0a, s0b, c, columns, accumulates)
        put(s1a, s1b, c + cRow, columns, accumulates)
        put(s2a, s2b, c + 2 &* cRow, columns, accumulates)
        put(s3a, s3b, c + 3 &* cRow, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile1x2<Scalar: Real>(
        _ a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0a, s0b) = (V(0), V(0))
        var (row, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: row), V(at: row + V.count))
            let a0 = V(left[0])
            s0a = s0a.adding(a0, times: b0)
            s0b = s0b.adding(a0, times: b1)
            row += bRow
            left += a.column
        }
        put(s0a, s0b, c, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile8x1<Scalar: Real>(
        _ a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var s0a = V(0)
        var s1a = V(0)
        var s2a = V(0)
        var s3a = V(0)
        var s4a = V(0)
        var s5a = V(0)
        var s6a = V(0)
        var s7a = V(0)
        var (row, left) = (b, a.base)
        for _ in 0..<depth {
            let b0 = V(at: row)
            let a0 = V(left[0])
            s0a = s0a.adding(a0, times: b0)
            let a1 = V(left[a.row])
            s1a = s1a.adding(a1, times: b0)
            let a2 = V(left[2 &* a.row])
            s2a = s2a.adding(a2, times: b0)
            let a3 = V(left[3 &* a.row])
            s3a = s3a.adding(a3, times: b0)
            let a4 = V(left[4 &* a.row])
            s4a = s4a.adding(a4, times: b0)
            let a5 = V(left[5 &* a.row])
            s5a = s5a.adding(a5, times: b0)
            let a6 = V(left[6 &* a.row])
            s6a = s6a.adding(a6, times: b0)
            let a7 = V(left[7 &* a.row])
            s7a = s7a.adding(a7, times: b0)
            row += bRow
            left += a.column
        }
        put(s0a, c, columns, accumulates)
        put(s1a, c + cRow, columns, accumulates)
        put(s2a, c + 2 &* cRow, columns, accumulates)
        put(s3a, c + 3 &* cRow, columns, accumulates)
        put(s4a, c + 4 &* cRow, columns, accumulates)
        put(s5a, c + 5 &* cRow, columns, accumulates)
        put(s6a, c + 6 &* cRow, columns, accumulates)
        put(s7a, c + 7 &* cRow, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile4x1<Scalar: Real>(
        _ a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var s0a = V(0)
        var s1a = V(0)
        var s2a = V(0)
        var s3a = V(0)
        var (row, left) = (b, a.base)
        for _ in 0..<depth {
            let b0 = V(at: row)
            let a0 = V(left[0])
            s0a = s0a.adding(a0, times: b0)
            let a1 = V(left[a.row])
            s1a = s1a.adding(a1, times: b0)
            let a2 = V(left[2 &* a.row])
            s2a = s2a.adding(a2, times: b0)
            let a3 = V(left[3 &* a.row])
            s3a = s3a.adding(a3, times: b0)
            row += bRow
            left += a.column
        }
        put(s0a, c, columns, accumulates)
        put(s1a, c + cRow, columns, accumulates)
        put(s2a, c + 2 &* cRow, columns, accumulates)
        put(s3a, c + 3 &* cRow, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile1x1<Scalar: Real>(
        _ a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var s0a = V(0)
        var (row, left) = (b, a.base)
        for _ in 0..<depth {
            let b0 = V(at: row)
            let a0 = V(left[0])
            s0a = s0a.adding(a0, times: b0)
            row += bRow
            left += a.column
        }
        put(s0a, c, columns, accumulates)
    }
}
