import Archive
import Foundation
import Testing

@Suite("hugoniot run")
struct RunTests {
    let place: Workplace
    init() throws { place = try Workplace() }

    @Test("More snapshots than anybody looks at are refused, by validate too")
    func endlessSnapshots() throws {
        let path = try place.write(TinyCase.tube.replacing("every = 0.03", with: "every = 1e-300"))
        for words in [["run", path, "--output", place.file("run.h5")], ["validate", path]] {
            let result = try Tool.run(words)
            #expect(result.code == 2, "\(result.errors)")
            #expect(
                (result.output + result.errors).contains("output.every: asks for 1e+299 snapshots"),
                "\(result.errors)")
        }
        #expect(try place.contents() == ["case.toml"])
    }

    @Test("A run leaves a complete file: exact output times, history, probe, provenance, sidecar")
    func complete() throws {
        _ = try place.write(TinyCase.tube)
        let result = try place.run("case.toml", "run.h5")
        #expect(result.code == 0)
        #expect(result.output.contains("Tube"))
        let reader = try RunFileReader(place.file("run.h5"))
        #expect(reader.times == [0, 0.03, 0.06, 0.09, 0.1])
        #expect(reader.status == "completed")
        #expect(reader.caseText == TinyCase.tube)
        #expect(reader.fieldNames == ["density", "entropic_pressure", "pressure", "velocity_x"])
        let history = try reader.history()
        let steps = try #require(history["step"])
        #expect(steps.dropLast().allSatisfy { $0.truncatingRemainder(dividingBy: 5) == 0 })
        #expect(history["time"]?.last.map { abs($0 - 0.1) < 1e-12 } == true)
        #expect(try reader.probe("wall")["pressure"]?.first.map { abs($0 - 0.1) < 1e-6 } == true)
        #expect(try place.contents() == ["case.toml", "run.h5", "run.xdmf"])
    }

    @Test("The order of fields and totals: mass and energy of a closed tube do not change")
    func conservation() throws {
        _ = try place.write(TinyCase.square)
        #expect(try place.run("case.toml", "run.h5", set: ["numerics.storage=\"float64\""]).code == 0)
        let history = try RunFileReader(place.file("run.h5")).history()
        for name in ["mass", "energy"] {
            let values = try #require(history[name])
            let drift = values.map { abs($0 / values[0] - 1) }.max() ?? 1
            #expect(drift < 1e-13, "\(name)")
        }
    }

    @Test("The summary for machines has time, speed and memory")
    func json() throws {
        _ = try place.write(TinyCase.tube)
        let result = try place.run("case.toml", "run.h5", set: [], "--json")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(object["outcome"] as? String == "completed")
        #expect(object["status"] as? Int == 0)
        #expect(object["cells"] as? Int == 64)
        for key in ["nanosecondsPerCellStep", "bytesPerCell", "peakMemory", "seconds"] {
            #expect((object[key] as? Double).map { $0 > 0 } == true, "\(key)")
        }
    }

    @Test("An existing run file is refused before anything is computed, and replaced on request")
    func overwrite() throws {
        _ = try place.write(TinyCase.tube)
        _ = try place.write("precious", as: "run.h5")
        let refused = try place.run("case.toml", "run.h5")
        #expect(refused.code == 2)
        #expect(refused.errors.contains("--overwrite"))
        #expect(try String(contentsOfFile: place.file("run.h5"), encoding: .utf8) == "precious")
        #expect(try place.run("case.toml", "run.h5", set: [], "--overwrite").code == 0)
        #expect(try RunFileReader(place.file("run.h5")).status == "completed")
    }

    @Test("A folder that does not exist is bad input, found before anything is computed")
    func noFolder() throws {
        _ = try place.write(TinyCase.tube)
        let result = try place.run("case.toml", "none/run.h5")
        #expect(result.code == 2)
        #expect(result.errors.contains("mkdir -p"))
    }

    @Test("A dry run tells the plan and writes nothing")
    func dryRun() throws {
        _ = try place.write(TinyCase.tube)
        let result = try place.run("case.toml", "run.h5", set: [], "--dry-run", "--quiet")
        #expect(result.code == 0)
        #expect(result.output.contains("5 snapshots"))
        #expect(try place.contents() == ["case.toml"])
    }

    @Test("A case that does not fit into memory is refused with its size")
    func tooLarge() throws {
        _ = try place.write(TinyCase.cube)
        let result = try place.run("case.toml", "run.h5", set: ["domain.cells=[4000,4000,4000]"])
        #expect(result.code == 1)
        #expect(result.errors.contains("TB of memory"))
        #expect(try place.contents() == ["case.toml"])
    }

    @Test("maximum_steps ends the run with a last snapshot, and says so")
    func maximumSteps() throws {
        _ = try place.write(TinyCase.tube)
        let result = try place.run("case.toml", "run.h5", set: ["time.maximum_steps=7"])
        #expect(result.code == 0)
        #expect(result.output.contains("maximum_steps = 7"))
        #expect(try RunFileReader(place.file("run.h5")).steps.last == 7)
    }

    @Test("--storage and --set become part of the case that the file records")
    func overrides() throws {
        _ = try place.write(TinyCase.tube)
        #expect(
            try place.run("case.toml", "run.h5", set: ["domain.cells=[32]"], "--storage", "float64").code == 0
        )
        let reader = try RunFileReader(place.file("run.h5"))
        #expect(reader.fieldShape == [32])
        #expect(reader.attributes["storage"]?.text == "float64")
        #expect(reader.caseText.contains("domain.cells=[32]"))
    }

    @Test("A mistake in the case is bad input, with its line")
    func badCase() throws {
        _ = try place.write(TinyCase.tube.replacing("density =", with: "densty ="))
        let result = try place.run("case.toml", "run.h5")
        #expect(result.code == 2)
        #expect(result.errors.contains("case.toml:10:1: initial.densty: unknown key"))
        #expect(try place.contents() == ["case.toml"])
    }
}
