import Foundation
import Testing

@Suite("Interrupted calibrations", .serialized)
struct CalibrationInterruptionTests {
    /// What a calibration finds that nobody disturbed.
    private static let undisturbed = Result {
        let work = try CalibrationWorkplace(delay: "0.01")
        #expect(try work.calibrate().code == 0)
        return try work.findings()
    }

    private func expectSameFindings(_ work: CalibrationWorkplace) throws {
        let wanted = try Self.undisturbed.get()
        let found = try work.findings()
        #expect(found.keys.sorted() == wanted.keys.sorted())
        for (name, values) in wanted {
            #expect(found[name].map { $0.elementsEqual(values, by: same) } == true, "\(name)")
        }
    }

    @Test(
        "A calibration that is killed goes on to the same answer and loses the run in flight at most",
        arguments: [1, 13, 37, 59])
    func killed(runs: Int) throws {
        let work = try CalibrationWorkplace(delay: "0.01")
        let process = try work.start(until: runs)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let result = try work.calibrate("--resume")
        #expect(result.code == 0, "\(result.errors)")
        #expect(work.runs <= 61)
        try expectSameFindings(work)
    }

    @Test(
        "Ctrl-C and SIGTERM leave the best so far with their exit codes, and it goes on",
        arguments: [SIGINT, SIGTERM])
    func signals(number: Int32) throws {
        let work = try CalibrationWorkplace(delay: "0.01")
        let process = try work.start(until: 30)
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        #expect(process.terminationStatus == 128 + number)
        let best = try String(contentsOfFile: work.place.file("c.best.toml"), encoding: .utf8)
        #expect(best.contains("[best.parameters]"))
        #expect(try work.calibrate("--resume").code == 0)
        #expect(work.runs <= 61)
        try expectSameFindings(work)
    }

    @Test("Ctrl-C does not wait for a run that takes long, and does not count it as failed")
    func longRun() throws {
        let work = try CalibrationWorkplace(delay: "60")
        let process = try work.start(until: 1)
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        // Nothing but the first line: neither a failure, nor the answer that was a minute away.
        let log = try String(
            contentsOfFile: work.place.file("c.calibration/evaluations.jsonl"), encoding: .utf8)
        #expect(log.split(separator: "\n").count == 1, "\(log)")
    }

    @Test("A model that hangs does not outlive a calibration that is killed", arguments: [1, 3])
    func nothingIsLeft(workers: Int) throws {
        let work = try CalibrationWorkplace(
            model: "workers = \(workers)", answer: "echo $$ >> '../../pids'; sleep 3600")
        let process = try work.start(until: workers)
        func identifiers() -> [Int32] {
            let text = (try? String(contentsOfFile: work.place.file("pids"), encoding: .utf8)) ?? ""
            return text.split(separator: "\n").compactMap { Int32($0) }
        }
        while identifiers().count < workers, process.isRunning { usleep(1000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let started = Date()
        func isAlive(_ identifier: Int32) -> Bool {
            // One that has ended but that nobody has asked after yet is a Z.
            let status = (try? String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)) ?? ""
            return kill(identifier, 0) == 0 && !status.contains(") Z")
        }
        while identifiers().contains(where: isAlive), Date().timeIntervalSince(started) < 30 { usleep(1000) }
        #expect(!identifiers().isEmpty && !identifiers().contains(where: isAlive))
    }

    @Test("A torn last line of the log is computed again")
    func torn() throws {
        let work = try CalibrationWorkplace(delay: "0.01")
        let process = try work.start(until: 20)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let path = work.place.file("c.calibration/evaluations.jsonl")
        let size = try #require(FileManager.default.contents(atPath: path)?.count)
        truncate(path, size - 5)
        #expect(try work.calibrate("--resume").code == 0)
        try expectSameFindings(work)
    }

    @Test("With more budget a finished calibration goes on from what it has")
    func moreBudget() throws {
        let work = try CalibrationWorkplace(method: "name = \"l-bfgs-b\"\nbudget = 5")
        _ = try work.calibrate()
        #expect(work.runs == 5)
        let report = try work.report("--resume", "--budget", "9")
        #expect(report["resumed"] as? Int == 5 && work.runs <= 9)
    }

    @Test("The log of another calibration is refused")
    func foreign() throws {
        let work = try CalibrationWorkplace(method: "name = \"de-vs\"\nbudget = 5")
        _ = try work.calibrate()
        let result = try work.calibrate("--resume", "--seed", "9")
        #expect(
            result.code == 2 && result.errors.contains("belongs to another calibration"), "\(result.errors)")
    }
}
