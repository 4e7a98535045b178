import Foundation

/// How progress reads. Pure functions of numbers, so that tests need no clock.
package enum ProgressText {
    /// One line that fits into `width` columns: share, bar, step, time, time step, rate, time left.
    package static func bar(
        _ progress: RunProgress, cellUpdatesPerSecond: Double?, secondsLeft: Double?, width: Int
    ) -> String {
        let percent = percentage(progress.fraction)
        let facts = self.facts(progress, rate: cellUpdatesPerSecond, left: secondsLeft)
        let room = width - percent.count - facts.count - 5
        guard room >= 6 else { return String("\(percent)  \(facts)".prefix(max(0, width - 1))) }
        return "\(percent)  \(blocks(progress.fraction, width: min(room, 30)))  \(facts)"
    }

    /// One line for a log.
    package static func line(
        _ progress: RunProgress, cellUpdatesPerSecond: Double?, secondsLeft: Double?
    ) -> String {
        percentage(progress.fraction) + "  "
            + facts(progress, rate: cellUpdatesPerSecond, left: secondsLeft)
    }

    /// Seconds as people say them: "0.4 s", "12 s", "3 min 5 s", "2 h 7 min", "3 d 4 h".
    package static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "unknown" }
        if seconds < 9.95 { return String(format: "%.1f s", seconds) }
        let whole = Int(seconds.rounded())
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(whole / 60) min \(whole % 60) s"
        case ..<86400: return "\(whole / 3600) h \(whole % 3600 / 60) min"
        default: return "\(whole / 86400) d \(whole % 86400 / 3600) h"
        }
    }

    /// A count with its SI prefix: "950", "12.3 k", "4.56 M", "1.20 G".
    package static func count(_ value: Double) -> String {
        for (scale, prefix) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")] where value >= scale {
            return threeDigits(value / scale) + " " + prefix
        }
        return threeDigits(value)
    }

    /// A size in bytes with its SI prefix: "950 B", "12.3 kB".
    package static func bytes(_ value: Int) -> String {
        count(Double(value)) + (value < 1000 ? " B" : "B")
    }

    private static func threeDigits(_ value: Double) -> String {
        String(format: value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
    }

    private static func percentage(_ fraction: Double) -> String {
        // Not rounded up: 100 % means done.
        let whole = String(Int(fraction * 100))
        return String(repeating: " ", count: 3 - whole.count) + whole + " %"
    }

    private static func facts(_ progress: RunProgress, rate: Double?, left: Double?) -> String {
        var facts = [
            "step \(progress.step)",
            String(format: "t %.4g / %.4g", progress.time, progress.endTime),
            String(format: "dt %.2e", progress.timeStep),
        ]
        if let rate { facts.append(count(rate) + (rate >= 1e3 ? "" : " ") + "cells/s") }
        if let left { facts.append(duration(left) + " left") }
        return facts.joined(separator: "  ")
    }

    private static func blocks(_ fraction: Double, width: Int) -> String {
        let full = Int((fraction * Double(width)).rounded(.down))
        return String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
    }
}
