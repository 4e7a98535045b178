import Pipeline
import Testing

@Suite("Progress reporter")
struct ProgressReporterTests {
    /// A clock that a test moves, and what was written.
    private final class Stage {
        var seconds = 0.0
        var written: [String] = []

        func reporter(_ mode: ProgressReporter.Mode) -> ProgressReporter {
            ProgressReporter(mode: mode, clock: { self.seconds }, write: { self.written.append($0) })
        }
    }

    private func progress(step: Int, time: Double) -> RunProgress {
        RunProgress(step: step, time: time, endTime: 1, timeStep: 0.01, cells: 100)
    }

    @Test("A log gets one line a minute")
    func lines() {
        let stage = Stage()
        let reporter = stage.reporter(.lines)
        for second in 0...200 {
            stage.seconds = Double(second)
            reporter.update(progress(step: second, time: Double(second) / 400))
        }
        #expect(stage.written.count == 3)
        #expect(
            stage.written.first
                == " 15 %  step 60  t 0.15 / 1  dt 1.00e-02  100 cells/s  5 min 40 s left\n")
    }

    @Test("A terminal is rewritten at most ten times a second, and left clean")
    func bar() {
        let stage = Stage()
        let reporter = stage.reporter(.bar(width: 80))
        for step in 0...1000 {
            stage.seconds = Double(step) * 1e-3
            reporter.update(progress(step: step, time: 0.001))
        }
        reporter.finish()
        #expect((10...12).contains(stage.written.count))
        #expect(stage.written.allSatisfy { $0.hasPrefix("\r") && !$0.contains("\n") })
        #expect(stage.written.last == "\r\u{1B}[K")
    }

    @Test("Time left counts from where a resumed run took up")
    func resumed() {
        let stage = Stage()
        let reporter = stage.reporter(.lines)
        reporter.update(progress(step: 1000, time: 0.8))
        stage.seconds = 60
        reporter.update(progress(step: 1100, time: 0.9))
        #expect(stage.written.first?.hasSuffix("1 min 0 s left\n") == true)
    }

    @Test("Quiet is silent")
    func silent() {
        let stage = Stage()
        let reporter = stage.reporter(.silent)
        reporter.update(progress(step: 0, time: 0))
        stage.seconds = 1e6
        reporter.update(progress(step: 1, time: 0.5))
        reporter.finish()
        #expect(stage.written.isEmpty)
    }
}
