import Archive
import Flow

/// Writes what a run leaves behind: snapshots, rows of the history, probes, forces. What is due follows from the
/// schedule.
final class RunRecorder {
    private let flowCase: FlowCase
    private let fields: [FlowField]
    private let schedule: OutputSchedule
    private let sampler: FlowSampler
    private let forces: ForceRecorder?
    let writer: RunFileWriter
    /// Faces that fell back to first order since the last row of the history.
    private(set) var pendingFallbackFaces: Int

    init(_ plan: RunPlan, schedule: OutputSchedule, writer: RunFileWriter, pendingFallbackFaces: Int = 0) {
        flowCase = plan.flowCase
        fields = plan.fields
        self.schedule = schedule
        self.writer = writer
        self.pendingFallbackFaces = pendingFallbackFaces
        sampler = FlowSampler(plan.flowCase)
        forces = ForceRecorder(plan.flowCase)
    }

    /// Counts what happened in one step.
    func count(_ computation: any FlowComputation) { pendingFallbackFaces += computation.fallbackFaces }

    /// Writes what is due in this state; in the last one everything is. Throws `ArchiveError`.
    func record(
        _ computation: any FlowComputation, timeStep: Double, seconds: Double, isLast: Bool
    ) throws {
        let step = computation.step
        let sampler = sampler.moved(to: computation.time)
        if isLast || step.isMultiple(of: flowCase.output.historyEvery) {
            try recordHistory(computation, sampler, timeStep: timeStep, seconds: seconds)
            try forces?.record(computation, to: writer)
        }
        for probe in flowCase.probes where isLast || step.isMultiple(of: probe.everySteps) {
            let values = sampler.state(at: probe.position, of: computation)
            try writer.appendProbe(probe.name, time: computation.time, values: values)
        }
        let due = schedule.snapshotTime(computation.time, step: step)
        if let time = due ?? (isLast ? computation.time : nil) {
            let values = fields.map { ($0.name, sampler.values($0, of: computation)) }
            try writer.appendSnapshot(time: time, step: step, fields: values)
        }
    }

    /// Writes what is known about the bodies once the run is over. Throws `ArchiveError`.
    func finish(_ computation: any FlowComputation) throws {
        try forces?.finish(computation, to: writer)
    }

    private func recordHistory(
        _ computation: any FlowComputation, _ sampler: FlowSampler, timeStep: Double, seconds: Double
    ) throws {
        let totals = sampler.totals(of: computation)
        try writer.appendHistory(
            [("step", Double(computation.step)), ("time", computation.time), ("dt", timeStep)]
                + totals.columns
                + [("fallback_faces", Double(pendingFallbackFaces)), ("wall_seconds", seconds)])
        pendingFallbackFaces = 0
    }
}
