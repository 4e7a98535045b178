import Flow
import Foundation

/// Runs one case and compares its results with what it expects.
struct CaseRunner {
    let path: String
    let file: CaseFile
    let console: Console

    /// The name of a case: that of its file without the suffix.
    static func name(_ path: String) -> String {
        path.stem
    }

    func run() -> CheckCasesReport.Case {
        let flowCase = file.flowCase
        let started = monotonicSeconds()
        var found: [String: Double] = [:]
        var failure: String?
        let progress = console.progress()
        do {
            let verifier = CaseVerifier(flowCase, results: flowCase.expectations.map(\.key))
            found = try verifier.run { part in
                [
                    StopWhen.interrupted,
                    ProgressObserver(progress, cells: part.flowCase.domain.cells.reduce(1, *)),
                ]
            }
        } catch is SimulationStopped {
            failure = "interrupted"
        } catch {
            failure = String(describing: error)
        }
        progress.finish()
        let checks = flowCase.expectations.map { expectation in
            let value = found[expectation.key]
            return CheckCasesReport.Check(
                key: expectation.key, expected: expectation.expectedText, found: value,
                tolerance: expectation.toleranceText, holds: value.map(expectation.holds) ?? false)
        }
        return CheckCasesReport.Case(
            file: path, title: flowCase.title, checks: checks, failure: failure,
            seconds: monotonicSeconds() - started)
    }
}
