import Fluids
import Numerics

/// Computes in the memory of this process, on its processors: one block for each worker unless told otherwise.
///
/// A stage is two exchanges, in which every block copies what it needs of others while nobody writes, each followed by
/// work on the block's own rows: state and old Σ, then relaxation; new Σ, then fluxes and update.
final class HostBackend<Codec: StorageCodec, F: Fluid>: @unchecked Sendable where F.Scalar == Codec.Scalar {
    typealias Scalar = Codec.Scalar
    typealias Copy = RungeKuttaStage.Copy

    let shape: GridShape
    let medium: Medium<F>
    let team: Workers
    private let flowCase: FlowCase
    /// The reference state in double precision, added back when fields are read.
    let referenceConserved: [Double]
    private let faces: DomainFaces<F>
    private let passes: EntropicPasses
    let stateA: BlockedField<Codec>
    let stateB: BlockedField<Codec>
    let sigma: BlockedField<Codec>?
    let blocks: [Block<Codec, F>]
    var isPrepared = false

    var storedBytes: Int { stateA.bytes + stateB.bytes + (sigma?.bytes ?? 0) }

    /// - Parameters:
    ///   - flux: The flux for the fluid in the arithmetic of the run.
    ///   - blocks: How many; 0 is one for each worker.
    init(
        _ flowCase: FlowCase, initial: InitialField, fluid: F, blocks wanted: Int,
        flux makeFlux: (FluxContext<F>) -> FluxKernel<Scalar>
    ) {
        self.flowCase = flowCase
        shape = GridShape(cells: flowCase.domain.cells)
        team = Self.team(flowCase, shape, blocks: wanted)
        let variables = CellVariables(
            directions: shape.rank, viscous: flowCase.gas.viscosity.isViscous)
        let reference = initial.reference(team)
        referenceConserved = reference
        medium = Medium(
            variables: variables, fluid: fluid,
            reference: ReferenceState(conserved: reference, law: flowCase.gas.law),
            leastHeatShare: Codec.isCoarse ? 1 / 4096 : 0)
        faces = DomainFaces(case: flowCase, medium: medium, referenceConserved: reference)
        let flux = makeFlux(
            FluxContext(
                variables: variables, fluid: fluid, reference: medium.reference,
                order: flowCase.numerics.order, isCoarse: Codec.isCoarse))
        passes = EntropicPasses(flowCase.numerics)
        let relaxes = flowCase.numerics.hasEntropicPressure
        let partition = Partition(shape, blocks: wanted > 0 ? wanted : team.count)
        let field = { [shape] (variables: Int) in
            BlockedField<Codec>(
                variables: variables, shape: shape, partition: partition, isolated: wanted > 0)
        }
        stateA = field(variables.conservedCount)
        stateB = field(variables.conservedCount)
        sigma = relaxes ? field(1) : nil
        blocks = (0..<partition.count).map { [shape, medium, faces] index in
            Block(
                index, of: partition, flowCase, shape: shape, medium: medium, faces: faces, flux: flux,
                relaxes: relaxes)
        }
        placeBodies(flowCase)
        encode(initial)
    }

    /// A worker needs a few planes of its own to be worth its halo.
    private static func team(_ flowCase: FlowCase, _ shape: GridShape, blocks: Int) -> Workers {
        let asked = Workers(count: flowCase.numerics.threads)
        let useful = shape.rank == 1 ? 1 : max(1, shape.marchCells / 8)
        let isSmall = shape.cellCount < 4096 && blocks == 0
        return Workers(count: isSmall ? 1 : min(asked.count, blocks > 0 ? blocks : useful))
    }

    func field(_ copy: Copy) -> BlockedField<Codec> { copy == .a ? stateA : stateB }

    /// Calls `body` for every block, the workers side by side.
    func forEachBlock(_ body: @Sendable (Int, Block<Codec, F>) -> Void) {
        team.run { [team, blocks] worker in
            for index in team.share(of: blocks.count, worker: worker) { body(index, blocks[index]) }
        }
    }

    /// The largest Σ_d (|u_d| + c)/Δ_d of imposed states.
    var imposedSignal: Double { faces.imposedSignal(spacing: flowCase.domain.spacings) }

    func setTime(_ time: Double) { faces.update(time: time) }

    func placeBodies(_ placed: FlowCase) {
        let geometry = ImmersedBodies<Scalar>(placed, team: team)
        forEachBlock { [shape, medium] _, block in
            block.bodies = geometry.map {
                BlockBodies($0, halo: block.stateHalo, rows: block.rows, shape: shape, medium: medium)
            }
        }
        gatherEntropicPressure()
    }

    func prepare(_ copy: Copy) {
        exchangeState(field(copy))
        relax(field(copy))
        gatherEntropicPressure()
    }

    /// Halos of the state, and the states behind walls.
    private func exchangeState(_ state: BlockedField<Codec>) {
        forEachBlock { [medium] index, block in
            block.stateHalo.fill(from: state)
            guard let ghosts = block.bodies?.ghosts else { return }
            for variable in 0..<medium.variables.conservedCount {
                ghosts.distant.fetch(
                    variable, stored: variable, reference: medium.reference(variable), from: state)
            }
            ghosts.gather(state.parts[index])
        }
    }

    /// Relaxes Σ toward its equation; the first time, from nothing, with many more sweeps.
    private func relax(_ state: BlockedField<Codec>) {
        defer { isPrepared = true }
        guard let sigma else { return }
        for levels in isPrepared ? passes.stage : passes.start {
            gatherEntropicPressure()
            forEachBlock { index, block in
                let source = Self.source(block, index, state, sigma)
                block.entropic?.run(source, levels: levels)
            }
        }
    }

    /// Halos of Σ, and Σ behind walls.
    private func gatherEntropicPressure() {
        guard let sigma else { return }
        forEachBlock { [medium] index, block in
            block.sigmaHalo?.fill(from: sigma)
            guard let ghosts = block.bodies?.ghosts else { return }
            ghosts.distant.fetch(medium.variables.conservedCount, stored: 0, reference: 0, from: sigma)
            ghosts.gatherEntropicPressure(sigma.parts[index])
        }
    }

    private static func source(
        _ block: Block<Codec, F>, _ index: Int, _ state: BlockedField<Codec>, _ sigma: BlockedField<Codec>?
    ) -> BlockView<Codec> {
        BlockView(
            state: state.parts[index], halo: block.stateHalo, sigma: sigma?.parts[index],
            sigmaHalo: block.sigmaHalo)
    }

    func signal(_ copy: Copy) -> Signal? {
        let state = field(copy)
        forEachBlock { [sigma] index, block in
            let found = block.signal.largest(state.parts[index], sigma: sigma?.parts[index])
            block.foundSignal = found.isSound ? found.signal : nil
        }
        var largest: Signal? = Signal()
        for block in blocks { largest = largest.flatMap { all in block.foundSignal.map(all.union) } }
        return largest
    }

    func advance(_ task: StageTask) -> StageOutcome {
        let (source, target) = (field(task.stage.reads), field(task.stage.writes))
        forEachBlock { [stateA, sigma] index, block in
            block.sweep.run(
                .init(
                    source: Self.source(block, index, source, sigma), target: target.parts[index],
                    base: stateA.parts[index], stage: task.stage, timeStep: task.timeStep,
                    signal: task.signal))
        }
        settleBodies(target)
        return StageOutcome(
            tally: blocks.reduce(into: FaceTally()) { $0 += $1.sweep.tally },
            isSound: blocks.allSatisfy { $0.sweep.isSound },
            lostCell: blocks.compactMap { $0.sweep.lostCell }.min { $0.number < $1.number })
    }

    /// Closed bodies neither leak mass nor heat: what all blocks found is undone in each.
    private func settleBodies(_ target: BlockedField<Codec>) {
        guard let surface = blocks[0].bodies?.geometry.surface, !surface.keepsEnergy.isEmpty else { return }
        for quantity in SurfaceBalance<Codec, F>.Quantity.allCases {
            var sums = BodyGains(bodies: surface.keepsEnergy.count)
            for block in blocks { if let part = block.bodies?.balance.sums(quantity) { sums.add(part) } }
            let all = sums
            forEachBlock { index, block in
                block.bodies?.balance.settle(quantity, all, in: target.parts[index])
            }
        }
    }
}
