import Archive
import Flow

/// Writes what a run leaves behind: snapshots, rows of the history, probes, forces. What is due follows from the
/// schedule.
final class RunRecorder: SimulationObserver {
    private let flowCase: FlowCase
    private let fields: [FlowField]
    private let schedule: OutputSchedule
    private let sampler: FlowSampler
    private let forces: ForceRecorder?
    private let clock: RunClock
    /// Whether the first state was recorded by the run that this one goes on from.
    private let isResumed: Bool
    let writer: RunFileWriter
    /// Counted since the last row of the history.
    private(set) var pendingFaces: FaceTally

    init(
        _ plan: RunPlan, schedule: OutputSchedule, writer: RunFileWriter, clock: RunClock,
        resumed: RunCheckpoint?
    ) {
        flowCase = plan.flowCase
        fields = plan.fields
        self.schedule = schedule
        self.writer = writer
        self.clock = clock
        isResumed = resumed != nil
        pendingFaces = resumed?.faces ?? FaceTally()
        sampler = FlowSampler(plan.flowCase)
        forces = ForceRecorder(plan.flowCase)
    }

    func nextStop(after time: Double) -> Double? { schedule.nextStop(after: time) }

    /// Writes what is due in this state; in the last one everything is. Throws `ArchiveError`.
    func observe(_ moment: SimulationMoment) throws {
        if moment.isFirst {
            if isResumed { return }
        } else {
            pendingFaces += moment.computation.faces
        }
        let (computation, step, isLast) = (moment.computation, moment.step, moment.isLast)
        let sampler = sampler.moved(to: computation.time)
        if isLast || step.isMultiple(of: flowCase.output.historyEvery) {
            try recordHistory(computation, sampler, timeStep: moment.timeStep)
            try forces?.record(computation, to: writer)
        }
        for probe in flowCase.probes where isLast || step.isMultiple(of: probe.everySteps) {
            let values = sampler.state(at: probe.position, of: computation)
            try writer.appendProbe(probe.name, time: computation.time, values: values)
        }
        if let time = schedule.snapshotTime(computation.time, step: step)
            ?? (isLast ? computation.time : nil)
        {
            let values = fields.map { ($0.name, sampler.values($0, of: computation)) }
            try writer.appendSnapshot(time: time, step: step, fields: values)
        }
    }

    /// Writes what is known about the bodies once the run is over. Throws `ArchiveError`.
    func finish(_ computation: any FlowComputation) throws {
        try forces?.finish(computation, to: writer)
    }

    private func recordHistory(
        _ computation: any FlowComputation, _ sampler: FlowSampler, timeStep: Double
    ) throws {
        let totals = sampler.totals(of: computation)
        try writer.appendHistory(
            [("step", Double(computation.step)), ("time", computation.time), ("dt", timeStep)]
                + totals.columns
                + [
                    ("fallback_faces", Double(pendingFaces.fallbacks)),
                    ("limited_faces", Double(pendingFaces.limited)), ("wall_seconds", clock.total),
                ])
        pendingFaces = FaceTally()
    }
}
