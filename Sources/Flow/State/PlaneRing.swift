import Numerics

/// A ring of decoded scratch planes, addressed by plane index; the newest overwrites the oldest.
struct PlaneRing<Scalar: Real>: Sendable {
    /// Six planes make a stencil, two more are filled ahead at the upper boundary.
    static var slots: Int { 8 }

    let shape: GridShape
    let variables: CellVariables
    private let memory: AlignedMemory
    private let slotStride: Int
    private let slotCount: Int

    init(shape: GridShape, variables: CellVariables) {
        self.shape = shape
        self.variables = variables
        slotCount = shape.rank == 1 ? 1 : Self.slots
        slotStride = shape.variableStride * variables.count
        memory = AlignedMemory(bytes: slotCount * slotStride * MemoryLayout<Scalar>.stride)
    }

    /// Variable 0 of plane `index` (may be negative); other variables follow at `shape.variableStride`.
    @inline(__always) func plane(_ index: Int) -> UnsafeMutablePointer<Scalar> {
        memory.values(of: Scalar.self) + (index & (slotCount - 1)) * slotStride
    }
}
