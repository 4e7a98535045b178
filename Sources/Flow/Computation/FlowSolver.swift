/// Advances a case in time on a backend: keeps the time, the stages of a step and the places of moving bodies. Knows
/// nothing of memory, storage and processors.
final class FlowSolver: FlowComputation {
    private let flowCase: FlowCase
    private let backend: Backend
    private let stages: [RungeKuttaStage]
    private let imposedSignal: Double
    private var signal = Signal()
    private(set) var time = 0.0
    private(set) var step = 0
    private(set) var faces = FaceTally()

    var storedBytes: Int { backend.storedBytes }
    var workers: Int { backend.workers }

    /// - Parameter imposedSignal: The largest signal of states that boundaries impose.
    init(_ flowCase: FlowCase, backend: Backend, imposedSignal: Double) {
        self.flowCase = flowCase
        self.backend = backend
        self.imposedSignal = imposedSignal
        stages = RungeKuttaStage.stages(of: flowCase.numerics.integrator)
    }

    func stableTimeStep() throws(FlowFailure) -> Double {
        // Σ of the first state is not known yet.
        if !backend.isPrepared() { backend.prepare(.a) }
        guard let found = backend.signal(.a) else { throw failure(backend.lostCell(.a)) }
        signal = found
        return flowCase.numerics.timeStep
            ?? flowCase.numerics.cfl * startShare / max(signal.value, imposedSignal, bodySignal)
    }

    /// The first of large steps are shorter, from a tenth on: where jumps meet at the start waves part that are faster than those
    /// of the states on both sides (Toro 2009, doi:10.1007/b79761, section 6.3.2).
    private var startShare: Double { step < 5 && flowCase.numerics.cfl > 0.5 ? 0.1 + 0.18 * Double(step) : 1 }

    /// Walls must not pass a cell in a step either.
    private var bodySignal: Double {
        guard flowCase.hasMovingBodies else { return 0 }
        let speed = flowCase.bodies.map { $0.moved(to: time).largestSpeed(in: flowCase.domain) }.max() ?? 0
        return speed / (flowCase.domain.spacings.min() ?? 1)
    }

    func advance(by timeStep: Double) throws(FlowFailure) {
        faces = FaceTally()
        // Frozen in the middle of the step: second order in time. Cells that walls lay bare keep the state that they had
        // as ghost cells, which continues the flow in front of the wall.
        if flowCase.hasMovingBodies { backend.place(flowCase.moved(to: time + timeStep / 2)) }
        for stage in stages {
            backend.setTime(time + stage.time * timeStep)
            backend.prepare(stage.reads)
            let outcome = backend.advance(
                StageTask(stage: stage, timeStep: stage.share * timeStep, signal: signal))
            faces += outcome.tally
            if !outcome.isSound { throw failure(outcome.lostCell) }
        }
        step += 1
        time += timeStep
    }

    func conservedRow(_ row: Int, into values: UnsafeMutablePointer<Double>) { backend.readRow(row, values) }
    func checkpoint() -> [StoredArray] { backend.checkpoint() }

    func restore(_ arrays: [StoredArray], time: Double, step: Int) -> Bool {
        guard backend.restore(arrays) else { return false }
        self.time = time
        self.step = step
        return true
    }

    private func failure(_ lost: LostCell?) -> FlowFailure {
        guard let lost else {
            return FlowFailure(step: step, time: time, cell: [], position: [], state: [])
        }
        var (rest, cell) = (lost.number, [Int]())
        for count in flowCase.domain.cells {
            cell.append(rest % count)
            rest /= count
        }
        return FlowFailure(
            step: step, time: time, cell: cell,
            position: cell.enumerated().map { flowCase.domain.center($0, $1) }, state: lost.state)
    }
}
