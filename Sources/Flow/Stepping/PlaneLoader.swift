import Fluids
import Numerics

/// Decodes planes of a block into a ring, fills their ghost cells and derives what fluxes need.
final class PlaneLoader<Codec: StorageCodec, F: Fluid> where F.Scalar == Codec.Scalar {
    typealias Scalar = Codec.Scalar

    let shape: GridShape
    let ring: PlaneRing<Scalar>
    private let kernel: PrimitiveKernel<F>
    private let medium: Medium<F>
    private let faces: DomainFaces<F>
    /// The states behind walls.
    var ghosts: GhostStates<Codec, F>?
    /// False once a cell that is not admissible has been seen.
    private(set) var isSound = true
    /// The first cell of the domain that is not admissible: a stage that writes in place leaves no other trace of it.
    private(set) var lostCell: LostCell?
    private var source: BlockView<Codec>?

    init(shape: GridShape, medium: Medium<F>, faces: DomainFaces<F>) {
        self.shape = shape
        self.medium = medium
        self.faces = faces
        ring = PlaneRing(shape: shape, variables: medium.variables)
        kernel = PrimitiveKernel(medium)
    }

    /// Loads every plane that the first face of a block at `plane` needs, from `source` here and later on.
    func prime(_ plane: Int, source: BlockView<Codec>) {
        self.source = source
        isSound = true
        lostCell = nil
        guard shape.marchDirection != nil else { return load(plane) }
        let first = plane - GridShape.ghostLayers
        let beyond = plane + GridShape.ghostLayers
        for index in first..<beyond where exists(index) { load(index) }
        guard !faces.marchIsPeriodic else { return }
        if first < 0 { fillMarchGhosts(lower: true) }
        if beyond > shape.marchCells { fillMarchGhosts(lower: false) }
    }

    /// Loads plane `index`, which may lie beyond the domain.
    func advance(to index: Int) {
        guard shape.marchDirection != nil else { return }
        if exists(index) {
            load(index)
        } else if index == shape.marchCells {
            fillMarchGhosts(lower: false)
        }
    }

    private func exists(_ plane: Int) -> Bool {
        faces.marchIsPeriodic || (0..<shape.marchCells).contains(plane)
    }

    private func load(_ index: Int) {
        guard let source else { return }
        let wrapped = shape.wrapped(plane: index)
        let plane = ring.plane(index)
        for middle in 0..<shape.middleCells {
            let row = plane + shape.offset(row: middle)
            for variable in 0..<medium.variables.conservedCount {
                Codec.decode(
                    source.halo.row(variable, plane: index, middle: middle, own: source.state),
                    cells: shape.rowCells, reference: medium.reference(variable),
                    into: row + variable * shape.variableStride)
            }
            let entropic = row + medium.variables.entropicPressure * shape.variableStride
            if let sigma = source.sigma, let halo = source.sigmaHalo {
                Codec.decode(
                    halo.row(0, plane: index, middle: middle, own: sigma), cells: shape.rowCells,
                    reference: 0, into: entropic)
            } else {
                entropic.update(repeating: 0, count: shape.rowCells)
            }
            guard let ghosts else { continue }
            let global = wrapped * shape.middleCells + middle
            ghosts.overlay(row: global, onto: row, stride: shape.variableStride)
            if source.sigma != nil { ghosts.overlayEntropicPressure(row: global, onto: entropic) }
        }
        faces.fillRowGhosts(plane, shape: shape, line: wrapped)
        faces.fillMiddleGhosts(plane, shape: shape, line: wrapped)
        let wasSound = isSound
        convert(plane)
        if wasSound, !isSound { findLostCell(index) }
        guard medium.variables.viscous else { return }
        faces.fillRowGhosts(plane, shape: shape, line: wrapped, .temperature)
        faces.fillMiddleGhosts(plane, shape: shape, line: wrapped, .temperature)
    }

    private func fillMarchGhosts(lower: Bool) {
        let edge = lower ? 0 : shape.marchCells - 1
        let step = lower ? 1 : -1
        let interior = (ring.plane(edge), ring.plane(edge + step), ring.plane(edge + 2 * step))
        let ghost = (ring.plane(edge - step), ring.plane(edge - 2 * step), ring.plane(edge - 3 * step))
        faces.fillMarchGhosts(interior: interior, ghost: ghost, shape: shape, lower: lower)
        for layer in 1...3 { convert(ring.plane(edge - layer * step)) }
        guard medium.variables.viscous else { return }
        faces.fillMarchGhosts(interior: interior, ghost: ghost, shape: shape, lower: lower, .temperature)
    }

    private func convert(_ plane: UnsafeMutablePointer<Scalar>) {
        for row in 0..<shape.planeRows {
            let start = plane + row * shape.rowStride + GridShape.rowPadding - GridShape.ghostLayers
            let sound = kernel.convert(
                start, stride: shape.variableStride, count: shape.rowCells + 2 * GridShape.ghostLayers)
            isSound = isSound && sound
        }
    }

    /// Looks for the cell of a plane that is not admissible. Planes are loaded in order, so the first one found has the
    /// lowest number, except around the end of a periodic axis.
    private func findLostCell(_ index: Int) {
        let first = shape.wrapped(plane: index) * shape.middleCells * shape.rowCells
        for middle in 0..<shape.middleCells {
            let row = ring.plane(index) + shape.offset(row: middle)
            for cell in 0..<shape.rowCells {
                let state = CellState(at: row + cell, stride: shape.variableStride, in: medium)
                if state.isSound(in: medium) { continue }
                let number = first + middle * shape.rowCells + cell
                lostCell = LostCell(number: number, state: state.primitive(rank: shape.rank))
                return
            }
        }
    }
}

/// A cell that is not admissible.
struct LostCell: Sendable {
    /// Counted over the whole grid, x fastest.
    let number: Int
    /// Density, velocity per direction, pressure.
    let state: [Double]
}
