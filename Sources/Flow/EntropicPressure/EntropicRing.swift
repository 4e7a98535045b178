import Numerics

/// Scratch planes of the entropic-pressure equation: velocities, 1/ρ, source, inverse diagonal and two
/// iterates of Σ.
struct EntropicRing<Scalar: Real>: Sendable {
    let shape: GridShape
    private let memory: AlignedMemory
    private let slotStride: Int
    private let mask: Int

    /// - Parameter planes: how many planes must be alive together.
    init(shape: GridShape, planes: Int) {
        self.shape = shape
        var slots = 1
        while slots < planes { slots *= 2 }
        mask = slots - 1
        slotStride = shape.variableStride * (shape.rank + 5)
        memory = AlignedMemory(bytes: slots * slotStride * MemoryLayout<Scalar>.stride)
    }

    @inline(__always) private func start(_ plane: Int, _ array: Int, _ row: Int) -> UnsafeMutablePointer<
        Scalar
    > {
        memory.values(of: Scalar.self) + (plane & mask) * slotStride + array * shape.variableStride
            + shape.offset(row: row)
    }

    /// Cell 0 of a row; rows and planes may lie one or two beyond the domain.
    @inline(__always) func velocity(_ direction: Int, _ plane: Int, _ row: Int) -> UnsafeMutablePointer<
        Scalar
    > {
        start(plane, direction, row)
    }
    @inline(__always) func inverseDensity(_ plane: Int, _ row: Int) -> UnsafeMutablePointer<Scalar> {
        start(plane, shape.rank, row)
    }
    @inline(__always) func source(_ plane: Int, _ row: Int) -> UnsafeMutablePointer<Scalar> {
        start(plane, shape.rank + 1, row)
    }
    @inline(__always) func inverseDiagonal(_ plane: Int, _ row: Int) -> UnsafeMutablePointer<Scalar> {
        start(plane, shape.rank + 2, row)
    }
    /// Σ after `level` sweeps; only the last two levels are kept.
    @inline(__always) func sigma(_ level: Int, _ plane: Int, _ row: Int) -> UnsafeMutablePointer<Scalar> {
        start(plane, shape.rank + 3 + (level & 1), row)
    }
}
