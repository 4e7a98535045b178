import Archive
import Foundation

/// Tells how far a sweep is: a line that rewrites itself on a terminal, one line a minute elsewhere, or nothing.
final class SweepTeller {
    private let console: Console
    private let total: Int
    private let started = monotonicSeconds()
    private var done: Int
    private var failed: Int
    /// Samples that came to an end since the start.
    private var passed = 0
    private var nextDisplay: Double
    private var hasLine = false

    init(_ console: Console, total: Int, counts: [SweepSample.State: Int]) {
        self.console = console
        self.total = total
        done = counts[.completed] ?? 0
        failed = counts[.failed] ?? 0
        nextDisplay = started + (console.errors.isInteractive ? 0 : 60)
    }

    /// A sample came to an end, or is to be tried again.
    func count(_ sample: SweepSample) {
        switch sample.state {
        case .completed: (done, passed) = (done + 1, passed + 1)
        case .failed:
            (failed, passed) = (failed + 1, passed + 1)
            say("sample \(sample.number) failed: \(sample.reason ?? "")")
        case .pending:
            if let reason = sample.reason { say("sample \(sample.number) is tried again: \(reason)") }
        case .claimed: break
        }
    }

    /// Shows how far it is, where that is due.
    func tell() {
        let now = monotonicSeconds()
        guard !console.manner.quiet, now >= nextDisplay else { return }
        let isBar = console.errors.isInteractive
        console.writeToErrors(isBar ? "\r\(line(now))\u{1B}[K" : line(now) + "\n")
        hasLine = isBar
        nextDisplay = now + (isBar ? 0.5 : 60)
    }

    /// Removes the line.
    func finish() {
        if hasLine { console.writeToErrors("\r\u{1B}[K") }
        hasLine = false
    }

    private func say(_ text: String) {
        finish()
        console.warn(text)
    }

    private func line(_ now: Double) -> String {
        let through = done + failed
        var facts = ["\(100 * through / max(total, 1)) %", "\(done) of \(total) samples"]
        if failed > 0 { facts.append("\(failed) failed") }
        if passed > 0 {
            let each = (now - started) / Double(passed)
            facts.append("\(significant(60 / each)) a minute")
            facts.append("\(ProgressText.duration(each * Double(total - through))) left")
        }
        return facts.joined(separator: "  ")
    }
}
