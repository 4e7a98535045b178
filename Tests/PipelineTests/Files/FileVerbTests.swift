import Archive
import Flow
import Foundation
import Pipeline
import Testing

@Suite("validate, reference, info and runs")
struct FileVerbTests {
    let place: Workplace
    init() throws { place = try Workplace() }

    private func json(_ result: Tool.Result) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test("Every problem of every file is told, with its line; good files are told too")
    func validate() throws {
        let good = try place.write(TinyCase.cube, as: "good.toml")
        let bad = try place.write(
            TinyCase.tube.replacing("cells = [64]", with: "cells = [2]").replacing(
                "\nevery =", with: "\nevry ="),
            as: "bad.toml")
        let result = try Tool.run("validate", good, bad)
        #expect(result.code == 2)
        #expect(result.output.contains("ok \(good)"))
        #expect(result.output.contains("bad.toml:4:"))
        #expect(result.output.contains("did you mean \"every\"?"))
        let files = try #require(
            try json(try Tool.run("validate", bad, "--json"))["files"] as? [[String: Any]])
        let problems = try #require(files.first?["problems"] as? [[String: Any]])
        #expect(problems.map { $0["line"] as? Int } == [4, 15])
        #expect(problems.map { $0["key"] as? String } == ["domain.cells.0", "output.evry"])
    }

    @Test(
        "The references in the repository are the ones that this version writes",
        arguments: [
            (InputKind.flow, "Cases/REFERENCE.md"), (.sweep, "Cases/campaigns/REFERENCE.md"),
            (.calibration, "Cases/calibrations/REFERENCE.md"), (.notebook, "Notebooks/REFERENCE.md"),
        ])
    func reference(kind: InputKind, path: String) throws {
        let page = try String(contentsOf: PackageDescription.root.appending(path: path), encoding: .utf8)
        #expect(page == kind.reference, "run `make reference`")
    }

    @Test(
        "Every shipped campaign is a good one",
        arguments: ["supersonic-bodies", "supersonic-bodies-16", "riemann-quadrants"])
    func campaigns(name: String) throws {
        let path = PackageDescription.root.appending(path: "Cases/campaigns/\(name).toml").path
        #expect(try Tool.run("validate", path).code == 0)
    }

    @Test("The demo's case is a good case")
    func demo() throws {
        let path = PackageDescription.root.appending(path: "Cases/riemann-quadrants.toml").path
        #expect(try Tool.run("validate", path).code == 0)
    }

    @Test("info tells what a run file and a checkpoint hold")
    func info() throws {
        _ = try place.write(TinyCase.tube)
        #expect(try place.run("case.toml", "run.h5", set: ["time.wall_budget=1e-9"]).code == 130)
        let text = try Tool.run("info", place.file("run.h5.tmp"))
        #expect(text.code == 0)
        #expect(text.output.contains("/fields/density"))
        #expect(text.output.contains("interrupted"))
        let object = try json(try Tool.run("info", place.file("run.checkpoint"), "--json"))
        #expect(object["format"] as? String == "hugoniot-checkpoint")
    }

    @Test("info refuses what is not Hugoniot's")
    func foreign() throws {
        let result = try Tool.run("info", try place.write("text"))
        #expect(result.code == 2)
        #expect(result.errors.contains("is not an HDF5 file"))
    }

    @Test("runs lists every ending, the newest first")
    func runs() throws {
        let path = try place.write(TinyCase.tube)
        #expect(try place.run("case.toml", "a.h5").code == 0)
        #expect(try place.run("case.toml", "b.h5", set: ["numerics.time_step=0.02"]).code == 1)
        #expect(try place.run("case.toml", "c.h5", set: ["time.wall_budget=1e-9"]).code == 130)
        let all = try #require(
            try json(try Tool.run("runs", "--limit", "200", "--json"))["runs"] as? [[String: Any]])
        let mine = all.filter { $0["inputPath"] as? String == path }
        #expect(mine.map { $0["status"] as? String } == ["interrupted", "failed", "completed"])
        #expect(mine.last?["cells"] as? Int == 64)
    }

    @Test("A misspelt verb is met with the nearest one")
    func nearestVerb() throws {
        let result = try Tool.run("rnu", "case.toml")
        #expect(result.code == 2)
        #expect(result.errors.contains("did you mean \"run\"?"))
    }
}
