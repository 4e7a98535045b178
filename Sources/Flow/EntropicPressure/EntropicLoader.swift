import Fluids
import Numerics

/// Decodes planes of a block for the entropic-pressure equation: velocities with one cell beyond every face of the domain, 1/ρ
/// and the old Σ.
///
/// Velocities beyond a face are those of the ghost cells that its boundary condition makes, whatever it is: patches, moving
/// lids and inflow profiles count here as they do for the fluxes. Σ and 1/ρ have no normal gradient at a face.
final class EntropicLoader<Codec: StorageCodec, F: Fluid> where F.Scalar == Codec.Scalar {
    typealias Scalar = Codec.Scalar
    typealias V = Scalar.Vector
    typealias Row = UnsafeMutablePointer<Scalar>

    private let shape: GridShape
    private let medium: Medium<F>
    private let faces: DomainFaces<F>
    private let ring: EntropicRing<Scalar>
    /// How many conserved variables boundary conditions need: without boundaries no energy.
    private let decodedCount: Int
    /// A row of conserved deviations, a row beyond a face, and a row of 1/ρ.
    private let memory: AlignedMemory
    private let conserved: Row
    private let beyond: Row
    private let inverse: Row
    private let stride: Int

    init(shape: GridShape, medium: Medium<F>, faces: DomainFaces<F>, ring: EntropicRing<Scalar>) {
        self.shape = shape
        self.medium = medium
        self.faces = faces
        self.ring = ring
        let names = medium.variables
        let isClosed = (0..<shape.rank).allSatisfy { faces.isPeriodic($0) }
        decodedCount = isClosed ? names.energy : names.conservedCount
        stride = shape.rowStride
        memory = AlignedMemory(bytes: (2 * names.count + 1) * stride * MemoryLayout<Scalar>.stride)
        let start = memory.values(of: Scalar.self) + GridShape.rowPadding
        conserved = start
        beyond = start + names.count * stride
        inverse = start + 2 * names.count * stride
    }

    /// Loads a plane, and the one beyond the domain where it is the outermost.
    func load(_ plane: Int, _ source: BlockView<Codec>, ghosts: GhostStates<Codec, F>?) {
        guard let sigma = source.sigma, let sigmaHalo = source.sigmaHalo else { return }
        for middle in 0..<shape.middleCells {
            decode(plane, middle, source, ghosts)
            fillEnds(plane, middle)
            takeVelocity(of: conserved, to: plane, middle)
            takeInverseDensity(plane, middle)
            let old = ring.sigma(0, plane, middle)
            Codec.decode(
                sigmaHalo.row(0, plane: plane, middle: middle, own: sigma), cells: shape.rowCells,
                reference: 0, into: old)
            ghosts?.overlayEntropicPressure(row: globalRow(plane, middle), onto: old)
            faces.extend(old, cells: shape.rowCells)
            continueBeyondFaces(plane, middle)
        }
        fillMiddle(plane)
    }

    private func globalRow(_ plane: Int, _ middle: Int) -> Int {
        shape.wrapped(plane: plane) * shape.middleCells + middle
    }

    private func decode(
        _ plane: Int, _ middle: Int, _ source: BlockView<Codec>, _ ghosts: GhostStates<Codec, F>?
    ) {
        for variable in 0..<decodedCount {
            Codec.decode(
                source.halo.row(variable, plane: plane, middle: middle, own: source.state),
                cells: shape.rowCells, reference: medium.reference(variable),
                into: conserved + variable * stride)
        }
        ghosts?.overlay(row: globalRow(plane, middle), onto: conserved, stride: stride)
    }

    /// One cell beyond either end of the row.
    private func fillEnds(_ plane: Int, _ middle: Int) {
        guard faces.isPeriodic(0) else {
            return faces.fillRowEnds(
                conserved, variableStride: stride, shape: shape, plane: shape.wrapped(plane: plane),
                middle: middle)
        }
        for variable in 0..<decodedCount {
            faces.extend(conserved + variable * stride, cells: shape.rowCells)
        }
    }

    /// u = u₀ + (m′ − u₀ρ′)/(ρ₀ + ρ′), one cell beyond the ends too; a constant is irrelevant to gradients but not to walls.
    private func takeVelocity(of row: Row, to plane: Int, _ middle: Int) {
        let count = shape.rowCells
        for cell in Swift.stride(from: -1, to: count + 1, by: V.count) {
            (V(1) / (V(at: row + cell) + V(medium.reference.density))).store(at: inverse + cell)
        }
        for direction in 0..<shape.rank {
            let mean = V(medium.reference.velocity[direction])
            let momentum = row + medium.variables.momentum(direction) * stride
            let target = ring.velocity(direction, plane, middle)
            for cell in Swift.stride(from: -1, to: count + 1, by: V.count) {
                let value = V(at: momentum + cell).subtracting(mean, times: V(at: row + cell))
                mean.adding(value, times: V(at: inverse + cell)).store(at: target + cell)
            }
        }
    }

    private func takeInverseDensity(_ plane: Int, _ middle: Int) {
        let target = ring.inverseDensity(plane, middle)
        target.update(from: inverse, count: shape.rowCells)
        faces.extend(target, cells: shape.rowCells)
    }

    /// Velocities of the rows beyond the faces across middle and march axes that this row is next to.
    private func continueBeyondFaces(_ plane: Int, _ middle: Int) {
        if let direction = shape.middleDirection, !faces.isPeriodic(direction) {
            let line = shape.wrapped(plane: plane)
            if middle == 0 { continueBeyond(direction, true, line: line, to: plane, -1) }
            if middle == shape.middleCells - 1 {
                continueBeyond(direction, false, line: line, to: plane, shape.middleCells)
            }
        }
        if let direction = shape.marchDirection, !faces.isPeriodic(direction) {
            if plane == 0 { continueBeyond(direction, true, line: middle, to: -1, middle) }
            if plane == shape.marchCells - 1 {
                continueBeyond(direction, false, line: middle, to: shape.marchCells, middle)
            }
        }
    }

    private func continueBeyond(
        _ direction: Int, _ isLower: Bool, line: Int, to plane: Int, _ middle: Int
    ) {
        faces.fillBeyond(
            direction, isLower: isLower, line: line, interior: conserved, ghost: beyond,
            variableStride: stride, count: shape.rowCells)
        takeVelocity(of: beyond, to: plane, middle)
    }

    /// The rows beyond the middle axis: velocities where it is periodic, Σ and 1/ρ.
    private func fillMiddle(_ plane: Int) {
        guard let direction = shape.middleDirection else { return }
        let last = shape.middleCells - 1
        let (low, high) = faces.isPeriodic(direction) ? (last, 0) : (0, last)
        let copy = { (array: (Int) -> Row) in
            array(-1).update(from: array(low), count: self.shape.rowCells)
            array(last + 1).update(from: array(high), count: self.shape.rowCells)
        }
        copy { ring.inverseDensity(plane, $0) }
        copy { ring.sigma(0, plane, $0) }
        guard faces.isPeriodic(direction) else { return }
        for component in 0..<shape.rank { copy { ring.velocity(component, plane, $0) } }
    }
}
