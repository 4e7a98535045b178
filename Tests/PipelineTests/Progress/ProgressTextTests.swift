import Pipeline
import Testing

@Suite("Progress text")
struct ProgressTextTests {
    private let half = RunProgress(step: 120, time: 0.5, endTime: 1, timeStep: 1.25e-3, cells: 1000)

    @Test(
        "Durations read as people say them",
        arguments: [
            (0.42, "0.4 s"), (12.3, "12 s"), (59.96, "1 min 0 s"), (185, "3 min 5 s"), (7620, "2 h 7 min"),
            (273_600, "3 d 4 h"), (.infinity, "unknown"), (-1, "unknown"),
        ])
    func durations(seconds: Double, text: String) { #expect(ProgressText.duration(seconds) == text) }

    @Test(
        "Counts carry SI prefixes",
        arguments: [(950.0, "950"), (12_345, "12.3 k"), (4_560_000, "4.56 M"), (1.2e9, "1.20 G")])
    func counts(value: Double, text: String) { #expect(ProgressText.count(value) == text) }

    @Test("The bar shows share, step, time, time step, rate and time left")
    func bar() {
        let text = ProgressText.bar(half, cellUpdatesPerSecond: 2.5e6, secondsLeft: 61, width: 100)
        #expect(text.hasPrefix(" 50 %  ██"))
        #expect(text.hasSuffix("step 120  t 0.5 / 1  dt 1.25e-03  2.50 Mcells/s  1 min 1 s left"))
    }

    @Test("The bar never reaches the last column", arguments: [1, 20, 60, 80, 200])
    func width(columns: Int) {
        let text = ProgressText.bar(half, cellUpdatesPerSecond: 2.5e6, secondsLeft: 61, width: columns)
        #expect(text.count < columns)
    }

    @Test("The share is that of time or of steps, whichever ends the run first, and stays within 0 and 1")
    func fraction() {
        var progress = half
        progress.maximumSteps = 150
        #expect(progress.fraction == 0.8)
        progress.maximumSteps = nil
        progress.time = 2
        #expect(progress.fraction == 1)
        progress.endTime = 0
        #expect(progress.fraction == 0)
    }
}
