import Foundation

/// What this machine can do at best on one thread: the scale against which a kernel is measured.
public struct MachinePeak: Sendable, Codable, Equatable {
    /// Float32 matrix product, 10⁹ floating-point operations a second; nil without OpenBLAS.
    public var singleGigaflops: Double?
    /// Float64 matrix product, 10⁹ floating-point operations a second; nil without OpenBLAS.
    public var doubleGigaflops: Double?
    /// Bytes read plus bytes written by a copy far larger than the caches, 10⁹ a second.
    public var copyGigabytes: Double

    /// Measures; takes about a second and half a gibibyte.
    public static func measure() -> MachinePeak {
        let products = MatrixProduct()
        return MachinePeak(
            singleGigaflops: products?.singleGigaflops(), doubleGigaflops: products?.doubleGigaflops(),
            copyGigabytes: copyRate())
    }

    private static func copyRate() -> Double {
        let bytes = 1 << 28
        let source = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 4096)
        let target = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 4096)
        defer {
            source.deallocate()
            target.deallocate()
        }
        memset(source, 1, bytes)
        memset(target, 2, bytes)
        let seconds = bestSeconds(of: 5) { memcpy(target, source, bytes) }
        return 2 * Double(bytes) / seconds * 1e-9
    }
}

/// The shortest of several executions: noise only ever adds time.
func bestSeconds(of repetitions: Int, _ work: () -> Void) -> Double {
    (0..<repetitions).map { _ in
        let start = monotonicSeconds()
        work()
        return monotonicSeconds() - start
    }.min() ?? .infinity
}

/// C = A B through OpenBLAS, on one thread.
private struct MatrixProduct {
    private typealias SingleProduct =
        @convention(c) (
            Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>, Int32,
            UnsafePointer<Float>, Int32,
            Float, UnsafeMutablePointer<Float>, Int32
        ) -> Void
    private typealias DoubleProduct =
        @convention(c) (
            Int32, Int32, Int32, Int32, Int32, Int32, Double, UnsafePointer<Double>, Int32,
            UnsafePointer<Double>, Int32,
            Double, UnsafeMutablePointer<Double>, Int32
        ) -> Void

    private let single: SingleProduct
    private let double: DoubleProduct
    private let size = 1024

    init?() {
        typealias SetThreads = @convention(c) (Int32) -> Void
        guard let library = DynamicLibrary(anyOf: OpenBLASProbe.names),
            let single = library.function("cblas_sgemm", as: SingleProduct.self),
            let double = library.function("cblas_dgemm", as: DoubleProduct.self)
        else { return nil }
        library.function("openblas_set_num_threads", as: SetThreads.self)?(1)
        (self.single, self.double) = (single, double)
    }

    // 101: row major, 111: not transposed (the CBLAS standard's numbers).
    func singleGigaflops() -> Double {
        let a = [Float](repeating: 0.5, count: size * size)
        var c = a
        let n = Int32(size)
        return rate { single(101, 111, 111, n, n, n, 1, a, n, a, n, 0, &c, n) }
    }

    func doubleGigaflops() -> Double {
        let a = [Double](repeating: 0.5, count: size * size)
        var c = a
        let n = Int32(size)
        return rate { double(101, 111, 111, n, n, n, 1, a, n, a, n, 0, &c, n) }
    }

    private func rate(_ product: () -> Void) -> Double {
        2 * Double(size * size * size) / bestSeconds(of: 4, product) * 1e-9
    }
}
