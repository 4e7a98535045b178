import Foundation
import Schema

/// Compares a run of a notebook with its lock file.
public struct NotebookCheck: Sendable {
    /// What a check says about a cell, or about the notebook as a whole.
    public enum State: String, Sendable, Codable {
        /// As accepted.
        case good
        /// What it asks for differs from what was accepted.
        case stale
        /// A value is outside of its tolerance.
        case drift
        /// It has no result.
        case broken
        /// It took longer than it may.
        case overBudget = "over-budget"
        /// It takes longer than was asked for: not computed, and not stale.
        case leftOut = "left-out"
    }

    /// One cell.
    public struct CellReport: Sendable, Encodable {
        /// Its id; nil for the notebook as a whole.
        public var cell: String?
        /// The line of its fence.
        public var line: Int?
        /// What is the matter with it.
        public var state: State
        /// Why, line by line.
        public var reasons: [String]
        /// The values that drifted.
        public var drifts: [Drift] = []
        /// Seconds of its computation, now or then.
        public var seconds: Double?
    }

    /// In the order of the notebook; the notebook as a whole comes last.
    public let cells: [CellReport]

    /// Compares.
    public init(_ notebook: Notebook, run: NotebookRun, lock: LockFile) {
        var reports = notebook.cells.map { Self.report($0, notebook, run, lock) }
        let gone = lock.cells.keys.filter { notebook.cell($0) == nil }.sorted()
        if !gone.isEmpty {
            reports.append(
                CellReport(
                    state: .stale,
                    reasons: [
                        "the lock file has cells that the notebook has not: \(gone.joined(separator: ", "))"
                    ]))
        }
        if let budget = notebook.frontMatter.budget, run.seconds > budget {
            reports.append(
                CellReport(
                    state: .overBudget,
                    reasons: [
                        String(format: "all cells took %.3g s; %.3g s are allowed", run.seconds, budget)
                    ], seconds: run.seconds))
        }
        cells = reports
    }

    /// The worst of all: broken before drift before stale before over budget.
    public var state: State {
        let ranked: [State] = [.broken, .drift, .stale, .overBudget]
        return ranked.first { state in cells.contains { $0.state == state } } ?? .good
    }

    private static func report(
        _ cell: Cell, _ notebook: Notebook, _ run: NotebookRun, _ lock: LockFile
    ) -> CellReport {
        let outcome = run.outcomes[cell.id] ?? .leftOut
        var report = CellReport(
            cell: cell.id, line: cell.line, state: .good, reasons: [], seconds: outcome.seconds)
        let tolerance = notebook.tolerance(of: cell)
        let accepted = lock.cells[cell.id]
        if !outcome.isDone, outcome != .leftOut, !isLeftOut(outcome, run) {
            report.state = .broken
            report.reasons = [outcome.message ?? ""]
            return report
        }
        let reasons = staleness(accepted, run.keys[cell.id], tolerance)
        guard reasons.isEmpty, let accepted else {
            (report.state, report.reasons) = (.stale, reasons)
            return report
        }
        guard let result = run.results[cell.id], let key = run.keys[cell.id] else {
            report.state = .leftOut
            return report
        }
        report.drifts = accepted.drift(of: LockFile.cell(key, result, tolerance: tolerance))
        if !report.drifts.isEmpty {
            (report.state, report.reasons) = (.drift, report.drifts.map(\.text))
        } else if let budget = cell.fence.budget, let seconds = outcome.seconds, seconds > budget {
            report.state = .overBudget
            report.reasons = [String(format: "took %.3g s; %.3g s are allowed", seconds, budget)]
        }
        return report
    }

    /// A cell that needs a cell that was left out is left out too.
    private static func isLeftOut(_ outcome: CellOutcome, _ run: NotebookRun) -> Bool {
        var outcome = outcome
        while case .skipped(let id) = outcome { outcome = run.outcomes[id] ?? .leftOut }
        return outcome == .leftOut
    }

    private static func staleness(_ accepted: LockFile.Cell?, _ key: CellKey?, _ tolerance: Double)
        -> [String]
    {
        guard let accepted else { return ["it is not in the lock file"] }
        guard let key else { return [] }
        var reasons = CellKey.changes(from: accepted.parts, to: key.parts).map { Self.text($0) }
        if reasons.isEmpty, accepted.key != key.text {
            reasons = ["the key in the lock file is not that of its parts"]
        }
        if abs(accepted.tolerance - tolerance) > 1e-9 * tolerance {
            reasons.append("tolerance: \(accepted.tolerance) → \(tolerance)")
        }
        return reasons
    }

    /// A changed part for people; digests are cut short.
    public static func text(_ change: (name: String, old: String?, new: String?)) -> String {
        func short(_ value: String?) -> String {
            guard let value else { return "nothing" }
            let isDigest = value.count == 64 && value.allSatisfy(\.isHexDigit)
            return isDigest ? "\(value.prefix(8))…" : value
        }
        return "\(change.name): \(short(change.old)) → \(short(change.new))"
    }
}

extension Notebook {
    /// How far the numbers of a cell may be from what was accepted, relative to their size.
    func tolerance(of cell: Cell) -> Double { cell.fence.tolerance ?? frontMatter.tolerance }

    /// The lock file that accepts a run. Cells without a result keep what was accepted before, as long as they are
    /// still there.
    public func accepting(_ run: NotebookRun, over old: LockFile) -> LockFile {
        var lock = LockFile()
        for cell in cells {
            if let result = run.results[cell.id], let key = run.keys[cell.id] {
                lock.cells[cell.id] = LockFile.cell(key, result, tolerance: tolerance(of: cell))
            } else {
                lock.cells[cell.id] = old.cells[cell.id]
            }
        }
        return lock
    }

    /// The text of a lock file of this notebook.
    public func lockText(_ lock: LockFile) -> String { lock.text(notebook: FilePath.name(of: path)) }
}
