import Dispatch

/// Tells how far a run is: a bar that rewrites itself on a terminal, one line a minute elsewhere, or nothing.
/// Call `update` after every step; between two displays that costs one reading of the clock.
public final class ProgressReporter {
    /// How progress is shown.
    public enum Mode: Sendable, Equatable {
        case bar(width: Int)
        case lines
        case silent

        /// Seconds between two displays.
        var interval: Double {
            switch self {
            case .bar: 0.1
            case .lines: 60
            case .silent: .infinity
            }
        }
    }

    private let mode: Mode
    private let clock: () -> Double
    private let write: (String) -> Void
    private let started: Double
    private var begun: RunProgress?
    private var shown: (progress: RunProgress, time: Double)?
    private var nextDisplay: Double
    private var rate: Double?

    /// A reporter that writes through `write`; `clock` gives seconds that never run backwards.
    public init(
        mode: Mode, clock: @escaping () -> Double = monotonicSeconds, write: @escaping (String) -> Void
    ) {
        self.mode = mode
        self.clock = clock
        self.write = write
        started = clock()
        nextDisplay = started + mode.interval
    }

    /// The run stands here now. The first call is the starting point of rate and time left, as after
    /// `--resume`.
    public func update(_ progress: RunProgress) {
        if mode == .silent { return }
        let now = clock()
        guard let begun else {
            begun = progress
            shown = (progress, now)
            if case .bar = mode { display(progress, now: now) }
            return
        }
        guard now >= nextDisplay else { return }
        refreshRate(progress, now: now)
        display(progress, now: now, since: begun)
    }

    /// Removes the bar, so that what is written next starts on a clean line.
    public func finish() {
        if case .bar = mode, begun != nil { write("\r\u{1B}[K") }
        begun = nil
    }

    private func refreshRate(_ progress: RunProgress, now: Double) {
        guard let last = shown, now > last.time else { return }
        let current = Double(progress.step - last.progress.step) * Double(progress.cells) / (now - last.time)
        // Half new, half old: steady to read, quick to follow.
        rate = rate.map { 0.5 * ($0 + current) } ?? current
        shown = (progress, now)
    }

    private func display(_ progress: RunProgress, now: Double, since begun: RunProgress? = nil) {
        let left = begun.flatMap { secondsLeft(progress, now: now, since: $0) }
        switch mode {
        case .bar(let width):
            let text = ProgressText.bar(
                progress, cellUpdatesPerSecond: rate, secondsLeft: left, width: width)
            write("\r\(text)\u{1B}[K")
        case .lines:
            write(ProgressText.line(progress, cellUpdatesPerSecond: rate, secondsLeft: left) + "\n")
        case .silent: break
        }
        nextDisplay = now + mode.interval
    }

    private func secondsLeft(_ progress: RunProgress, now: Double, since begun: RunProgress) -> Double? {
        let done = progress.fraction - begun.fraction
        return done > 0 ? (now - started) / done * (1 - progress.fraction) : nil
    }
}

/// Seconds since an arbitrary moment; never runs backwards.
public func monotonicSeconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
