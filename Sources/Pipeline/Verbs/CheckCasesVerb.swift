import Flow
import Foundation
import Schema

/// Runs cases and compares their results with the `[expect]` tables in them. Writes nothing but accepted
/// values.
public struct CheckCasesVerb: Verb {
    /// Which cases run, by how long they take.
    public enum Tier: String, Sendable, CaseIterable {
        /// Seconds each: part of `make test`.
        case quick
        /// Minutes each: part of `make verify`.
        case long
        /// Both.
        case all
    }

    /// Case files, and folders of case files.
    public var paths: [String]
    /// Which cases run.
    public var tier: Tier
    /// Only cases whose file name or title contains this text, whatever the case of its letters.
    public var filter: String?
    /// Rewrites the expected values that drifted with what came out.
    public var accept: Bool

    /// Cases to check.
    public init(paths: [String], tier: Tier = .quick, filter: String? = nil, accept: Bool = false) {
        self.paths = paths
        self.tier = tier
        self.filter = filter
        self.accept = accept
    }

    /// Runs the cases one after the other; a case that diverges does not keep the others from running.
    ///
    /// - Throws: `ToolError` with everything that is wrong with all files, before anything runs.
    public func perform(on console: Console) throws -> CheckCasesReport {
        let started = monotonicSeconds()
        let cases = try read()
        Interruption.listen()
        defer { Interruption.stopListening() }
        var report = CheckCasesReport(cases: [])
        for (path, file) in cases where Interruption.requested == nil {
            let result = CaseRunner(path: path, file: file, console: console).run()
            report.cases.append(result)
            console.note(result.line)
            if accept { try acceptDrift(of: result, file, console) }
        }
        report.interruption = Interruption.requested
        report.seconds = monotonicSeconds() - started
        return report
    }

    private func read() throws -> [(path: String, file: CaseFile)] {
        var problems: [Diagnostic] = []
        var cases: [(path: String, file: CaseFile)] = []
        for path in try CaseFinder.files(paths) {
            do {
                let file = try CaseReader.read(path: path)
                problems += ResultRegistry.diagnostics(for: file, path: path)
                if isWanted(path, file.flowCase) { cases.append((path, file)) }
            } catch {
                problems += error.diagnostics
            }
        }
        guard problems.isEmpty else {
            throw ToolError(problems.map(\.description).joined(separator: "\n"))
        }
        guard !cases.isEmpty else {
            throw ToolError(
                "no \(tier == .all ? "" : "\(tier.rawValue) ")case in \(paths.joined(separator: ", "))"
                    + (filter.map { " matches \"\($0)\"" } ?? ""), advice: "look with --tier all")
        }
        return cases
    }

    private func isWanted(_ path: String, _ flowCase: FlowCase) -> Bool {
        guard tier == .all || flowCase.tier.rawValue == tier.rawValue else { return false }
        guard let filter = filter?.lowercased() else { return true }
        let name = (path as NSString).lastPathComponent
        return name.lowercased().contains(filter) || flowCase.title.lowercased().contains(filter)
    }

    private func acceptDrift(
        of result: CheckCasesReport.Case, _ file: CaseFile, _ console: Console
    ) throws {
        let drifted = result.checks.filter { !$0.holds && $0.found?.isFinite == true }
        guard !drifted.isEmpty else { return }
        let found = Dictionary(
            drifted.compactMap { check in check.found.map { (check.key, $0) } }, uniquingKeysWith: { $1 })
        let text = try CaseAcceptance.accept(found, in: file.text)
        guard text != file.text else { return }
        try AtomicOutput.write(text, to: result.file)
        console.note("accepted: \(result.file); review the difference")
    }
}
