import Archive
import Foundation

/// A process that computes one sample.
final class WorkerProcess {
    private let process = Process()
    private let answer = Pipe()
    private let logPath: String
    private let started = monotonicSeconds()
    private(set) var hasTimedOut = false
    let sample: SweepSample

    /// How the process came to its end.
    enum Ending {
        /// It said how it went.
        case answered(SampleReport)
        /// It was killed because it took too long.
        case timedOut
        /// It died; the text says how.
        case died(String)
        /// It was asked to stop from outside.
        case stopped
    }

    /// Starts the process; `whenEnded` is called on another thread. Throws where no process can be started.
    init(_ sample: SweepSample, plan: SweepPlan, whenEnded: @escaping @Sendable () -> Void) throws {
        self.sample = sample
        logPath = plan.logPath(sample.number)
        process.executableURL = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
        process.arguments = [
            "sweep", plan.sweepPath, "--sample", "\(sample.number)", "--result",
            plan.resultPath(sample.number),
            "--cfl-factor", "\(pow(0.5, Double(sample.attempts)))", "--fingerprint", plan.fingerprint,
            "--json",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = answer
        _ = FileManager.default.createFile(atPath: logPath, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: logPath) ?? .nullDevice
        process.terminationHandler = { _ in whenEnded() }
        try process.run()
    }

    var isRunning: Bool { process.isRunning }
    var seconds: Double { monotonicSeconds() - started }

    /// Kills the process where it takes longer than it may.
    func enforce(timeout: Double?) {
        guard let timeout, seconds > timeout, !hasTimedOut, isRunning else { return }
        hasTimedOut = true
        kill()
    }

    /// Ends the process at once. Its result appears complete or not at all, so that nothing is lost by that.
    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// Waits for the process, and tells how it ended.
    func ending() -> Ending {
        process.waitUntilExit()
        let data = answer.fileHandleForReading.readDataToEndOfFile()
        let isSignal = process.terminationReason == .uncaughtSignal
        if !isSignal, let report = try? JSONDecoder().decode(SampleReport.self, from: data) {
            if report.failure == nil { unlink(logPath) }
            return .answered(report)
        }
        if hasTimedOut { return .timedOut }
        let number = process.terminationStatus
        if isSignal, [SIGINT, SIGTERM].contains(number) { return .stopped }
        let how =
            isSignal
            ? "its process was killed by signal \(number) (\(String(cString: strsignal(number))))"
            : "its process ended with code \(number)"
        return .died(how + lastWords)
    }

    private var lastWords: String {
        let text = (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? ""
        let line = text.split(whereSeparator: \.isNewline).first { !$0.isEmpty }
        return line.map { ": \($0.prefix(300))" } ?? ""
    }
}
