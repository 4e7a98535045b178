import Calibration
import Foundation
import Schema
import Testing

/// A calibration file with one mistake, and what is said of it.
struct StudyMistake: Sendable, CustomTestStringConvertible {
    var name: String
    /// Replaces a line of the sound file.
    var line: String
    var by: String
    /// Where the complaint points, from 1.
    var at: Int
    /// What the complaint has to contain.
    var says: [String]
    var testDescription: String { name }

    static let all = [
        StudyMistake(
            name: "inverted bounds", line: "lower = 0.0", by: "lower = 9.0", at: 5,
            says: ["parameters.a.lower", "9.0 is not below upper = 4.0", "exchange them"]),
        StudyMistake(
            name: "a free parameter without a bound", line: "upper = 4.0", by: "", at: 4,
            says: ["parameters.a", "needs both bounds", "or fixed"]),
        StudyMistake(
            name: "a start outside of the bounds", line: "upper = 4.0", by: "upper = 4.0\ninitial = 7.0",
            at: 7,
            says: ["parameters.a.initial", "7.0 is outside of 0.0 … 4.0"]),
        StudyMistake(
            name: "no logarithm", line: "upper = 4.0", by: "upper = 4.0\nscale = \"log\"", at: 5,
            says: ["0.0 has no logarithm", "scale = \"linear\""]),
        StudyMistake(
            name: "a tie to nothing", line: "fixed = 1.0", by: "tied = { to = \"q\" }", at: 8,
            says: ["parameters.b.tied", "\"q\" is no free parameter", "\"a\""]),
        StudyMistake(
            name: "an unknown method", line: "name = \"l-bfgs-b\"", by: "name = \"l-bfgs\"", at: 15,
            says: ["method.name", "\"l-bfgs\" is not known", "did you mean \"l-bfgs-b\"?"]),
        StudyMistake(
            name: "a setting of another method", line: "name = \"l-bfgs-b\"",
            by: "name = \"l-bfgs-b\"\npopulation = 20", at: 16, says: ["method.population"]),
        StudyMistake(
            name: "an unknown stage", line: "name = \"l-bfgs-b\"",
            by: "name = \"stages\"\n[[method.stage]]\nname = \"de-sv\"", at: 17,
            says: ["\"de-sv\" is not known", "did you mean \"de-vs\"?"]),
        StudyMistake(
            name: "stages without one", line: "name = \"l-bfgs-b\"", by: "name = \"stages\"", at: 14,
            says: ["method", "stage"]),
        StudyMistake(
            name: "an output that the formulas lack", line: "output = \"y\"", by: "output = \"z\"", at: 10,
            says: ["the model has no output \"z\"", "\"y\""]),
        StudyMistake(
            name: "a formula in an unknown variable", line: "outputs = { y = \"a + b\" }",
            by: "outputs = { y = \"a + k*t\" }", at: 3, says: ["model.outputs.y", "\"k\""]),
        StudyMistake(
            name: "a formula in a coordinate that observations lack", line: "outputs = { y = \"a + b\" }",
            by: "outputs = { y = \"a + b*t\" }", at: 9,
            says: ["the formula of \"y\" uses t, which an observation of it lacks", "a column \"t\""]),
        StudyMistake(
            name: "weights of zero", line: "output = \"y\"", by: "output = \"y\"\nweight = 0", at: 9,
            says: ["observations", "all weights are 0"]),
        StudyMistake(
            name: "an input that is not there", line: "kind = \"expression\"",
            by: "kind = \"process\"\ncommand = [\"sh\"]\ninputs = [\"forcing.csv\"]", at: 4,
            says: ["model.inputs", "there is no \"forcing.csv\""]),
        StudyMistake(
            name: "a command that is not there", line: "kind = \"expression\"",
            by: "kind = \"process\"\ncommand = [\"no-such-program\"]", at: 3,
            says: ["model.command", "there is no program \"no-such-program\"", "PATH"]),
        StudyMistake(
            name: "a model of an unknown kind", line: "kind = \"expression\"", by: "kind = \"expresion\"",
            at: 2,
            says: ["did you mean \"expression\"?"]),
        StudyMistake(
            name: "a correlation of one", line: "output = \"y\"", by: "output = \"y\"\ncorrelation = 1.0",
            at: 11,
            says: ["observations.0.correlation", "below 1"]),
        StudyMistake(
            name: "a value without an error", line: "values = [1.0, 2.0]",
            by: "values = [0.0, 2.0]\nrelative = 0.1", at: 12,
            says: ["leaves a value of 0 without an error", "set sigma"]),
        StudyMistake(
            name: "no observations in a table", line: "values = [1.0, 2.0]", by: "", at: 9,
            says: ["observes nothing", "set file, or output and values"]),
        StudyMistake(
            name: "an unknown site", line: "output = \"y\"", by: "output = \"y\"\nsite = \"north\"", at: 11,
            says: ["there is no site \"north\""]),
        StudyMistake(
            name: "only held-out sites", line: "[method]",
            by: "[[site]]\nname = \"n\"\nheld_out = true\n[method]",
            at: 16, says: ["no site is left to fit"]),
        StudyMistake(
            name: "a setting that is a parameter", line: "[method]",
            by: "[[site]]\nname = \"n\"\nsettings = { a = 1.0 }\n[method]", at: 16,
            says: ["site.0.settings.a", "is a parameter"]),
    ]
}

@Suite struct StudyMistakeTests {
    static let sound = """
        [model]
        kind = "expression"
        outputs = { y = "a + b" }
        [parameters.a]
        lower = 0.0
        upper = 4.0
        [parameters.b]
        fixed = 1.0
        [[observations]]
        output = "y"
        values = [1.0, 2.0]

        # How to search.
        [method]
        name = "l-bfgs-b"
        """

    /// What is said of a text, one line a complaint.
    private func complaints(_ text: String, file: String = "s.toml") -> [Diagnostic] {
        do throws(InvalidInput) {
            _ = try Study.read(text: text, file: file)
            return []
        } catch { return error.diagnostics }
    }

    @Test func theSoundFileIsSound() { #expect(complaints(Self.sound).isEmpty) }

    @Test(arguments: StudyMistake.all) func aMistakeIsNamedAtItsPlace(mistake: StudyMistake) throws {
        let text = (Self.sound + "\n").replacing(
            "\n" + mistake.line + "\n", with: "\n" + mistake.by + "\n", maxReplacements: 1)
        let found = complaints(text)
        let all = found.map(\.description).joined(separator: "\n")
        #expect(found.contains { $0.line == mistake.at }, "\(all)")
        for words in mistake.says { #expect(all.contains(words), "\(all)") }
    }

    @Test func everyMistakeIsReportedAtOnce() {
        let text = Self.sound.replacing("upper = 4.0", with: "uper = 4.0").replacing(
            "l-bfgs-b", with: "l-bfgs")
        #expect(complaints(text).count >= 2)
    }

    @Test func aMethodForResidualsNeedsObservations() {
        let text = """
            [model]
            kind = "expression"
            value = "a^2"
            [parameters.a]
            lower = -1
            upper = 1
            [method]
            name = "levenberg-marquardt"
            """
        let all = complaints(text).map(\.description).joined()
        #expect(all.contains("levenberg-marquardt needs observations"))
    }

    @Test(
        "Mistakes in a file of observations have its name and line",
        arguments: [
            ("output,value\ny,1\ny,nan\n", 3, "\"nan\" is no value for this column"),
            ("output,value\ny,1\n\ny,inf\n", 4, "\"inf\" is no value"),
            ("output,valu\ny,1\n", 1, "did you mean \"value\"?"),
            ("output,value,sigma\ny,1,0\n", 2, "a number > 0"),
            ("output,value\ny,1,2\n", 2, "has 3 entries"),
            ("output,value,bound\ny,1,at-lest\n", 2, "at-least"),
            ("output,value\ny,\n", 2, "has no value"),
            ("value\n1\n", 1, "there is no column \"output\""),
            ("output,value,index\ny,1,-1\n", 2, "a whole number, counted from 0"),
            ("output,value,t\ny,1,2026-03-01\n", 2, "looks like a date"),
            ("output;value;t\ny;1,5;1.3.2026 12:00\n", 2, "looks like a date"),
            ("output;value\ny;1,5;2\n", 2, "has 3 entries"),
        ])
    func observationFile(content: String, line: Int, says: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(content.utf8).write(to: folder.appending(path: "data.csv"))
        let text = Self.sound.replacing(
            "output = \"y\"\nvalues = [1.0, 2.0]", with: "file = \"data.csv\"")
        let found = complaints(text, file: folder.appending(path: "s.toml").path)
        let all = found.map(\.description).joined(separator: "\n")
        #expect(found.contains { $0.file == "data.csv" && $0.line == line }, "\(all)")
        #expect(all.contains(says), "\(all)")
    }

    /// As spreadsheets write them: a mark in front, semicolons or tabs, commas in numbers, quotes, ends of lines of their own.
    @Test(arguments: [
        "\u{FEFF}output,value\r\ny,1.5\r\ny,-0.25\r\n", "output;value\ny;1,5\ny;-0,25\n",
        "\u{FEFF}output;value\ny;1,5\ny;-2,5e-1\n", "output\tvalue\ny\t1,5\ny\t-0.25\n",
        "\"output\",\"value\"\n\"y\",\"1,5\"\ny,-0.25\n",
    ]) func spreadsheetsAreRead(content: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(content.utf8).write(to: folder.appending(path: "data.csv"))
        let text = Self.sound.replacing(
            "output = \"y\"\nvalues = [1.0, 2.0]", with: "file = \"data.csv\"")
        let study = try Study.read(text: text, file: folder.appending(path: "s.toml").path)
        #expect(study.sites[0].observations.map(\.value) == [1.5, -0.25])
    }

    @Test func fewerObservationsThanParametersIsAWarning() throws {
        let text = Self.sound.replacing("fixed = 1.0", with: "lower = 0\nupper = 1")
        #expect(try Study.read(text: text).warnings.isEmpty)
        let few = try Study.read(text: text.replacing("[1.0, 2.0]", with: "[1.0]"))
        #expect(few.warnings.first?.contains("at least 1 directions cannot be known") == true)
    }
}
