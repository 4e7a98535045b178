import Archive
import Foundation
import Testing

/// A Slurm cluster of one node that lives as long as one test.
private final class SlurmNode {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Slurm/single-node.sh").path
    let folder = NSTemporaryDirectory() + "hugoniot-slurm-\(UUID().uuidString.prefix(8))"
    let answer: String

    init() {
        answer = (try? Self.shell("\(Self.script) start \(folder)").output) ?? "skipped: no shell"
    }

    deinit {
        _ = try? Self.shell("\(Self.script) stop \(folder)")
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Why no cluster can be started here; nil where one can. Found without starting one, since every run of any
    /// test asks.
    static let reasonToSkip: String? = {
        let answer = (try? shell("\(script) check /tmp"))?.output ?? "skipped: no shell"
        return answer.hasPrefix("ready") ? nil : answer.trimmingCharacters(in: .whitespacesAndNewlines)
    }()

    func run(_ command: String) throws -> (code: Int32, output: String) {
        try Self.shell("export SLURM_CONF=\(folder)/slurm.conf; \(command)")
    }

    /// Waits until the cluster has no job, but no longer than a minute.
    func waitUntilIdle() throws {
        let limit = Date() + 60
        while Date() < limit, try !run("squeue -h").output.isEmpty { usleep(200_000) }
    }

    private static func shell(_ command: String) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.environment = Tool.environment
        process.arguments = ["-c", command]
        // A file, since daemons that are started inherit it and never close it.
        let path = NSTemporaryDirectory() + "hugoniot-shell-\(UUID().uuidString)"
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        defer { unlink(path) }
        let file = FileHandle(forWritingAtPath: path) ?? .nullDevice
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (file, file)
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, (try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
    }
}

@Suite(
    "Sweeps on Slurm",
    .enabled(
        if: ProcessInfo.processInfo.environment["HUGONIOT_TEST_SLURM"] != nil,
        "starts daemons: set HUGONIOT_TEST_SLURM=1 to run it"),
    .disabled(if: SlurmNode.reasonToSkip != nil, "\(SlurmNode.reasonToSkip ?? "")"), .serialized)
struct SlurmTests {
    private func submit(_ work: SweepWorkplace, _ node: SlurmNode, _ more: String = "") throws -> String {
        let words = ([Tool.path.path] + work.arguments + ["--slurm"]).joined(separator: " ")
        let result = try node.run(words + " " + more)
        #expect(result.code == 0, "\(result.output)")
        return result.output
    }

    private func place() throws -> SweepWorkplace {
        try SweepWorkplace(SweepWorkplace.campaign + "\n[slurm]\ntasks = 3\n", SweepWorkplace.slowBase)
    }

    @Test("A job array computes the samples, and its last job writes the same dataset as one machine does")
    func array() throws {
        let (work, alone) = (try place(), try place())
        let node = SlurmNode()
        try #require(node.answer.hasPrefix("ready"), "\(node.answer)")
        #expect(try submit(work, node).contains("with 3 tasks"))
        try node.waitUntilIdle()
        #expect(try work.samples.allSatisfy { $0.state == .completed })
        #expect(try alone.sweep().code == 0)
        #expect(try work.digest == alone.digest)
    }

    @Test("Tasks that are cancelled leave nothing undone, and a cancelled campaign goes on with --resume")
    func cancelled() throws {
        let (work, alone) = (try place(), try place())
        let node = SlurmNode()
        try #require(node.answer.hasPrefix("ready"), "\(node.answer)")
        _ = try submit(work, node)
        work.wait(for: 2)
        _ = try node.run("scancel --signal=KILL --full -u root; scancel -u root")
        try node.waitUntilIdle()
        #expect(!FileManager.default.fileExists(atPath: work.output))
        _ = try submit(work, node, "--resume")
        try node.waitUntilIdle()
        #expect(try alone.sweep().code == 0)
        #expect(try work.digest == alone.digest)
    }
}
