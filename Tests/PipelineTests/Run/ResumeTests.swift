import Archive
import Foundation
import Testing

@Suite("Interrupted runs")
struct ResumeTests {
    let place: Workplace
    init() throws { place = try Workplace() }

    @Test(
        "A run stopped after every step and resumed holds, bit for bit, what an unstopped one does",
        arguments: ["tube", "square", "moving"], ["float32", "scaled16"])
    func bitwise(name: String, storage: String) throws {
        let texts = ["tube": TinyCase.tube, "square": TinyCase.square, "moving": TinyCase.moving]
        _ = try place.write(#require(texts[name]))
        let sets = ["time.maximum_steps=11", "output.every=0.004", "numerics.storage=\"\(storage)\""]
        #expect(try place.run("case.toml", "whole.h5", set: sets).code == 0)
        // No budget at all: the run stops after the first step that it is allowed.
        var calls = 0
        var result: Tool.Result
        repeat {
            result = try place.run(
                "case.toml", "pieces.h5", set: sets + ["time.wall_budget=1e-9"], "--resume")
            calls += 1
        } while result.code == 130 && calls < 20
        #expect(result.code == 0)
        #expect(calls == 11)
        #expect(try place.datasets("pieces.h5") == place.datasets("whole.h5"))
        #expect(
            try place.contents().contains { $0.hasSuffix(".checkpoint") || $0.hasSuffix(".tmp") } == false)
    }

    @Test(
        "SIGTERM and Ctrl-C leave a checkpoint, an unfinished file and their exit codes", arguments: [15, 2])
    func signals(number: Int32) throws {
        let path = try place.write(TinyCase.square)
        let process = try Tool.start([
            "run", path, "--output", place.file("run.h5"), "--set", "time.maximum_steps=100000000", "--set",
            "time.end=1e6", "--set", "output.compression=0",
        ])
        // A snapshot takes more than 160 kB, and the second one is that of step 4.
        while process.isRunning, place.size("run.h5.tmp") < 600_000 { usleep(1000) }
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        #expect(process.terminationStatus == 128 + number)
        let checkpoint = try CheckpointFile.open(place.file("run.checkpoint"))
        #expect(checkpoint.attributes["step"]?.integer.map { $0 > 0 } == true)
        #expect(try RunFileReader(place.file("run.h5.tmp")).status == "interrupted")
        #expect(try place.contents() == ["case.toml", "run.checkpoint", "run.h5.tmp"])
    }

    @Test("An interrupted run is neither overwritten nor forgotten by accident")
    func guarded() throws {
        _ = try place.write(TinyCase.tube)
        let budget = "time.wall_budget=1e-9"
        let first = try place.run("case.toml", "run.h5", set: [budget])
        #expect(first.code == 130)
        #expect(first.output.contains("--resume"))
        let again = try place.run("case.toml", "run.h5", set: [budget])
        #expect(again.code == 2)
        #expect(again.errors.contains("--resume"))
        let other = try place.run("case.toml", "run.h5", set: ["numerics.cfl=0.2"], "--resume")
        #expect(other.code == 2)
        #expect(other.errors.contains("belongs to another case"))
        #expect(try place.run("case.toml", "run.h5", set: [], "--overwrite").code == 0)
        #expect(try place.contents() == ["case.toml", "run.h5", "run.xdmf"])
    }

    @Test(
        "Threads, a budget, the time between checkpoints and comments may change on the way: the result is the same",
        arguments: ["float32", "scaled16"])
    func otherThreads(storage: String) throws {
        _ = try place.write(TinyCase.square)
        let sets = ["numerics.storage=\"\(storage)\""]
        #expect(try place.run("case.toml", "whole.h5", set: sets).code == 0)
        let stopping = sets + ["time.wall_budget=1e-9"]
        #expect(try place.run("case.toml", "pieces.h5", set: stopping).code == 130)
        let alone = stopping + ["numerics.threads=1", "output.checkpoint_every=7"]
        #expect(try place.run("case.toml", "pieces.h5", set: alone, "--resume").code == 130)
        _ = try place.write(
            "# Three threads now.\n" + TinyCase.square.replacing("threads = 2", with: "threads = 3"))
        let last = try place.run("case.toml", "pieces.h5", set: sets, "--resume")
        #expect(last.code == 0, "\(last.errors)")
        #expect(try place.datasets("pieces.h5") == place.datasets("whole.h5"))
        // The same holds for a run that is complete.
        let again = try place.run("case.toml", "whole.h5", set: sets + ["numerics.threads=1"], "--resume")
        #expect(again.code == 0 && again.output.contains("complete already"), "\(again.errors)")
        let other = try place.run("case.toml", "whole.h5", set: sets + ["output.compression=1"], "--resume")
        #expect(other.code == 2, "\(other.output)")
    }

    @Test("A damaged checkpoint is told, not computed with")
    func damaged() throws {
        _ = try place.write(TinyCase.tube)
        let budget = "time.wall_budget=1e-9"
        #expect(try place.run("case.toml", "run.h5", set: [budget]).code == 130)
        var data = try Data(contentsOf: URL(fileURLWithPath: place.file("run.checkpoint")))
        data = data.dropLast(300)
        try data.write(to: URL(fileURLWithPath: place.file("run.checkpoint")))
        let result = try place.run("case.toml", "run.h5", set: [budget], "--resume")
        #expect(result.code == 2)
        #expect(result.errors.contains("run.checkpoint"))
    }

    @Test("A checkpoint of the former version is not resumed; the run starts afresh when asked to")
    func formerVersion() throws {
        _ = try place.write(TinyCase.tube)
        #expect(try place.run("case.toml", "run.h5", set: ["time.wall_budget=1e-9"]).code == 130)
        let file = try HDF5File.open(place.file("run.checkpoint"), .readWrite)
        try file.root.attributes.write("format_version", 1)
        try file.close()
        let result = try place.run("case.toml", "run.h5", set: ["time.wall_budget=1e-9"], "--resume")
        #expect(result.code == 2)
        #expect(result.errors.contains("format_version 1"))
        #expect(result.errors.contains("--overwrite"))
        #expect(try place.run("case.toml", "run.h5", set: [], "--overwrite").code == 0)
    }

    @Test("A kill between the last rename and the end of the checkpoint leaves a finished run")
    func leftCheckpoint() throws {
        _ = try place.write(TinyCase.tube)
        #expect(try place.run("case.toml", "run.h5", set: ["time.wall_budget=1e-9"]).code == 130)
        let checkpoint = try Data(contentsOf: URL(fileURLWithPath: place.file("run.checkpoint")))
        #expect(try place.run("case.toml", "run.h5", set: [], "--overwrite").code == 0)
        try checkpoint.write(to: URL(fileURLWithPath: place.file("run.checkpoint")))
        try FileManager.default.removeItem(atPath: place.file("run.xdmf"))
        let whole = try place.datasets("run.h5")
        let result = try place.run("case.toml", "run.h5", set: [], "--resume")
        #expect(result.code == 0)
        #expect(result.output.contains("complete already"))
        #expect(try place.contents() == ["case.toml", "run.h5", "run.xdmf"])
        #expect(try place.datasets("run.h5") == whole)
    }

    @Test(
        "Where the file of a stopped run is lost or broken, the run is computed again", arguments: [0, 1, 2])
    func lostFile(way: Int) throws {
        _ = try place.write(TinyCase.tube)
        #expect(try place.run("case.toml", "whole.h5").code == 0)
        #expect(try place.run("case.toml", "run.h5", set: ["time.wall_budget=1e-9"]).code == 130)
        let path = place.file("run.h5.tmp")
        var data = try Data(contentsOf: URL(fileURLWithPath: path))
        switch way {
        case 0: try FileManager.default.removeItem(atPath: path)
        case 1: try data.prefix(700).write(to: URL(fileURLWithPath: path))
        default:
            let heap = try #require(data.range(of: Data("GCOL".utf8)))
            for index in (heap.lowerBound + 8)..<(heap.lowerBound + 512) { data[index] = 0xFF }
            try data.write(to: URL(fileURLWithPath: path))
        }
        let result = try place.run("case.toml", "run.h5", set: [], "--resume")
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.errors.contains("begins at t = 0"))
        #expect(try place.datasets("run.h5") == place.datasets("whole.h5"))
        #expect(place.size("run.h5.tmp.damaged") > 0 || way == 0)
    }

    @Test("Resuming what is complete is done at once; resuming nothing begins at the start")
    func idempotent() throws {
        _ = try place.write(TinyCase.tube)
        let fresh = try place.run("case.toml", "run.h5", set: [], "--resume")
        #expect(fresh.code == 0)
        #expect(fresh.errors.contains("begins at t = 0"))
        let again = try place.run("case.toml", "run.h5", set: [], "--resume")
        #expect(again.code == 0)
        #expect(again.output.contains("complete already"))
        #expect(try place.run("case.toml", "run.h5", set: ["numerics.cfl=0.2"], "--resume").code == 2)
    }
}
