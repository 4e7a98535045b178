import Fluids
import Numerics

/// The cells at both ends of every row of a plane, and the ghost cells beyond each: what a boundary condition across the row
/// needs, gathered so that a face is filled once for the whole plane.
final class RowEnds<F: Fluid> {
    typealias Scalar = F.Scalar
    typealias V = Scalar.Vector

    private let medium: Medium<F>
    private let shape: GridShape
    private let memory: AlignedMemory
    /// Between variables: whole vectors, so that they may be written past the last position.
    private let stride: Int
    /// Ghost cells beyond an end, 1 or 2, made of as many cells inside.
    private let layers: Int

    init(shape: GridShape, medium: Medium<F>, layers: Int) {
        self.shape = shape
        self.medium = medium
        self.layers = layers
        stride = (shape.middleCells + V.count - 1) / V.count * V.count
        memory = AlignedMemory(bytes: 8 * medium.variables.count * stride * MemoryLayout<Scalar>.stride)
    }

    /// Variable 0 of the cells inside (or the ghosts beyond) one end, layer 0 beside the face; positions along the middle axis
    /// follow one another.
    @inline(__always) private func cells(
        isLower: Bool, isGhost: Bool, _ layer: Int
    ) -> UnsafeMutablePointer<Scalar> {
        let place = (isLower ? 0 : 4) + (isGhost ? 2 : 0) + layer
        return memory.values(of: Scalar.self) + place * medium.variables.count * stride
    }

    /// Takes both ends of a row of conserved deviations.
    @inline(__always) func take(_ row: UnsafePointer<Scalar>, stride rowStride: Int, middle: Int) {
        let last = row + shape.rowCells - 1
        for layer in 0..<layers {
            let lower = cells(isLower: true, isGhost: false, layer) + middle
            let upper = cells(isLower: false, isGhost: false, layer) + middle
            for variable in 0..<medium.variables.conservedCount {
                lower[variable * stride] = row[variable * rowStride + layer]
                upper[variable * stride] = last[variable * rowStride - layer]
            }
        }
    }

    /// Lets the boundary conditions make the ghost cells of a plane of the domain, and derives their velocities.
    func fill(_ faces: DomainFaces<F>, plane: Int) {
        for isLower in [true, false] {
            let inside = { self.cells(isLower: isLower, isGhost: false, $0) }
            let ghost = { self.cells(isLower: isLower, isGhost: true, $0) }
            faces.fillRowEnds(
                interior: (inside(0), inside(1)), ghost: (ghost(0), ghost(1)), layers: layers,
                variableStride: stride, shape: shape, plane: plane, isLower: isLower)
            for layer in 0..<layers {
                for position in Swift.stride(from: 0, to: shape.middleCells, by: V.count) {
                    takeVelocity(ghost(layer) + position)
                }
            }
        }
    }

    @inline(__always) private func takeVelocity(_ cell: UnsafeMutablePointer<Scalar>) {
        let names = medium.variables
        let deviation = V(at: cell)
        let inverse = V(1) / (deviation + V(medium.reference.density))
        for direction in 0..<names.directions {
            let mean = V(medium.reference.velocity[direction])
            let value = V(at: cell + names.momentum(direction) * stride).subtracting(mean, times: deviation)
            mean.adding(value, times: inverse).store(at: cell + names.velocity(direction) * stride)
        }
    }

    /// A velocity component of a ghost cell.
    @inline(__always) func velocity(
        _ direction: Int, _ middle: Int, isLower: Bool, _ layer: Int
    ) -> Scalar {
        cells(isLower: isLower, isGhost: true, layer)[medium.variables.velocity(direction) * stride + middle]
    }
}
