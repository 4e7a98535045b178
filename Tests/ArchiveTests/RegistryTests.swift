import Archive
import Foundation
import Testing

@Suite("Run registry")
struct RegistryTests {
    let folder: ScratchFolder
    let path: String
    init() throws {
        folder = try ScratchFolder()
        path = folder.file("home/registry.sqlite")
    }

    @Test("a record is noted at the beginning and completed at the end")
    func lifecycle() throws {
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let journal = RunJournal(
            RunRecord(
                verb: "run", title: "Sod", started: start, inputPath: "sod.toml", inputSHA256: "ab",
                outputPath: "sod.h5", toolVersion: "0.1.0", cells: 200, extra: #"{"storage":"float32"}"#),
            path: path, warn: { Issue.record("unexpected warning: \($0)") })
        let registry = try RunRegistry(path: path)
        #expect(try registry.latest().map(\.status) == ["running"])
        journal.end("completed", steps: 50, seconds: 0.01)
        let id = try #require(journal.id)
        let record = try #require(try registry.record(id))
        #expect(record.status == "completed")
        #expect(record.started == start)
        #expect(record.finished != nil)
        #expect(record.nanosecondsPerCellStep == 1000)
        #expect(record.extra == #"{"storage":"float32"}"#)
    }

    @Test("the latest come first and can be chosen by verb")
    func latest() throws {
        let registry = try RunRegistry(path: path)
        for index in 0..<5 {
            _ = try registry.add(
                RunRecord(verb: index.isMultiple(of: 2) ? "run" : "train", title: "\(index)"))
        }
        #expect(try registry.latest(3).map(\.title) == ["4", "3", "2"])
        #expect(try registry.latest(verb: "train").map(\.title) == ["3", "1"])
    }

    @Test(
        "a registry that somebody else wrote is damaged, not the end of the process",
        arguments: ["NULL", "'lost'", "x'ff'"])
    func foreign(state: String) throws {
        let registry = try SweepRegistry(path: folder.file("sweep.sqlite"))
        try registry.begin(fingerprint: "f", [SweepSample(number: 0, recipe: "{}")])
        let script = """
            import sqlite3
            base = sqlite3.connect("\(registry.path)")
            base.executescript("ALTER TABLE sample RENAME TO old; CREATE TABLE sample AS SELECT * FROM old;"
                               "UPDATE sample SET state = \(state); DROP TABLE old")
            """
        let (status, output) = try execute(["python3", "-c", script])
        try #require(status == 0, "\(output)")
        #expect(throws: ArchiveError.self) { try registry.counts() }
        #expect(throws: ArchiveError.self) { try registry.samples() }
    }

    @Test("many writers, each with its own connection, lose nothing")
    func concurrency() async throws {
        let path = path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    let registry = try RunRegistry(path: path)
                    for index in 0..<10 {
                        _ = try registry.add(RunRecord(verb: "run", title: "\(writer).\(index)"))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(Set(try RunRegistry(path: path).latest(1000).map(\.title)).count == 80)
    }

    @Test("a registry that cannot be written is one warning, never a failure")
    func unwritable() throws {
        let file = folder.file("file")
        try Data().write(to: URL(fileURLWithPath: file))
        var warnings: [String] = []
        let journal = RunJournal(
            RunRecord(verb: "run", title: ""), path: file + "/registry.sqlite", warn: { warnings.append($0) })
        journal.end("completed")
        #expect(journal.id == nil)
        #expect(warnings.count == 1)
    }

    @Test("the environment chooses the place")
    func place() {
        #expect(
            RunRegistry.standardPath(environment: ["HUGONIOT_HOME": "/h", "XDG_DATA_HOME": "/x"])
                == "/h/registry.sqlite")
        #expect(
            RunRegistry.standardPath(environment: ["HUGONIOT_HOME": "", "XDG_DATA_HOME": "/x"])
                == "/x/hugoniot/registry.sqlite")
        #expect(
            RunRegistry.standardPath(environment: ["HOME": "/home/a"])
                == "/home/a/.local/share/hugoniot/registry.sqlite")
    }
}
