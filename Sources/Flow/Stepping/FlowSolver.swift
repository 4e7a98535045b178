import Numerics

/// The solver for one storage format and one flux.
final class FlowSolver<Codec: StorageCodec, Flux: FaceFlux>
where Flux.Scalar == Codec.Scalar {
    typealias Scalar = Codec.Scalar

    private let flowCase: FlowCase
    private let shape: GridShape
    private let gas: GasModel<Scalar>
    /// The reference state in double precision, added back when fields are read.
    private let referenceConserved: [Double]
    private let faces: DomainFaces<Scalar>
    private let imposedSignal: Double
    private let team: Workers
    private let stages: [RungeKuttaStage]
    private let stateA: FieldStore<Codec>
    private let stateB: FieldStore<Codec>
    private let sigma: FieldStore<Codec>?
    private let shares: [WorkerShare<Codec, Flux>]
    private var bodies: ImmersedBodies<Codec>?
    private var relaxed = false
    private var signal = Signal()
    private(set) var time = 0.0
    private(set) var step = 0
    private(set) var fallbackFaces = 0

    var storedBytes: Int { stateA.memory.bytes + stateB.memory.bytes + (sigma?.memory.bytes ?? 0) }
    var workers: Int { team.count }

    init(_ flowCase: FlowCase, initial: InitialField, flux makeFlux: (FluxContext<Scalar>) -> Flux) {
        self.flowCase = flowCase
        shape = GridShape(cells: flowCase.domain.cells)
        let viscous = flowCase.gas.viscosity.isViscous
        let variables = CellVariables(directions: shape.rank, viscous: viscous)
        // A worker needs a few planes of its own to be worth its halo.
        let useful = shape.rank == 1 ? 1 : max(1, shape.marchCells / 8)
        let asked = Workers(count: flowCase.numerics.threads)
        team = Workers(count: shape.cellCount < 4096 ? 1 : min(asked.count, useful))
        let mean = initial.mean(team)
        gas = GasModel(
            variables: variables, gamma: Scalar(double: flowCase.gas.gamma),
            gasConstant: Scalar(double: flowCase.gas.gasConstant),
            reference: ReferenceState(conserved: mean, gamma: flowCase.gas.gamma))
        referenceConserved = mean
        faces = DomainFaces(case: flowCase, gas: gas, referenceConserved: referenceConserved)
        imposedSignal = faces.imposedSignal(spacing: flowCase.domain.spacings)
        stages = RungeKuttaStage.stages(of: flowCase.numerics.integrator)
        let store = { (variables: Int, shape: GridShape) in
            FieldStore<Codec>(variables: variables, rows: shape.rowCount, cells: shape.rowCells)
        }
        stateA = store(variables.conservedCount, shape)
        stateB = store(variables.conservedCount, shape)
        sigma = flowCase.numerics.scheme == .igr && flowCase.numerics.alpha > 0 ? store(1, shape) : nil
        let flux = makeFlux(
            FluxContext(
                variables: variables, gamma: gas.gamma, reference: gas.reference,
                order: flowCase.numerics.order))
        let needsHalo = stages.contains { $0.reads == $0.writes }
        bodies = ImmersedBodies(flowCase, gas: gas, team: team)
        shares = (0..<team.count).map { [team, shape, gas, faces, sigma, bodies] worker in
            WorkerShare(
                flowCase: flowCase, shape: shape, gas: gas, faces: faces, flux: flux,
                slab: team.share(of: shape.marchCells, worker: worker), inPlace: needsHalo,
                relaxes: sigma != nil, bodies: bodies)
        }
        encode(initial)
    }

    private func encode(_ initial: InitialField) {
        let count = gas.variables.conservedCount
        team.run { [team, shape, gas, stateA, sigma, referenceConserved, bodies] worker in
            var values = [Double](repeating: 0, count: count * shape.rowCells)
            let memory = AlignedMemory(bytes: shape.rowStride * MemoryLayout<Scalar>.stride)
            let row = memory.values(of: Scalar.self)
            for index in team.share(of: shape.rowCount, worker: worker) {
                initial.evaluate(index, into: &values)
                if let solid = bodies?.solid { Self.stop(&values, row: index, in: solid) }
                for variable in 0..<count {
                    let exact = referenceConserved[variable]
                    for cell in 0..<shape.rowCells {
                        row[cell] = Scalar(double: values[variable * shape.rowCells + cell] - exact)
                    }
                    Codec.encode(
                        row, cells: shape.rowCells,
                        reference: gas.reference.conserved(variable, directions: gas.variables.directions),
                        debts: DebtSources(), into: stateA.row(variable, index))
                }
                guard let sigma else { continue }
                row.update(repeating: 0, count: shape.rowCells)
                Codec.encode(
                    row, cells: shape.rowCells, reference: 0, debts: DebtSources(), into: sigma.row(0, index))
            }
        }
    }

    /// Inside of bodies the gas begins at rest: cells that no stencil reaches must not limit the time step.
    private static func stop(_ values: inout [Double], row: Int, in solid: SolidCells) {
        let cells = solid.grid.cells[0]
        let directions = solid.grid.rank
        for cell in 0..<cells where solid.isSolid(row * cells + cell) {
            for direction in 0..<directions {
                let momentum = values[(1 + direction) * cells + cell]
                values[(directions + 1) * cells + cell] -= momentum * momentum / (2 * values[cell])
                values[(1 + direction) * cells + cell] = 0
            }
        }
    }

    func stableTimeStep() throws(FlowFailure) -> Double {
        if !relaxed {
            fillBodies(stateA)
            relax(stateA)
        }
        signal = try largestSignal(stateA)
        return flowCase.numerics.timeStep
            ?? flowCase.numerics.cfl / max(signal.value, imposedSignal, bodySignal)
    }

    /// Walls must not pass a cell in a step either.
    private var bodySignal: Double {
        guard flowCase.hasMovingBodies else { return 0 }
        let speed = flowCase.bodies.map { $0.moved(to: time).largestSpeed(in: flowCase.domain) }.max() ?? 0
        return speed / (flowCase.domain.spacings.min() ?? 1)
    }

    /// Puts moving bodies where they are at a time. Cells that they lay bare keep the state that they had as
    /// ghost cells, which continues the flow in front of the wall.
    private func moveBodies(to time: Double) {
        guard flowCase.hasMovingBodies else { return }
        bodies = ImmersedBodies(flowCase.moved(to: time), gas: gas, team: team)
        for share in shares {
            share.sweep.use(bodies)
            share.entropic?.bodies = bodies
        }
        fillEntropicPressure()
    }

    private func largestSignal(_ state: FieldStore<Codec>) throws(FlowFailure) -> Signal {
        let results = shares.map { _ in SignalResult() }
        team.run { [shares, shape, sigma, results] worker in
            let slab = shares[worker].slab
            let rows = slab.lowerBound * shape.middleCells..<slab.upperBound * shape.middleCells
            let found = shares[worker].signal.largest(rows: rows, state: state, sigma: sigma)
            results[worker].signal = found.signal
            results[worker].isSound = found.isSound
        }
        if results.contains(where: { !$0.isSound }) { throw failure(in: state) }
        return results.reduce(Signal()) { $0.union($1.signal) }
    }

    func advance(by timeStep: Double) throws(FlowFailure) {
        fallbackFaces = 0
        // Frozen in the middle of the step: second order in time.
        moveBodies(to: time + timeStep / 2)
        for stage in stages {
            let source = stage.reads == .a ? stateA : stateB
            let target = stage.writes == .a ? stateA : stateB
            faces.update(time: time + stage.time * timeStep)
            fillBodies(source)
            relax(source)
            let inPlace = source === target
            if inPlace {
                team.run { [shares] worker in shares[worker].halo?.save(source) }
            }
            team.run { [shares, stateA, sigma, signal] worker in
                let share = shares[worker]
                share.sweep.run(
                    .init(
                        source: source, target: target, base: stateA, sigma: sigma,
                        halo: inPlace ? share.halo : nil, stage: stage, timeStep: timeStep, signal: signal),
                    slab: share.slab)
            }
            bodies?.balance.settle(target)
            fallbackFaces += shares.reduce(0) { $0 + $1.sweep.fallbacks }
            if shares.contains(where: { !$0.sweep.loader.isSound }) { throw failure(in: source) }
        }
        step += 1
        time += timeStep
    }

    /// Relaxes Σ toward its equation for the given state; the first time, from nothing, with many more
    /// sweeps.
    private func relax(_ state: FieldStore<Codec>) {
        guard let sigma else { return }
        let options = flowCase.numerics
        let passes = relaxed ? 1 : max(1, (options.initialSweeps + options.sweeps - 1) / options.sweeps)
        relaxed = true
        for _ in 0..<passes {
            team.run { [shares] worker in shares[worker].entropic?.saveSurroundings(sigma) }
            team.run { [shares] worker in shares[worker].entropic?.run(state: state, sigma: sigma) }
            fillEntropicPressure()
        }
    }

    /// Computes the states behind walls from the stored state.
    private func fillBodies(_ state: FieldStore<Codec>) {
        guard let bodies else { return }
        team.run { [bodies, team] worker in bodies.ghosts.gather(state, team: team, worker: worker) }
    }

    private func fillEntropicPressure() {
        guard let bodies, let sigma else { return }
        team.run { [bodies, team] worker in
            bodies.ghosts.gatherEntropicPressure(sigma, team: team, worker: worker)
        }
    }

    func conservedRow(_ row: Int, into values: UnsafeMutablePointer<Double>) {
        let memory = AlignedMemory(bytes: shape.rowStride * MemoryLayout<Scalar>.stride)
        let scratch = memory.values(of: Scalar.self)
        for variable in 0..<gas.variables.conservedCount {
            let reference = gas.reference.conserved(variable, directions: gas.variables.directions)
            Codec.decode(
                stateA.row(variable, row), cells: shape.rowCells, reference: reference, into: scratch)
            let target = values + variable * shape.rowCells
            for cell in 0..<shape.rowCells {
                target[cell] = referenceConserved[variable] + scratch[cell].double
            }
        }
        let target = values + gas.variables.conservedCount * shape.rowCells
        guard let sigma else { return target.update(repeating: 0, count: shape.rowCells) }
        Codec.decode(sigma.row(0, row), cells: shape.rowCells, reference: 0, into: scratch)
        for cell in 0..<shape.rowCells { target[cell] = scratch[cell].double }
    }

    func checkpoint() -> [StoredArray] {
        var arrays = [StoredArray(name: "conserved", bytes: stateA.bytes)]
        if let sigma { arrays.append(StoredArray(name: "entropic_pressure", bytes: sigma.bytes)) }
        return arrays
    }

    func restore(_ arrays: [StoredArray], time: Double, step: Int) -> Bool {
        for array in checkpoint() {
            guard let saved = arrays.first(where: { $0.name == array.name }),
                saved.bytes.count == array.bytes.count, let source = saved.bytes.baseAddress,
                let target = array.bytes.baseAddress
            else { return false }
            UnsafeMutableRawPointer(mutating: target).copyMemory(from: source, byteCount: saved.bytes.count)
        }
        self.time = time
        self.step = step
        relaxed = true
        fillEntropicPressure()
        return true
    }

    /// The first cell without positive, finite density and pressure.
    private func failure(in state: FieldStore<Codec>) -> FlowFailure {
        let count = gas.variables.conservedCount
        let memory = AlignedMemory(bytes: count * shape.rowStride * MemoryLayout<Scalar>.stride)
        let cells = memory.values(of: Scalar.self)
        for row in 0..<shape.rowCount {
            for variable in 0..<count {
                Codec.decode(
                    state.row(variable, row), cells: shape.rowCells,
                    reference: gas.reference.conserved(variable, directions: gas.variables.directions),
                    into: cells + variable * shape.rowStride)
            }
            for cell in 0..<shape.rowCells {
                let found = CellState(at: cells + cell, stride: shape.rowStride, gas: gas)
                if found.density > 0, found.pressure > 0 { continue }
                return describe(cell: cell, row: row, state: found)
            }
        }
        return FlowFailure(step: step, time: time, cell: [], position: [], state: [])
    }

    private func describe(cell: Int, row: Int, state: CellState<Scalar>) -> FlowFailure {
        let middle = row % shape.middleCells
        let march = row / shape.middleCells
        let indices = shape.rank == 1 ? [cell] : shape.rank == 2 ? [cell, march] : [cell, middle, march]
        return FlowFailure(
            step: step, time: time, cell: indices,
            position: indices.enumerated().map { flowCase.domain.center($0, $1) },
            state: [state.density.double] + (0..<shape.rank).map { state.velocity[$0].double }
                + [state.pressure.double])
    }
}

extension FieldStore {
    /// All stored bytes.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory.base, count: memory.bytes) }
}

/// What a worker found; a class so that each worker writes its own.
final class SignalResult: @unchecked Sendable {
    var signal = Signal()
    var isSound = true
}

/// A worker's slab with its scratch. Workers never touch one another's.
final class WorkerShare<Codec: StorageCodec, Flux: FaceFlux>: @unchecked Sendable
where Flux.Scalar == Codec.Scalar {
    let slab: Range<Int>
    let sweep: StageSweep<Codec, Flux>
    let entropic: EntropicSweep<Codec>?
    let halo: SlabHalo<Codec>?
    let signal: SignalSpeed<Codec>

    init(
        flowCase: FlowCase, shape: GridShape, gas: GasModel<Codec.Scalar>, faces: DomainFaces<Codec.Scalar>,
        flux: Flux, slab: Range<Int>, inPlace: Bool, relaxes: Bool, bodies: ImmersedBodies<Codec>?
    ) {
        self.slab = slab
        let spacing = flowCase.domain.spacings
        let viscous =
            flowCase.gas.viscosity.isViscous
            ? ViscousFlux(
                gas: gas, law: flowCase.gas.viscosity, prandtl: flowCase.gas.prandtl, spacing: spacing) : nil
        sweep = StageSweep(
            shape: shape, gas: gas, faces: faces, spacing: spacing, flux: flux, viscous: viscous,
            bodies: bodies)
        halo =
            inPlace && shape.rank > 1
            ? SlabHalo(
                slab: slab, depth: 3, shape: shape, periodic: faces.marchIsPeriodic,
                variables: gas.variables.conservedCount) : nil
        let widest = spacing.max() ?? 1
        entropic =
            relaxes
            ? EntropicSweep(
                shape: shape, gas: gas, faces: faces,
                kernels: EntropicKernels(
                    rank: shape.rank, alpha: flowCase.numerics.alpha * widest * widest,
                    kind: flowCase.numerics.source, spacing: spacing), options: flowCase.numerics, slab: slab,
                bodies: bodies)
            : nil
        signal = SignalSpeed(shape: shape, gas: gas, description: flowCase.gas, spacing: spacing)
    }
}
