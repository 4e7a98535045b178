import Numerics

/// One row of cells as density, velocity per direction, pressure and Σ, in double precision, one variable
/// after the other.
public final class PrimitiveRow {
    /// How many cells.
    public let cells: Int
    /// The dimension.
    public let rank: Int
    private let memory: AlignedMemory
    private let marks: AlignedMemory
    /// The row that was loaded last.
    var index = -1
    /// Whether all of its cells hold the fluid.
    var isOpen = true

    /// Room for a row.
    public init(cells: Int, rank: Int) {
        self.cells = cells
        self.rank = rank
        memory = AlignedMemory(bytes: (rank + 3) * cells * MemoryLayout<Double>.stride)
        marks = AlignedMemory(bytes: cells)
    }

    /// All values: ρ, the velocities, p, Σ.
    public var values: UnsafeMutablePointer<Double> { memory.values(of: Double.self) }

    /// Variable 0 is density, then come the velocities, pressure and Σ.
    public func variable(_ index: Int) -> UnsafeMutablePointer<Double> { values + index * cells }

    /// Turns ρ, ρu, E, which were written into ``values``, into ρ, u, p.
    public func makePrimitive(_ law: FluidLaw) { law.makePrimitive(values, directions: rank, cells: cells) }

    /// 1 where a cell holds the fluid, 0 where a body is.
    var isFluid: UnsafeMutablePointer<UInt8> { marks.values(of: UInt8.self) }

    /// Notes which cells hold the fluid.
    func mark(first: Int, _ test: (Int) -> Bool) {
        isOpen = true
        for cell in 0..<cells {
            let holds = test(first + cell)
            isFluid[cell] = holds ? 1 : 0
            isOpen = isOpen && holds
        }
    }
}
