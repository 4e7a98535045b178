import Foundation
import Testing

@Suite("hugoniot plot")
struct PlotTests {
    let place: Workplace
    init() throws { place = try Workplace() }

    private func computed(_ text: String, set sets: [String] = []) throws -> String {
        _ = try place.write(text)
        #expect(try place.run("case.toml", "run.h5", set: sets, "--overwrite").code == 0)
        return place.file("run.h5")
    }

    @Test("A line shows all its fields, beside the run file where nothing else is said")
    func lines() throws {
        let result = try Tool.run("plot", try computed(TinyCase.tube))
        #expect(result.code == 0)
        #expect(result.output.contains("density, velocity_x, pressure, entropic_pressure at t = 0.1"))
        #expect(try place.contents().contains("run.png"))
    }

    @Test("A plane in every format", arguments: ["svg", "png", "pdf"])
    func formats(suffix: String) throws {
        let output = place.file("picture.\(suffix)")
        let result = try Tool.run(
            "plot", try computed(TinyCase.square), "--time", "first", "--contours", "5", "--colors",
            "inferno",
            "--range", "0.5:1.5", "--output", output)
        #expect(result.code == 0)
        #expect(FileManager.default.fileExists(atPath: output))
    }

    @Test("Derived fields are drawn too", arguments: ["schlieren", "speed", "mach", "vorticity_z"])
    func derived(field: String) throws {
        let run = try computed(
            TinyCase.square, set: ["output.fields=[\"density\",\"velocity\",\"pressure\"]"])
        #expect(try Tool.run("plot", run, "--field", field).code == 0)
        #expect(try place.contents().contains("run-\(field).png"))
    }

    @Test(
        "Space is cut in the middle, or where one says",
        arguments: [[], ["--slice", "y"], ["--slice", "z=0.1"]])
    func slices(arguments: [String]) throws {
        let run = try computed(TinyCase.cube)
        #expect(try Tool.run(["plot", run] + arguments).code == 0)
    }

    @Test("The velocity goes on top of a field", arguments: ["--streamlines", "--arrows"])
    func vectors(option: String) throws {
        let run = try computed(
            TinyCase.square, set: ["output.fields=[\"density\",\"velocity\",\"pressure\"]"])
        #expect(try Tool.run("plot", run, option, "--output", place.file("with.png")).code == 0)
        #expect(try Tool.run("plot", run, "--output", place.file("without.png")).code == 0)
        let pictures = ["with.png", "without.png"].map {
            FileManager.default.contents(atPath: place.file($0))
        }
        #expect(pictures[0] != nil && pictures[0] != pictures[1])
    }

    @Test("All times become one animated picture, in one dimension and in two")
    func animation() throws {
        for text in [TinyCase.tube, TinyCase.square] {
            let output = place.file("film.png")
            let result = try Tool.run(
                "plot", try computed(text), "--animate", "--output", output, "--overwrite")
            #expect(result.code == 0, "\(result.errors)")
            let bytes = try #require(FileManager.default.contents(atPath: output))
            #expect(bytes.range(of: Data("acTL".utf8)) != nil && bytes.range(of: Data("fdAT".utf8)) != nil)
        }
    }

    @Test("An animation in a format that there is not is refused before anything is drawn")
    func foreignFilm() throws {
        let result = try Tool.run(
            "plot", try computed(TinyCase.tube), "--animate", "--output", place.file("film.gif"))
        #expect(result.code == 2 && result.errors.contains(".mp4"))
        #expect(!FileManager.default.fileExists(atPath: place.file("film.gif")))
    }

    @Test("Snapshots by name, number and nearest time")
    func times() throws {
        let run = try computed(TinyCase.tube)
        for (word, time) in [("first", "0"), ("last", "0.1"), ("#2", "0.06"), ("0.032", "0.03")] {
            let result = try Tool.run("plot", run, "--time", word, "--field", "pressure", "--overwrite")
            #expect(result.output.contains("at t = \(time)\n"), "\(word)")
        }
    }

    @Test(
        "What cannot be drawn is bad input with what is allowed",
        arguments: [
            (["--field", "presure"], "did you mean \"pressure\"?"), (["--time", "#9"], "#0 to #4"),
            (["--time", "now"], "first, last"), (["--slice", "z"], "1 dimensions"),
            (["--output", "picture.jpg"], ".svg, .png or .pdf"),
            (["--size", "pgae"], "did you mean \"page\"?"),
        ])
    func refusals(arguments: [String], message: String) throws {
        let result = try Tool.run(["plot", try computed(TinyCase.tube)] + arguments)
        #expect(result.code == 2)
        #expect(result.errors.contains(message))
    }
}
