import Fluids
import Numerics

/// The cells at both ends of every row of a plane, and one ghost cell beyond each: what a boundary condition across the row
/// needs, gathered so that a face is filled once for the whole plane.
final class RowEnds<F: Fluid> {
    typealias Scalar = F.Scalar

    private let medium: Medium<F>
    private let shape: GridShape
    private let memory: AlignedMemory

    init(shape: GridShape, medium: Medium<F>) {
        self.shape = shape
        self.medium = medium
        memory = AlignedMemory(
            bytes: 4 * medium.variables.count * shape.middleCells * MemoryLayout<Scalar>.stride)
    }

    /// Variable 0 of the cells inside (or the ghosts beyond) one end; positions along the middle axis follow one another.
    @inline(__always) private func cells(isLower: Bool, isGhost: Bool) -> UnsafeMutablePointer<Scalar> {
        let place = (isLower ? 0 : 2) + (isGhost ? 1 : 0)
        return memory.values(of: Scalar.self) + place * medium.variables.count * shape.middleCells
    }

    /// Takes both ends of a row of conserved deviations.
    @inline(__always) func take(_ row: UnsafePointer<Scalar>, stride: Int, middle: Int) {
        let (lower, upper) = (cells(isLower: true, isGhost: false), cells(isLower: false, isGhost: false))
        for variable in 0..<medium.variables.conservedCount {
            let place = variable * shape.middleCells + middle
            lower[place] = row[variable * stride]
            upper[place] = row[variable * stride + shape.rowCells - 1]
        }
    }

    /// Lets the boundary conditions make the ghost cells of a plane of the domain.
    func fill(_ faces: DomainFaces<F>, plane: Int) {
        for isLower in [true, false] {
            faces.fillRowEnds(
                interior: cells(isLower: isLower, isGhost: false),
                ghost: cells(isLower: isLower, isGhost: true), shape: shape, plane: plane, isLower: isLower)
        }
    }

    /// A velocity component of a ghost cell.
    @inline(__always) func velocity(_ direction: Int, _ middle: Int, isLower: Bool) -> Scalar {
        let cell = cells(isLower: isLower, isGhost: true) + middle
        let mean = medium.reference.velocity[direction]
        let momentum = cell[medium.variables.momentum(direction) * shape.middleCells]
        return mean + (momentum - mean * cell[0]) / (cell[0] + medium.reference.density)
    }
}
