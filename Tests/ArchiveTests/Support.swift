import Archive
import Foundation

/// A folder that lives as long as one test.
final class ScratchFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "hugoniot-archive-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }
    func contents() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

/// Runs a program and returns its exit status and what it printed.
func execute(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

/// Whether Python can import a module.
func pythonHas(_ module: String) -> Bool {
    (try? execute(["python3", "-c", "import \(module)"]).status) == 0
}

/// The error that `body` throws, if it is an `ArchiveError`.
func archiveError(_ body: () throws -> Void) -> ArchiveError? {
    do { try body() } catch { return error as? ArchiveError }
    return nil
}

/// A small run whose every number follows from the step, so that two runs can be compared.
struct SampleRun {
    var cells = [6, 4]
    var fields = ["density", "pressure"]
    var geometry: RunGeometry?
    var fieldType = ElementType.float32
    var title = "sample"

    var description: RunFileDescription {
        let axes = zip(["x", "y", "z"], cells).map {
            RunAxis.uniform(name: $0, cells: $1, lower: -1, upper: 2)
        }
        return RunFileDescription(
            caseText: "[case]\ntitle = \"\(title) ρ\"\n", storage: "float32", toolVersion: "0.1.0",
            started: Date(timeIntervalSince1970: 1_700_000_000), axes: axes, fields: fields,
            fieldType: fieldType, geometry: geometry)
    }

    func values(_ field: String, _ step: Int) -> [Float] {
        let offset = Float(fields.firstIndex(of: field) ?? 0) * 100
        return (0..<cells.reduce(1, *)).map { offset + Float(step) + Float($0) / 7 }
    }

    func snapshot(_ step: Int) -> [(name: String, values: [Float])] { fields.map { ($0, values($0, step)) } }

    /// Steps `range`, with a row of history and a probe sample each, and a snapshot every second step.
    func advance(_ writer: RunFileWriter, _ range: ClosedRange<Int>) throws {
        for step in range {
            let time = Double(step) * 0.1
            try writer.appendHistory([("step", Double(step)), ("time", time), ("mass", 1 + time / 3)])
            try writer.appendProbe("nose", time: time, values: [("pressure", time * time)])
            if step.isMultiple(of: 2) {
                try writer.appendSnapshot(time: time, step: step, fields: snapshot(step))
            }
        }
    }
}
