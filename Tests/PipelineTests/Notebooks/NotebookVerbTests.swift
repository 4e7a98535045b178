import Foundation
import Notebooks
import Pipeline
import Testing

@Suite("Notebook verbs")
struct NotebookVerbTests {
    let place: Workplace

    init() throws { place = try Workplace() }

    private func notebook(_ verb: String, _ more: String...) throws -> Tool.Result {
        // A store of its own: tests run at the same time.
        let store = verb == "new" ? [] : ["--store", place.file("store")]
        return try Tool.run(["notebook", verb, place.file("n.md")] + more + store)
    }

    private func write(_ cells: String) throws {
        _ = try place.write("+++\ntitle = \"Test\"\n+++\n\n" + cells, as: "n.md")
    }

    private static let sum = "```assert id=a\nthat = [\"1 + 1 == 2\"]\n```\n\n"

    @Test("A new notebook runs, is accepted, checked, in form, and renders without complaint")
    func template() throws {
        let store = ["--store", place.file("store")]
        for verb in ["new", "run", "accept", "check", "fmt", "render"] {
            let more = ["new", "fmt"].contains(verb) ? [] : store
            let strict = verb == "render" ? ["--strict"] : verb == "fmt" ? ["--check"] : []
            let result = try Tool.run(["notebook", verb, place.file("n.md")] + more + strict)
            #expect(result.code == 0, "\(verb): \(result.output) \(result.errors)")
        }
    }

    @Test("The shipped notebook renders to one page without anything from elsewhere")
    func firstFlow() throws {
        let path = PackageDescription.root.path + "/Notebooks/first-flow.md"
        let page = place.file("page.html")
        let store = ["--store", place.file("store")]
        #expect(try Tool.run(["notebook", "check", path] + store).code == 0)
        #expect(try Tool.run(["notebook", "render", path, "--output", page, "--strict"] + store).code == 0)
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.contains("<svg"))
        #expect(!html.contains("src="))
        #expect(!html.contains("<script"))
        let again = ["notebook", "render", path, "--output", page, "--overwrite"]
        #expect(try Tool.run(again + store).code == 0)
        #expect(try String(contentsOfFile: page, encoding: .utf8) == html)
    }

    private static func curves(xRange: String) -> String {
        """
        ```run id=a
        case = "\(PackageDescription.root.path)/Cases/sod.toml"

        [set]
        "domain.cells" = [40]
        ```

        ```plot id=b
        alt = "A part of the tube"
        x_range = \(xRange)

        [[curves]]
        file = "{{a.file}}"
        label = "tube"
        reference = true
        ```

        """
    }

    @Test("Curves show the part of their axis that is asked for")
    func partOfAnAxis() throws {
        try write(Self.curves(xRange: "[0.6, 0.9]"))
        #expect(try notebook("run").code == 0)
        try write(Self.curves(xRange: "[0.9, 0.6]"))
        let result = try notebook("run")
        #expect(result.code == 1)
        #expect(result.output.contains("x_range ends before it begins"))
    }

    @Test("An operator takes the place of none where the calibration has none")
    func noOperator() throws {
        let file = PackageDescription.root.path + "/Cases/calibrations/decay.toml"
        try write("```calibrate id=a\nconfig = \"\(file)\"\nmodel = \"\(file)\"\n```\n")
        let result = try notebook("run")
        #expect(result.code == 1)
        #expect(result.output.contains("searches on no trained operator"))
    }

    @Test("A claim that does not hold fails its cell")
    func assertion() throws {
        try write("```assert id=a\nthat = [\"1 > 2\"]\n```\n")
        let result = try notebook("run")
        #expect(result.code == 1)
        #expect(result.output.contains("does not hold: 1 > 2"))
    }

    @Test("A notebook without a lock file is stale, a broken cell is broken: different exit codes")
    func exitCodes() throws {
        try write(Self.sum)
        #expect(try notebook("check").code == 4)
        try write("```assert id=a\nthat = [\"1 > 2\"]\n```\n")
        #expect(try notebook("check").code == 5)
        #expect(try notebook("accept").code == 5)
        #expect(!FileManager.default.fileExists(atPath: place.file("n.lock")))
    }

    @Test("A value that is not as accepted is exit code 3")
    func drift() throws {
        try write(Self.sum)
        #expect(try notebook("accept").code == 0)
        let lock = try String(contentsOfFile: place.file("n.lock"), encoding: .utf8)
        _ = try place.write(lock.replacing("\"checks\" = 1", with: "\"checks\" = 2"), as: "n.lock")
        let result = try notebook("check", "--json")
        #expect(result.code == 3)
        #expect(result.output.contains("checks: 2 → 1, ± 0.002 allowed"))
    }

    @Test("More time than the budget is exit code 6")
    func budget() throws {
        try write("```assert id=a budget=0\nthat = [\"1 + 1 == 2\"]\n```\n")
        #expect(try notebook("accept").code == 0)
        #expect(try notebook("check").code == 6)
    }

    @Test("Why names the part that changed, old and new")
    func why() throws {
        try write(Self.sum)
        #expect(try notebook("accept").code == 0)
        try write("```assert id=a\nthat = [\"2 + 2 == 4\"]\n```\n")
        let result = try notebook("why", "a")
        #expect(result.code == 0)
        #expect(result.output.contains("a: body.that: [\"1 + 1 == 2\"] → [\"2 + 2 == 4\"]"))
    }

    @Test("A query reads values of needed cells, and writes nothing", arguments: [true, false])
    func query(reads: Bool) throws {
        let sql =
            reads ? "SELECT cell, number * 2 AS twice FROM value" : "WITH a AS (SELECT 1) DELETE FROM value"
        try write(Self.sum + "```query id=q needs=a\nsql = \"\(sql)\"\n```\n")
        let result = try notebook("run", "--json")
        #expect(result.code == (reads ? 0 : 1))
        #expect(result.output.contains(reads ? "\"twice\"" : "would write"))
    }

    @Test("A run writes its values, and later cells read its file")
    func run() throws {
        _ = try place.write(TinyCase.tube)
        try write(
            "```run id=tube\ncase = \"case.toml\"\n[set]\n\"domain.cells\" = [32]\n```\n\n"
                + "```plot id=p\nfile = \"{{tube.file}}\"\nfield = \"density\"\nalt = \"x\"\n```\n")
        let result = try notebook("run", "--json", "--jobs", "2")
        #expect(result.code == 0, "\(result.output)")
        #expect(result.output.contains("\"density.maximum\""))
    }

    @Test("An existing notebook is not replaced by a new one")
    func newKeeps() throws {
        try write(Self.sum)
        #expect(try notebook("new").code == 2)
    }
}
