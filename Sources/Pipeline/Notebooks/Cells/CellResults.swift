import Flow
import Notebooks

/// What the exact solution and the checks of a case say about the run of a cell.
struct CellResults {
    private let names: [String]
    private let schedule: OutputSchedule
    private let verifier: CaseVerifier
    private let recorder: EvidenceRecorder?

    /// - Throws: `ToolError` where the case has no result of a name.
    init(_ flowCase: FlowCase, names: [String], make: @escaping ComputationMaker) throws {
        self.names = names
        let known = ResultRegistry.results(of: flowCase).filter { $0.missing == nil }.map(\.name)
        if let name = names.first(where: { !known.contains($0) }) {
            throw ToolError(
                "the case has no result \"\(name)\"; it has \(known.joined(separator: ", "))",
                advice: nearestWord(to: name, among: known).map { "did you mean \"\($0)\"?" })
        }
        schedule = OutputSchedule(flowCase)
        verifier = CaseVerifier(flowCase, results: names, make: make)
        recorder = names.isEmpty ? nil : verifier.recorder()
    }

    /// What has to look at the run.
    var observers: [any SimulationObserver] { [recorder].compactMap { $0 } }

    /// The results, once the run is complete. A run that was complete before, or was taken up in its middle, has not been
    /// seen from its start to its end: what the results need of it is then computed again, in memory, with the same steps.
    func values() throws -> [NamedValue] {
        guard let recorder else { return [] }
        let evidence: CaseEvidence
        do {
            evidence = try verifier.gather(described: recorder.evidence) { _ in
                [Stops(schedule.nextStop), StopWhen.interrupted]
            }
        } catch is SimulationStopped { throw CellInterrupted() }
        let found = verifier.values(evidence)
        return names.compactMap { .number($0, found[$0]) }
    }
}
