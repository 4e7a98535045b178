import Archive
import Flow

/// Brings the run file and a checkpoint to disk now and then, and where a simulation stops before its end. It has to
/// be told of a state after the recorder was.
final class CheckpointKeeper: SimulationObserver {
    private let plan: RunPlan
    private let recorder: RunRecorder
    private let clock: RunClock
    private var last = 0.0

    init(_ plan: RunPlan, _ recorder: RunRecorder, _ clock: RunClock) {
        self.plan = plan
        self.recorder = recorder
        self.clock = clock
    }

    /// Throws `ArchiveError`.
    func observe(_ moment: SimulationMoment) throws {
        switch moment.ending {
        case .stopped(let request) where !request.isFinal: try write(moment)
        case nil where clock.seconds - last >= plan.flowCase.output.checkpointEvery: try write(moment)
        default: break
        }
    }

    /// Before the first step there is nothing to keep.
    private func write(_ moment: SimulationMoment) throws {
        last = clock.seconds
        guard moment.step > 0 else { return }
        try recorder.writer.flush()
        try RunCheckpoint(
            step: moment.step, time: moment.time, faces: recorder.pendingFaces,
            seconds: clock.total
        ).write(plan, of: moment.computation)
    }
}
