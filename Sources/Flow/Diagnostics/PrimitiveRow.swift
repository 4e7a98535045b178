import Numerics

/// One row of cells as density, velocity per direction, pressure and Σ, in double precision, one variable
/// after the other.
final class PrimitiveRow {
    let cells: Int
    let rank: Int
    private let memory: AlignedMemory

    init(cells: Int, rank: Int) {
        self.cells = cells
        self.rank = rank
        memory = AlignedMemory(bytes: (rank + 3) * cells * MemoryLayout<Double>.stride)
    }

    var density: UnsafeMutablePointer<Double> { variable(0) }
    func velocity(_ direction: Int) -> UnsafeMutablePointer<Double> { variable(1 + direction) }
    var pressure: UnsafeMutablePointer<Double> { variable(rank + 1) }
    var entropicPressure: UnsafeMutablePointer<Double> { variable(rank + 2) }

    /// Variable 0 is density, then come the velocities, pressure and Σ.
    func variable(_ index: Int) -> UnsafeMutablePointer<Double> {
        memory.values(of: Double.self) + index * cells
    }

    /// |u|² of a cell.
    func speedSquared(_ cell: Int) -> Double {
        var sum = 0.0
        for direction in 0..<rank { sum += velocity(direction)[cell] * velocity(direction)[cell] }
        return sum
    }

    /// Takes a row from a computation: u = (ρu)/ρ, p = (γ − 1)(E − ½ρ|u|²).
    func load(_ row: Int, of computation: any FlowComputation, gamma: Double) {
        computation.conservedRow(row, into: memory.values(of: Double.self))
        let (density, energy) = (density, pressure)
        for direction in 0..<rank {
            let momentum = velocity(direction)
            for cell in 0..<cells { momentum[cell] /= density[cell] }
        }
        for cell in 0..<cells {
            energy[cell] = (gamma - 1) * (energy[cell] - density[cell] * speedSquared(cell) / 2)
        }
    }
}
