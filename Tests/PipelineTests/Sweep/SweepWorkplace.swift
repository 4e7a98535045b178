import Archive
import Foundation
import Testing

/// A folder with a campaign of a dozen small samples.
struct SweepWorkplace {
    let place: Workplace
    static let count = 12

    init(_ sweep: String = campaign, _ flow: String = base) throws {
        place = try Workplace()
        _ = try place.write(flow, as: "base.toml")
        _ = try place.write(sweep, as: "sweep.toml")
    }

    static let base = """
        [constants]
        amplitude = 0.1
        [domain]
        cells = [64, 64]
        lower = [0.0, 0.0]
        upper = [1.0, 1.0]
        [boundaries]
        x = "periodic"
        y = "periodic"
        [initial]
        density = "1 + amplitude*sin(2*pi*x)*sin(2*pi*y)"
        velocity = [0.3, 0.2]
        pressure = 1.0
        [time]
        end = 0.5
        """

    static let campaign = """
        [base]
        case = "base.toml"
        [design]
        kind = "sobol"
        samples = \(count)
        seed = 3
        [parameters]
        amplitude = { uniform = [0.1, 0.4] }
        [task]
        kind = "rollout"
        times = [0.0, 0.25, 0.5]
        [grid]
        cells = [32, 32]
        [inputs]
        channels = ["initial_density", "amplitude"]
        [outputs]
        channels = ["density", "pressure"]
        [run]
        workers = 2
        """

    /// Samples that take some tenths of a second each.
    static let slowBase = base.replacing("cells = [64, 64]", with: "cells = [128, 128]")

    var output: String { place.file("data.h5") }
    var arguments: [String] { ["sweep", place.file("sweep.toml"), "--output", output] }

    func sweep(_ more: String...) throws -> Tool.Result { try Tool.run(arguments + more) }

    /// Names of results that wait for their places.
    var results: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.file("data.sweep"))) ?? []
        return names.filter { $0.hasPrefix("sample-") && $0.hasSuffix(".h5") }
    }

    /// Starts a sweep whose samples take long enough to be disturbed, and waits for some results. It leaves the processor
    /// to everybody else, so that whoever waits here hears of a result before the next ones are there.
    func startSlowly(until results: Int) throws -> Process {
        let process = try Tool.start(arguments + ["--overwrite"], before: ["nice", "-n", "19"])
        while process.isRunning, self.results.count < results { usleep(1000) }
        return process
    }

    /// Starts a sweep and sends it a signal once some results are there. Where it was over before it heard of the signal,
    /// nothing was disturbed, and it starts anew.
    func disturb(after results: Int, by number: Int32) throws -> Process {
        while true {
            let process = try startSlowly(until: results)
            // A process number that is not running may be somebody else's.
            if process.isRunning { kill(process.processIdentifier, number) }
            process.waitUntilExit()
            if !FileManager.default.fileExists(atPath: output) { return process }
            try FileManager.default.removeItem(atPath: output)
        }
    }

    func wait(for results: Int) {
        for _ in 0..<4000 where self.results.count < results { usleep(5000) }
    }

    var samples: [SweepSample] {
        get throws { try SweepRegistry(path: place.file("data.sweep/registry.sqlite")).samples() }
    }

    var digest: String { get throws { try Fingerprint.sha256(ofFile: output) } }

    /// Processes that a process started.
    static func children(of process: Int32) -> [Int32] {
        let path = "/proc/\(process)/task"
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return tasks.flatMap { task in
            let text = (try? String(contentsOfFile: "\(path)/\(task)/children", encoding: .utf8)) ?? ""
            return text.split(separator: " ").compactMap { Int32($0) }
        }
    }
}
