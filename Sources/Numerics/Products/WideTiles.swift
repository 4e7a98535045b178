/// Unrolled inner loops: so many rows of C by two vectors stay in registers while the depth runs.
///
/// Swift has no arrays in registers, so every size is written out. Eight rows make sixteen sums, which hide the
/// latency of the fused product and leave registers for the operands.
extension Products {
    @inlinable @inline(__always) static func tile1<Scalar: Real>(
        wide a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0, t0) = (V(0), V(0))
        var (right, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: right), V(at: right + V.count))
            let a0 = V(left[0])
            s0 = s0.adding(a0, times: b0)
            t0 = t0.adding(a0, times: b1)
            right += bRow
            left += a.column
        }
        put(s0, t0, c, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile2<Scalar: Real>(
        wide a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0, t0) = (V(0), V(0))
        var (s1, t1) = (V(0), V(0))
        var (right, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: right), V(at: right + V.count))
            let a0 = V(left[0])
            s0 = s0.adding(a0, times: b0)
            t0 = t0.adding(a0, times: b1)
            let a1 = V(left[a.row])
            s1 = s1.adding(a1, times: b0)
            t1 = t1.adding(a1, times: b1)
            right += bRow
            left += a.column
        }
        put(s0, t0, c, columns, accumulates)
        put(s1, t1, c + cRow, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile3<Scalar: Real>(
        wide a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0, t0) = (V(0), V(0))
        var (s1, t1) = (V(0), V(0))
        var (s2, t2) = (V(0), V(0))
        var (right, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: right), V(at: right + V.count))
            let a0 = V(left[0])
            s0 = s0.adding(a0, times: b0)
            t0 = t0.adding(a0, times: b1)
            let a1 = V(left[a.row])
            s1 = s1.adding(a1, times: b0)
            t1 = t1.adding(a1, times: b1)
            let a2 = V(left[2 &* a.row])
            s2 = s2.adding(a2, times: b0)
            t2 = t2.adding(a2, times: b1)
            right += bRow
            left += a.column
        }
        put(s0, t0, c, columns, accumulates)
        put(s1, t1, c + cRow, columns, accumulates)
        put(s2, t2, c + 2 &* cRow, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile4<Scalar: Real>(
        wide a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0, t0) = (V(0), V(0))
        var (s1, t1) = (V(0), V(0))
        var (s2, t2) = (V(0), V(0))
        var (s3, t3) = (V(0), V(0))
        var (right, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: right), V(at: right + V.count))
            let a0 = V(left[0])
            s0 = s0.adding(a0, times: b0)
            t0 = t0.adding(a0, times: b1)
            let a1 = V(left[a.row])
            s1 = s1.adding(a1, times: b0)
            t1 = t1.adding(a1, times: b1)
            let a2 = V(left[2 &* a.row])
            s2 = s2.adding(a2, times: b0)
            t2 = t2.adding(a2, times: b1)
            let a3 = V(left[3 &* a.row])
            s3 = s3.adding(a3, times: b0)
            t3 = t3.adding(a3, times: b1)
            right += bRow
            left += a.column
        }
        put(s0, t0, c, columns, accumulates)
        put(s1, t1, c + cRow, columns, accumulates)
        put(s2, t2, c + 2 &* cRow, columns, accumulates)
        put(s3, t3, c + 3 &* cRow, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile5<Scalar: Real>(
        wide a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0, t0) = (V(0), V(0))
        var (s1, t1) = (V(0), V(0))
        var (s2, t2) = (V(0), V(0))
        var (s3, t3) = (V(0), V(0))
        var (s4, t4) = (V(0), V(0))
        var (right, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: right), V(at: right + V.count))
            let a0 = V(left[0])
            s0 = s0.adding(a0, times: b0)
            t0 = t0.adding(a0, times: b1)
            let a1 = V(left[a.row])
            s1 = s1.adding(a1, times: b0)
            t1 = t1.adding(a1, times: b1)
            let a2 = V(left[2 &* a.row])
            s2 = s2.adding(a2, times: b0)
            t2 = t2.adding(a2, times: b1)
            let a3 = V(left[3 &* a.row])
            s3 = s3.adding(a3, times: b0)
            t3 = t3.adding(a3, times: b1)
            let a4 = V(left[4 &* a.row])
            s4 = s4.adding(a4, times: b0)
            t4 = t4.adding(a4, times: b1)
            right += bRow
            left += a.column
        }
        put(s0, t0, c, columns, accumulates)
        put(s1, t1, c + cRow, columns, accumulates)
        put(s2, t2, c + 2 &* cRow, columns, accumulates)
        put(s3, t3, c + 3 &* cRow, columns, accumulates)
        put(s4, t4, c + 4 &* cRow, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile6<Scalar: Real>(
        wide a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0, t0) = (V(0), V(0))
        var (s1, t1) = (V(0), V(0))
        var (s2, t2) = (V(0), V(0))
        var (s3, t3) = (V(0), V(0))
        var (s4, t4) = (V(0), V(0))
        var (s5, t5) = (V(0), V(0))
        var (right, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: right), V(at: right + V.count))
            let a0 = V(left[0])
            s0 = s0.adding(a0, times: b0)
            t0 = t0.adding(a0, times: b1)
            let a1 = V(left[a.row])
            s1 = s1.adding(a1, times: b0)
            t1 = t1.adding(a1, times: b1)
            let a2 = V(left[2 &* a.row])
            s2 = s2.adding(a2, times: b0)
            t2 = t2.adding(a2, times: b1)
            let a3 = V(left[3 &* a.row])
            s3 = s3.adding(a3, times: b0)
            t3 = t3.adding(a3, times: b1)
            let a4 = V(left[4 &* a.row])
            s4 = s4.adding(a4, times: b0)
            t4 = t4.adding(a4, times: b1)
            let a5 = V(left[5 &* a.row])
            s5 = s5.adding(a5, times: b0)
            t5 = t5.adding(a5, times: b1)
            right += bRow
            left += a.column
        }
        put(s0, t0, c, columns, accumulates)
        put(s1, t1, c + cRow, columns, accumulates)
        put(s2, t2, c + 2 &* cRow, columns, accumulates)
        put(s3, t3, c + 3 &* cRow, columns, accumulates)
        put(s4, t4, c + 4 &* cRow, columns, accumulates)
        put(s5, t5, c + 5 &* cRow, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile7<Scalar: Real>(
        wide a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0, t0) = (V(0), V(0))
        var (s1, t1) = (V(0), V(0))
        var (s2, t2) = (V(0), V(0))
        var (s3, t3) = (V(0), V(0))
        var (s4, t4) = (V(0), V(0))
        var (s5, t5) = (V(0), V(0))
        var (s6, t6) = (V(0), V(0))
        var (right, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: right), V(at: right + V.count))
            let a0 = V(left[0])
            s0 = s0.adding(a0, times: b0)
            t0 = t0.adding(a0, times: b1)
            let a1 = V(left[a.row])
            s1 = s1.adding(a1, times: b0)
            t1 = t1.adding(a1, times: b1)
            let a2 = V(left[2 &* a.row])
            s2 = s2.adding(a2, times: b0)
            t2 = t2.adding(a2, times: b1)
            let a3 = V(left[3 &* a.row])
            s3 = s3.adding(a3, times: b0)
            t3 = t3.adding(a3, times: b1)
            let a4 = V(left[4 &* a.row])
            s4 = s4.adding(a4, times: b0)
            t4 = t4.adding(a4, times: b1)
            let a5 = V(left[5 &* a.row])
            s5 = s5.adding(a5, times: b0)
            t5 = t5.adding(a5, times: b1)
            let a6 = V(left[6 &* a.row])
            s6 = s6.adding(a6, times: b0)
            t6 = t6.adding(a6, times: b1)
            right += bRow
            left += a.column
        }
        put(s0, t0, c, columns, accumulates)
        put(s1, t1, c + cRow, columns, accumulates)
        put(s2, t2, c + 2 &* cRow, columns, accumulates)
        put(s3, t3, c + 3 &* cRow, columns, accumulates)
        put(s4, t4, c + 4 &* cRow, columns, accumulates)
        put(s5, t5, c + 5 &* cRow, columns, accumulates)
        put(s6, t6, c + 6 &* cRow, columns, accumulates)
    }

    @inlinable @inline(__always) static func tile8<Scalar: Real>(
        wide a: Strided<Scalar>, _ b: UnsafePointer<Scalar>, _ bRow: Int, _ depth: Int,
        _ c: UnsafeMutablePointer<Scalar>, _ cRow: Int, _ columns: Int, _ accumulates: Bool
    ) {
        typealias V = Scalar.Vector
        var (s0, t0) = (V(0), V(0))
        var (s1, t1) = (V(0), V(0))
        var (s2, t2) = (V(0), V(0))
        var (s3, t3) = (V(0), V(0))
        var (s4, t4) = (V(0), V(0))
        var (s5, t5) = (V(0), V(0))
        var (s6, t6) = (V(0), V(0))
        var (s7, t7) = (V(0), V(0))
        var (right, left) = (b, a.base)
        for _ in 0..<depth {
            let (b0, b1) = (V(at: right), V(at: right + V.count))
            let a0 = V(left[0])
            s0 = s0.adding(a0, times: b0)
            t0 = t0.adding(a0, times: b1)
            let a1 = V(left[a.row])
            s1 = s1.adding(a1, times: b0)
            t1 = t1.adding(a1, times: b1)
            let a2 = V(left[2 &* a.row])
            s2 = s2.adding(a2, times: b0)
            t2 = t2.adding(a2, times: b1)
            let a3 = V(left[3 &* a.row])
            s3 = s3.adding(a3, times: b0)
            t3 = t3.adding(a3, times: b1)
            let a4 = V(left[4 &* a.row])
            s4 = s4.adding(a4, times: b0)
            t4 = t4.adding(a4, times: b1)
            let a5 = V(left[5 &* a.row])
            s5 = s5.adding(a5, times: b0)
            t5 = t5.adding(a5, times: b1)
            let a6 = V(left[6 &* a.row])
            s6 = s6.adding(a6, times: b0)
            t6 = t6.adding(a6, times: b1)
            let a7 = V(left[7 &* a.row])
            s7 = s7.adding(a7, times: b0)
            t7 = t7.adding(a7, times: b1)
            right += bRow
            left += a.column
        }
        put(s0, t0, c, columns, accumulates)
        put(s1, t1, c + cRow, columns, accumulates)
        put(s2, t2, c + 2 &* cRow, columns, accumulates)
        put(s3, t3, c + 3 &* cRow, columns, accumulates)
        put(s4, t4, c + 4 &* cRow, columns, accumulates)
        put(s5, t5, c + 5 &* cRow, columns, accumulates)
        put(s6, t6, c + 6 &* cRow, columns, accumulates)
        put(s7, t7, c + 7 &* cRow, columns, accumulates)
    }
}
