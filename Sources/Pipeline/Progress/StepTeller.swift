/// Tells which of a few long steps is under way: one line that rewrites itself on a terminal, one line a step
/// elsewhere when it began more than a second after the start, or nothing.
final class StepTeller {
    private let console: Console
    private let total: Int
    private let started = monotonicSeconds()
    private var done = 0

    init(_ console: Console, total: Int) {
        self.console = console
        self.total = total
    }

    /// A step begins.
    func tell(_ what: String) {
        done += 1
        guard !console.manner.quiet else { return }
        if console.errors.isInteractive {
            console.writeToErrors("\r\(done)/\(total)  \(what)\u{1B}[K")
        } else if monotonicSeconds() - started > 1 {
            console.writeToErrors("\(done)/\(total)  \(what)\n")
        }
    }

    /// All steps are done, or one has failed: removes the line.
    func finish() {
        if done > 0, !console.manner.quiet, console.errors.isInteractive {
            console.writeToErrors("\r\u{1B}[K")
        }
    }
}
