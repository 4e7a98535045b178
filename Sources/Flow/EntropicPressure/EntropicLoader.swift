import Fluids
import Numerics

/// Decodes planes of a block for the entropic-pressure equation: velocities with one or two cells beyond every face of the domain,
/// 1/ρ and the old Σ.
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
    /// Whether the row axis has faces.
    private let hasEnds: Bool
    /// Cells beyond a face whose velocities are wanted, 1 or 2.
    private let layers: Int
    /// Rows of conserved deviations (this one, the next one from a face, two beyond the face), and a row of 1/ρ.
    private let memory: AlignedMemory
    private let conserved: Row
    private let inner: Row
    private let beyond: (Row, Row)
    private let inverse: Row
    private let stride: Int
    private let ends: RowEnds<F>

    init(
        shape: GridShape, medium: Medium<F>, faces: DomainFaces<F>, ring: EntropicRing<Scalar>, layers: Int
    ) {
        self.shape = shape
        self.medium = medium
        self.faces = faces
        self.ring = ring
        self.layers = layers
        let names = medium.variables
        hasEnds = !faces.isPeriodic(0)
        stride = shape.rowStride
        memory = AlignedMemory(bytes: (4 * names.count + 1) * stride * MemoryLayout<Scalar>.stride)
        let start = memory.values(of: Scalar.self) + GridShape.rowPadding
        conserved = start
        inner = start + names.count * stride
        beyond = (start + 2 * names.count * stride, start + 3 * names.count * stride)
        inverse = start + 4 * names.count * stride
        ends = RowEnds(shape: shape, medium: medium, layers: layers)
    }

    /// Loads a plane, and the one beyond the domain where it is the outermost.
    func load(_ plane: Int, _ view: BlockView<Codec>, ghosts: GhostStates<Codec, F>?) {
        guard let sigma = view.sigma, let sigmaHalo = view.sigmaHalo else { return }
        for middle in 0..<shape.middleCells {
            decode(plane, middle, view, ghosts)
            takeEnds(plane, middle, view, ghosts)
            let inverse = ring.inverseDensity(plane, middle)
            takeVelocity(of: conserved, inverse: inverse, to: plane, middle)
            faces.extend(inverse, cells: shape.rowCells)
            let old = ring.sigma(0, plane, middle)
            Codec.decode(
                sigmaHalo.row(0, plane: plane, middle: middle, own: sigma), cells: shape.rowCells,
                reference: 0, into: old)
            ghosts?.overlayEntropicPressure(row: globalRow(plane, middle), onto: old)
            faces.extend(old, cells: shape.rowCells)
            continueBeyondFaces(plane, middle, view, ghosts)
        }
        fillEnds(plane)
        fillMiddle(plane)
    }

    @inline(__always) private func globalRow(_ plane: Int, _ middle: Int) -> Int {
        shape.wrapped(plane: plane) * shape.middleCells + middle
    }

    /// Density and momentum of a row; the energy, which only boundary conditions ask for, where it is next to a face.
    @inline(__always) private func decode(
        _ plane: Int, _ middle: Int, _ view: BlockView<Codec>, _ ghosts: GhostStates<Codec, F>?
    ) {
        let names = medium.variables
        decode(
            plane, middle, view, ghosts,
            variables: isWhole(plane, middle, ghosts) ? names.conservedCount : names.energy, into: conserved)
    }

    /// Some variables of a row, and what is behind walls.
    @inline(__always) private func decode(
        _ plane: Int, _ middle: Int, _ view: BlockView<Codec>, _ ghosts: GhostStates<Codec, F>?,
        variables: Int, into row: Row
    ) {
        for variable in 0..<variables {
            Codec.decode(
                view.halo.row(variable, plane: plane, middle: middle, own: view.state),
                cells: shape.rowCells, reference: medium.reference(variable), into: row + variable * stride)
        }
        ghosts?.overlay(row: globalRow(plane, middle), onto: row, stride: stride)
    }

    /// Whether the energy of a whole row is decoded: ghost cells of bodies are laid over whole rows.
    @inline(__always) private func isWhole(
        _ plane: Int, _ middle: Int, _ ghosts: GhostStates<Codec, F>?
    ) -> Bool {
        (ghosts?.lie(inRow: globalRow(plane, middle)) ?? false) || isBesideFace(plane, middle)
    }

    /// Both ends of the decoded row, for the conditions at faces across it.
    @inline(__always) private func takeEnds(
        _ plane: Int, _ middle: Int, _ view: BlockView<Codec>, _ ghosts: GhostStates<Codec, F>?
    ) {
        guard hasEnds else { return }
        if !isWhole(plane, middle, ghosts) {
            let energy = medium.variables.energy
            let stored = view.halo.row(energy, plane: plane, middle: middle, own: view.state)
            for layer in 0..<layers {
                for cell in [layer, shape.rowCells - 1 - layer] {
                    conserved[energy * stride + cell] = Codec.value(
                        stored, cells: shape.rowCells, cell: cell, reference: medium.reference(energy))
                }
            }
        }
        ends.take(conserved, stride: stride, middle: middle)
    }

    private func isBesideFace(_ plane: Int, _ middle: Int) -> Bool {
        if let direction = shape.middleDirection, !faces.isPeriodic(direction),
            middle == 0 || middle == shape.middleCells - 1
        {
            return true
        }
        return shape.marchDirection != nil && !faces.marchIsPeriodic
            && (plane == 0 || plane == shape.marchCells - 1)
    }

    /// u = u₀ + (m′ − u₀ρ′)/(ρ₀ + ρ′); a constant is irrelevant to gradients but not to walls.
    @inline(__always) private func takeVelocity(of row: Row, inverse: Row, to plane: Int, _ middle: Int) {
        let count = shape.rowCells
        for cell in Swift.stride(from: 0, to: count, by: V.count) {
            (V(1) / (V(at: row + cell) + V(medium.reference.density))).store(at: inverse + cell)
        }
        for direction in 0..<shape.rank {
            let mean = V(medium.reference.velocity[direction])
            let momentum = row + medium.variables.momentum(direction) * stride
            let target = ring.velocity(direction, plane, middle)
            for cell in Swift.stride(from: 0, to: count, by: V.count) {
                let value = V(at: momentum + cell).subtracting(mean, times: V(at: row + cell))
                mean.adding(value, times: V(at: inverse + cell)).store(at: target + cell)
            }
        }
    }

    /// Velocities beyond either end of every row of a plane.
    private func fillEnds(_ plane: Int) {
        if hasEnds { ends.fill(faces, plane: shape.wrapped(plane: plane)) }
        let count = shape.rowCells
        for direction in 0..<shape.rank {
            for middle in 0..<shape.middleCells {
                let row = ring.velocity(direction, plane, middle)
                for layer in 0..<layers {
                    row[-1 - layer] =
                        hasEnds
                        ? ends.velocity(direction, middle, isLower: true, layer) : row[count - 1 - layer]
                    row[count + layer] =
                        hasEnds ? ends.velocity(direction, middle, isLower: false, layer) : row[layer]
                }
            }
        }
    }

    /// Velocities of the rows beyond the faces across middle and march axes that this row is next to.
    private func continueBeyondFaces(
        _ plane: Int, _ middle: Int, _ view: BlockView<Codec>, _ ghosts: GhostStates<Codec, F>?
    ) {
        if let direction = shape.middleDirection, !faces.isPeriodic(direction) {
            for isLower in [true, false] where middle == (isLower ? 0 : shape.middleCells - 1) {
                continueBeyond(
                    direction, isLower, line: shape.wrapped(plane: plane), plane, middle,
                    step: (0, isLower ? 1 : -1), view, ghosts)
            }
        }
        if let direction = shape.marchDirection, !faces.isPeriodic(direction) {
            for isLower in [true, false] where plane == (isLower ? 0 : shape.marchCells - 1) {
                continueBeyond(
                    direction, isLower, line: middle, plane, middle, step: (isLower ? 1 : -1, 0), view, ghosts
                )
            }
        }
    }

    /// - Parameter step: Planes and rows from a cell to the next one from the face.
    private func continueBeyond(
        _ direction: Int, _ isLower: Bool, line: Int, _ plane: Int, _ middle: Int, step: (Int, Int),
        _ view: BlockView<Codec>, _ ghosts: GhostStates<Codec, F>?
    ) {
        if layers > 1 {
            decode(
                plane + step.0, middle + step.1, view, ghosts, variables: medium.variables.conservedCount,
                into: inner)
        }
        faces.fillBeyond(
            direction, isLower: isLower, line: line, interior: (conserved, inner), ghost: beyond,
            layers: layers, variableStride: stride, count: shape.rowCells)
        takeVelocity(of: beyond.0, inverse: inverse, to: plane - step.0, middle - step.1)
        guard layers > 1 else { return }
        takeVelocity(of: beyond.1, inverse: inverse, to: plane - 2 * step.0, middle - 2 * step.1)
    }

    /// The rows beyond the middle axis: velocities where it is periodic, Σ and 1/ρ.
    private func fillMiddle(_ plane: Int) {
        guard let direction = shape.middleDirection else { return }
        let count = shape.middleCells
        let last = count - 1
        let (low, high) = faces.isPeriodic(direction) ? (last, 0) : (0, last)
        let copy = { (array: (Int) -> Row) in
            array(-1).update(from: array(low), count: self.shape.rowCells)
            array(last + 1).update(from: array(high), count: self.shape.rowCells)
        }
        copy { ring.inverseDensity(plane, $0) }
        copy { ring.sigma(0, plane, $0) }
        guard faces.isPeriodic(direction) else { return }
        for component in 0..<shape.rank {
            for layer in 0..<layers {
                for (ghost, source) in [(-1 - layer, last - layer), (count + layer, layer)] {
                    ring.velocity(component, plane, ghost).update(
                        from: ring.velocity(component, plane, source), count: shape.rowCells)
                }
            }
        }
    }
}
