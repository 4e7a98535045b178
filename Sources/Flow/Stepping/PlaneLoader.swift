import Numerics

/// Decodes planes into a ring, fills their ghost cells and derives what fluxes need.
final class PlaneLoader<Codec: StorageCodec> {
    typealias Scalar = Codec.Scalar

    let shape: GridShape
    let ring: PlaneRing<Scalar>
    private let kernel: PrimitiveKernel<Scalar>
    private let gas: GasModel<Scalar>
    private let faces: DomainFaces<Scalar>
    /// The states behind walls.
    var ghosts: GhostStates<Codec>?
    /// False once a cell without positive density and pressure has been seen.
    private(set) var isSound = true

    private var source: FieldStore<Codec>?
    private var sigma: FieldStore<Codec>?
    private var halo: SlabHalo<Codec>?

    init(
        shape: GridShape, gas: GasModel<Scalar>, faces: DomainFaces<Scalar>, ghosts: GhostStates<Codec>?
    ) {
        self.ghosts = ghosts
        self.shape = shape
        self.gas = gas
        self.faces = faces
        ring = PlaneRing(shape: shape, variables: gas.variables)
        kernel = PrimitiveKernel(
            variables: gas.variables, gamma: gas.gamma, gasConstant: gas.gasConstant, reference: gas.reference
        )
    }

    /// Reads from these stores from now on; planes outside the slab come from `halo` if there is one.
    func begin(source: FieldStore<Codec>, sigma: FieldStore<Codec>?, halo: SlabHalo<Codec>?) {
        self.source = source
        self.sigma = sigma
        self.halo = halo
        isSound = true
    }

    /// Loads every plane that the first face of a slab at `plane` needs.
    func prime(_ plane: Int) {
        guard shape.marchDirection != nil else { return load(plane) }
        if plane == 0, !faces.marchIsPeriodic {
            for index in 0..<3 { load(index) }
            fillMarchGhosts(lower: true)
        } else {
            for index in plane - 3..<plane + 3 { advance(to: index) }
        }
    }

    /// Loads plane `index`, which may lie beyond the domain.
    func advance(to index: Int) {
        guard shape.marchDirection != nil else { return }
        if faces.marchIsPeriodic || (0..<shape.marchCells).contains(index) {
            load(index)
        } else if index == shape.marchCells {
            fillMarchGhosts(lower: false)
        }
    }

    private func load(_ index: Int) {
        guard let source else { return }
        let wrapped = shape.wrapped(plane: index)
        let plane = ring.plane(index)
        let place = halo?.place(of: index)
        for middle in 0..<shape.middleCells {
            let row = plane + shape.offset(row: middle)
            for variable in 0..<gas.variables.conservedCount {
                let stored =
                    place.map { $0.store.row(variable, $0.plane * shape.middleCells + middle) }
                    ?? source.row(variable, wrapped * shape.middleCells + middle)
                Codec.decode(
                    stored, cells: shape.rowCells,
                    reference: gas.reference.conserved(variable, directions: gas.variables.directions),
                    into: row + variable * shape.variableStride)
            }
            let entropic = row + gas.variables.entropicPressure * shape.variableStride
            if let sigma {
                Codec.decode(
                    sigma.row(0, wrapped * shape.middleCells + middle), cells: shape.rowCells, reference: 0,
                    into: entropic)
            } else {
                entropic.update(repeating: 0, count: shape.rowCells)
            }
            guard let ghosts else { continue }
            let global = wrapped * shape.middleCells + middle
            ghosts.overlay(row: global, onto: row, stride: shape.variableStride)
            if sigma != nil { ghosts.overlayEntropicPressure(row: global, onto: entropic) }
        }
        faces.fillRowGhosts(plane, shape: shape, line: wrapped)
        faces.fillMiddleGhosts(plane, shape: shape, line: wrapped)
        convert(plane)
        guard gas.variables.viscous else { return }
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
        guard gas.variables.viscous else { return }
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
}
