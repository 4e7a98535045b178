import Fluids
import Numerics

/// The sweep through the planes of a block: fluxes, update, storage, with nothing larger than a few
/// planes in between.
///
/// Planes are decoded once into a ring. Fluxes along the march axis are kept for two planes, those along the
/// middle axis for two rows, those along x for one row; each is computed once.
final class StageSweep<Codec: StorageCodec, F: Fluid> where F.Scalar == Codec.Scalar {
    typealias Scalar = Codec.Scalar
    typealias V = Scalar.Vector
    typealias Buffer = UnsafeMutablePointer<Scalar>

    /// What a stage does, for one call of `run`.
    struct Task {
        let source: BlockView<Codec>
        let target: FieldStore<Codec>
        /// qⁿ, read where `stage.base` is not zero.
        let base: FieldStore<Codec>
        let stage: RungeKuttaStage
        let timeStep: Double
        /// The largest signals of the state.
        let signal: Signal
    }

    private let shape: GridShape
    private let medium: Medium<F>
    private let spacing: [Double]
    private let flux: FluxKernel<Scalar>
    private let viscous: ViscousFlux<Scalar>?
    private let loader: PlaneLoader<Codec, F>
    private let planes: Range<Int>
    /// The bodies where they are now.
    var bodies: BlockBodies<Codec, F>? { didSet { loader.ghosts = bodies?.ghosts } }
    private let thinWallFlux: ThinWallFlux<Codec, F>
    private let memory: AlignedMemory
    private(set) var tally = FaceTally()
    private var weights: UpdateWeights<Scalar>

    // Scratch: per conserved variable one padded row (or plane of rows).
    private let rowFlux: Buffer
    private var middleFlux: (Buffer, Buffer)
    private var marchFlux: (Buffer, Buffer)
    private let baseRow: Buffer
    private let newRow: Buffer
    private let rowStride: Int
    private let planeStride: Int

    /// Whether every cell that the last run looked at is admissible.
    var isSound: Bool { loader.isSound }
    /// The first one that is not.
    var lostCell: LostCell? { loader.lostCell }

    /// - Parameter planes: Those of the block.
    init(
        shape: GridShape, planes: Range<Int>, medium: Medium<F>, faces: DomainFaces<F>, gas: Gas,
        spacing: [Double], flux: FluxKernel<Scalar>
    ) {
        self.planes = planes
        thinWallFlux = ThinWallFlux(flux: flux, medium: medium)
        self.shape = shape
        self.medium = medium
        self.spacing = spacing
        self.flux = flux
        viscous =
            gas.viscosity.isViscous
            ? ViscousFlux(
                variables: medium.variables, reference: medium.reference, gas: gas, spacing: spacing) : nil
        weights = UpdateWeights(
            RungeKuttaStage(reads: .a, writes: .a, base: 0, current: 1, time: 0), timeStep: 0,
            signal: Signal(), spacing: spacing)
        loader = PlaneLoader(shape: shape, medium: medium, faces: faces)
        rowStride = shape.rowStride
        planeStride = shape.rowStride * shape.middleCells
        let count = medium.variables.conservedCount
        let row = count * rowStride
        let plane = count * planeStride
        memory = AlignedMemory(bytes: (5 * row + 2 * plane) * MemoryLayout<Scalar>.stride)
        let start = memory.values(of: Scalar.self)
        rowFlux = start
        middleFlux = (start + row, start + 2 * row)
        baseRow = start + 3 * row
        newRow = start + 4 * row
        marchFlux = (start + 5 * row, start + 5 * row + plane)
    }

    /// Advances the planes of the block by one stage.
    func run(_ task: Task) {
        tally = FaceTally()
        weights = UpdateWeights(task.stage, timeStep: task.timeStep, signal: task.signal, spacing: spacing)
        guard !planes.isEmpty else { return }
        loader.prime(planes.lowerBound, source: task.source)
        if shape.marchDirection != nil { computeMarchFlux(planes.lowerBound) }
        // The block below counts the face that both compute.
        if planes.lowerBound > 0 { tally = FaceTally() }
        for plane in planes {
            loader.advance(to: plane + GridShape.ghostLayers)
            swap(&marchFlux.0, &marchFlux.1)
            if shape.marchDirection != nil { computeMarchFlux(plane + 1) }
            if shape.middleDirection != nil { computeMiddleFlux(plane, face: 0) }
            for middle in 0..<shape.middleCells {
                swap(&middleFlux.0, &middleFlux.1)
                if shape.middleDirection != nil { computeMiddleFlux(plane, face: middle + 1) }
                computeRowFlux(plane, middle)
                update(plane, middle, task)
            }
        }
    }

    private func computeRowFlux(_ plane: Int, _ middle: Int) {
        let row = loader.ring.plane(plane) + shape.offset(row: middle)
        fluxes(
            FaceStencil(along: row, variableStride: shape.variableStride), direction: 0,
            count: shape.rowCells + 1, row: plane * shape.middleCells + middle, into: rowFlux,
            stride: rowStride)
        viscous?.add(
            neighbours(plane, middle), direction: 0, count: shape.rowCells + 1, flux: rowFlux,
            fluxStride: rowStride)
    }

    /// A row of fluxes, those of thin walls apart. `row` counts rows of faces.
    private func fluxes(
        _ stencil: FaceStencil<Scalar>, direction: Int, count: Int, row: Int, into target: Buffer, stride: Int
    ) {
        let reach = weights.reach[direction]
        tally += flux.faces(
            stencil, direction: direction, count: count, reach: reach, flux: target, fluxStride: stride)
        guard let bodies else { return }
        thinWallFlux.evaluate(
            bodies.thinWalls[direction][row], stencil, direction: direction, reach: reach,
            ghosts: bodies.ghosts,
            into: target, stride: stride)
    }

    private func computeMiddleFlux(_ plane: Int, face: Int) {
        let start = loader.ring.plane(plane)
        let last = face == shape.middleCells
        fluxes(
            FaceStencil(
                across: { UnsafePointer(start + self.shape.offset(row: face + $0)) },
                variableStride: shape.variableStride), direction: 1, count: shape.rowCells,
            row: last ? shape.rowCount + plane : plane * shape.middleCells + face, into: middleFlux.1,
            stride: rowStride)
        viscous?.add(
            neighbours(plane, face), direction: 1, count: shape.rowCells, flux: middleFlux.1,
            fluxStride: rowStride)
    }

    private func computeMarchFlux(_ face: Int) {
        let direction = shape.rank - 1
        for middle in 0..<shape.middleCells {
            let offset = shape.offset(row: middle)
            let target = marchFlux.1 + middle * rowStride
            fluxes(
                FaceStencil(
                    across: { UnsafePointer(self.loader.ring.plane(face + $0) + offset) },
                    variableStride: shape.variableStride), direction: direction, count: shape.rowCells,
                row: face * shape.middleCells + middle, into: target, stride: planeStride)
            viscous?.add(
                neighbours(face, middle), direction: direction, count: shape.rowCells, flux: target,
                fluxStride: planeStride)
        }
    }

    /// The cells on either side of the faces below row (plane, middle), with their transverse neighbours.
    private func neighbours(_ plane: Int, _ middle: Int) -> CellNeighbourhood<Scalar> {
        CellNeighbourhood(ring: loader.ring, plane: plane, middle: middle)
    }

    private func update(_ plane: Int, _ middle: Int, _ task: Task) {
        // In the block's own stores, and in the whole grid.
        let row = (plane - planes.lowerBound) * shape.middleCells + middle
        let global = plane * shape.middleCells + middle
        let count = medium.variables.conservedCount
        if weights.base != 0 {
            for variable in 0..<count {
                Codec.decode(
                    task.base.row(variable, row), cells: shape.rowCells,
                    reference: medium.reference(variable),
                    into: baseRow + variable * rowStride)
            }
        }
        let current = loader.ring.plane(plane) + shape.offset(row: middle)
        for variable in 0..<count {
            let shift = variable * rowStride
            let marchShift = variable * planeStride + middle * rowStride
            let terms = UpdateTerms<Scalar>(
                current: UnsafePointer(current + variable * shape.variableStride),
                base: UnsafePointer(baseRow + shift), rowFlux: UnsafePointer(rowFlux + shift),
                middleFlux: (UnsafePointer(middleFlux.0 + shift), UnsafePointer(middleFlux.1 + shift)),
                marchFlux: (UnsafePointer(marchFlux.0 + marchShift), UnsafePointer(marchFlux.1 + marchShift)),
                target: newRow + shift)
            combine(terms)
            bodies?.spans.copy(row: global, from: terms.current, to: terms.target)
            Codec.encode(
                newRow + variable * rowStride, cells: shape.rowCells,
                reference: medium.reference(variable), kind: medium.kind(variable),
                debts: debts(variable, row, task),
                into: task.target.row(variable, row))
        }
        if let balance = bodies?.balance { record(balance, row: global, middle: middle) }
    }

    /// What a new row owes: it is combined of these.
    private func debts(_ variable: Int, _ row: Int, _ task: Task) -> DebtSources<Scalar> {
        let source = UnsafeRawPointer(task.source.state.row(variable, row))
        guard weights.base != 0 else { return DebtSources(source, weight: 1) }
        return DebtSources(
            source, weight: 1 - weights.base, task.base.row(variable, row), weight: weights.base)
    }

    /// Notes what the faces of closed bodies gave to the cells of a row.
    private func record(_ balance: SurfaceBalance<Codec, F>, row: Int, middle: Int) {
        let surface = balance.surface
        let energy = medium.variables.energy
        for index in surface.rowStarts[row]..<surface.rowStarts[row + 1] {
            let face = surface.faces[index]
            let (flux, stride, weight) = self.flux(through: face, middle: middle)
            let flow = medium.reference.velocity[Int(face.side) / 2]
            balance.record(
                face: index, mass: ((flux[0] + medium.reference.density * flow) * weight).double,
                energy: ((flux[energy * stride] + medium.reference.enthalpy * flow) * weight).double)
        }
    }

    /// The flux of variable 0 through a face, the distance to the next variable's, and its weight in the
    /// update of the fluid cell.
    private func flux(through face: SurfaceFaces.Face, middle: Int) -> (UnsafePointer<Scalar>, Int, Scalar) {
        let cell = Int(face.cell)
        let direction = Int(face.side) / 2
        let isUpper = face.side & 1 == 1
        let sign: Scalar = isUpper ? -1 : 1
        if direction == 0 {
            return (UnsafePointer(rowFlux + cell + (isUpper ? 1 : 0)), rowStride, sign * weights.row)
        }
        if direction == shape.middleDirection {
            return (
                UnsafePointer((isUpper ? middleFlux.1 : middleFlux.0) + cell), rowStride,
                sign * weights.middle
            )
        }
        return (
            UnsafePointer((isUpper ? marchFlux.1 : marchFlux.0) + middle * rowStride + cell), planeStride,
            sign * weights.march
        )
    }

    private func combine(_ terms: UpdateTerms<Scalar>) {
        let count = shape.rowCells
        switch (shape.rank, weights.base != 0) {
        case (1, false): terms.combine(1, weights, usesBase: false, count: count)
        case (1, true): terms.combine(1, weights, usesBase: true, count: count)
        case (2, false): terms.combine(2, weights, usesBase: false, count: count)
        case (2, true): terms.combine(2, weights, usesBase: true, count: count)
        case (_, false): terms.combine(3, weights, usesBase: false, count: count)
        case (_, true): terms.combine(3, weights, usesBase: true, count: count)
        }
    }
}

/// The weights of a stage in the arithmetic of the run.
struct UpdateWeights<Scalar: Real> {
    /// Of qⁿ; the state that the stage reads has the rest of 1.
    var base: Scalar = 0
    /// current·Δt/Δ along row, middle and march axes.
    var row: Scalar = 0
    var middle: Scalar = 0
    var march: Scalar = 0
    /// κ per direction: what positivity allots to a face.
    var reach = Components<Scalar>()

    init(_ stage: RungeKuttaStage, timeStep: Double, signal: Signal, spacing: [Double]) {
        let rank = spacing.count
        base = Scalar(double: stage.base)
        let share = { (direction: Int) in Scalar(double: stage.current * timeStep / spacing[direction]) }
        row = share(0)
        if rank == 3 { middle = share(1) }
        if rank > 1 { march = share(rank - 1) }
        for (direction, value) in signal.reach(spacing, timeStep: timeStep).enumerated() {
            reach[direction] = Scalar(double: value)
        }
    }
}

/// One row of one variable in the update of a stage.
struct UpdateTerms<Scalar: Real> {
    typealias V = Scalar.Vector
    let current: UnsafePointer<Scalar>
    let base: UnsafePointer<Scalar>
    let rowFlux: UnsafePointer<Scalar>
    let middleFlux: (UnsafePointer<Scalar>, UnsafePointer<Scalar>)
    let marchFlux: (UnsafePointer<Scalar>, UnsafePointer<Scalar>)
    let target: UnsafeMutablePointer<Scalar>

    /// target = q + (base·(qⁿ − q) + Σ_d scale_d (f_lower − f_upper)): the increment is summed while it is
    /// small and rounded into the state once, which keeps single precision from drifting. Directions are added first and
    /// without fused products, so that x and y may change places.
    @inline(__always) func combine(
        _ rank: Int, _ weights: UpdateWeights<Scalar>, usesBase: Bool, count: Int
    ) {
        var cell = 0
        while cell < count {
            let state = V(at: current + cell)
            var sum = (V(at: rowFlux + cell) - V(at: rowFlux + cell + 1)) * V(weights.row)
            if rank > 2 {
                sum =
                    sum + (V(at: middleFlux.0 + cell) - V(at: middleFlux.1 + cell)) * V(weights.middle)
            }
            if rank > 1 {
                sum = sum + (V(at: marchFlux.0 + cell) - V(at: marchFlux.1 + cell)) * V(weights.march)
            }
            if usesBase { sum = sum.adding(V(at: base + cell) - state, times: V(weights.base)) }
            (state + sum).store(at: target + cell)
            cell &+= V.count
        }
    }
}
