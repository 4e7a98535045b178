import Datasets
import Schema
import Testing

@Suite struct DesignProblemTests {
    /// A part of a sweep file, and what a message about it says.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var parameters = "mach = { uniform = [1.5, 4.0] }"
        var design = "samples = 16"
        var task = "kind = \"steady\""
        var more = ""
        var says: [String]
        var testDescription: String { says.joined(separator: " … ") }
    }

    static let parameters = [
        Mistake(
            parameters: "mach = { uniform = [4, 1.5] }",
            says: ["parameters.mach.uniform: 4.0 is not below 1.5"]),
        Mistake(
            parameters: "mach = { uniform = [4, 4] }", says: ["a fixed value is written { value = 4.0 }"]),
        Mistake(
            parameters: "mach = { log_uniform = [-1, 2] }",
            says: ["mach.log_uniform.0: -1 is out of range", "> 0"]),
        Mistake(parameters: "mach = { normal = [2, 0] }", says: ["a standard deviation of 0.0"]),
        Mistake(
            parameters: "mach = { normal = [2, 1], limits = [3, 1] }", says: ["limits: 3.0 is not below 1.0"]),
        Mistake(parameters: "mach = { normal = [2, 0.1], limits = [30, 31] }", says: ["leave nothing"]),
        Mistake(
            parameters: "mach = { uniform = [1, 2], limits = [1, 2] }", says: ["only a normal distribution"]),
        Mistake(parameters: "mach = { choice = [1, \"a\"] }", says: ["mixes numbers and words"]),
        Mistake(parameters: "mach = { choice = [] }", says: ["mach.choice: has 0 entries"]),
        Mistake(parameters: "mach = { grid = [1, 2, 2.5] }", says: ["2.5 is no number of values"]),
        Mistake(parameters: "mach = { grid = [1, 1, 3] }", says: ["has 3 values from 1.0 to 1.0"]),
        Mistake(parameters: "mach = {}", says: ["mach: has no distribution", "exactly one of uniform"]),
        Mistake(
            parameters: "mach = { uniform = [1, 2], grid = [1, 2, 2] }", says: ["has several (uniform, grid)"]
        ),
        Mistake(
            parameters: "mach = { unifrom = [1, 2] }", says: ["unknown key", "did you mean \"uniform\"?"]),
        Mistake(
            parameters: "mch = { uniform = [2, 3] }",
            says: ["has no constant \"mch\"", "did you mean \"mach\"?"]),
        Mistake(
            parameters: "\"gas.gama\" = { uniform = [1.2, 1.6] }",
            says: ["gas has no \"gama\"", "did you mean \"gas.gamma\"?"]),
        Mistake(parameters: "\"gas\" = { uniform = [1.2, 1.6] }", says: ["has no constant \"gas\""]),
        Mistake(
            parameters: "\"body.0\" = { uniform = [1, 2] }", says: ["body.0 is a table", "not a number"]),
        Mistake(
            parameters: "mach = \"2*speed\"", says: ["sweep.toml:", "unknown name \"speed\" at column 3"]),
        Mistake(
            parameters: "mach = \"gas.gamma\"\n\"gas.gamma\" = \"mach\"",
            says: ["needs its own value: mach → gas.gamma → mach"]),
        Mistake(
            parameters: "\"gas.gamma\" = { uniform = [0.5, 1.6] }",
            says: ["makes no valid case: gas.gamma: 0.5", "is out of range", "> 1"]),
    ]

    static let more = [
        Mistake(
            parameters: "gas.gamma = { uniform = [1.2, 1.6] }",
            says: ["unknown key", "write \"gas.gamma\" in quotes"]),
        Mistake(
            parameters: "mach = { grid = [0, 2, 3] }\n\"initial.pressure\" = \"1/mach\"",
            design: "kind = \"grid\"",
            says: ["initial.pressure", "is inf in sample 0 (mach=0", "finite numbers"]),
        Mistake(
            parameters: "\"domain.cells.0\" = { choice = [24, 25] }",
            says: ["do not divide the cells [25, 16]"]),
        Mistake(
            parameters: "\"time.end\" = { uniform = [1, 2] }", task: "kind = \"rollout\"",
            says: ["ends at 1.", "before 2.0", "give times that all samples reach"]),
        Mistake(
            more: "[[geometry]]\nfamily = \"naca\"\nchord = [-1, 1]",
            says: ["geometry.0.chord.0: -1 is out of range"]),
    ]

    static let others = [
        Mistake(design: "kind = \"sobol\"", says: ["design.samples: missing key"]),
        Mistake(design: "kind = \"sobl\"\nsamples = 2", says: ["did you mean \"sobol\"?"]),
        Mistake(design: "kind = \"grid\"", says: ["a grid has no place for the distribution of mach"]),
        Mistake(design: "kind = \"csv\"", says: ["needs a file"]),
        Mistake(design: "samples = 4\nfile = \"a.csv\"", says: ["is for kind = \"csv\" only"]),
        Mistake(
            design: "samples = 4\ncriterion = \"plain\"", says: ["is for kind = \"latin-hypercube\" only"]),
        Mistake(design: "samples = 0", says: ["0 is out of range"]),
        Mistake(task: "kind = \"stedy\"", says: ["did you mean \"steady\"?"]),
        Mistake(task: "kind = \"steady\"\nwindow = [2, 1]", says: ["window: 2.0 is not before 1.0"]),
        Mistake(
            task: "kind = \"rollout\"\ntimes = [0, 3]", says: ["3.0 is after the end of the case", "0 … 2.0"]),
        Mistake(task: "kind = \"rollout\"\ntimes = [1, 0]", says: ["are not ascending"]),
        Mistake(task: "kind = \"rollout\"\ntimes = [0, 1]\ninterval = 1", says: ["keep one of the two"]),
        Mistake(task: "kind = \"rollout\"\ninterval = 3", says: ["interval: 3.0 is out of range"]),
        Mistake(
            more: "[grid]\ncells = [10, 8]",
            says: ["10 cells in x do not divide the 24 of the case", "24, 12, 8"]),
        Mistake(more: "[grid]\ncells = [10]", says: ["has 1 entry", "one for each dimension"]),
        Mistake(
            more: "[inputs]\nchannels = [\"sfd\"]",
            says: ["there is no channel \"sfd\"", "did you mean \"sdf\"?"]),
        Mistake(more: "[inputs]\nchannels = [\"sdf\", \"sdf\"]", says: ["\"sdf\" is listed twice"]),
        Mistake(more: "[outputs]\nchannels = [\"presure\"]", says: ["did you mean \"pressure\"?"]),
        Mistake(more: "[outputs]\nchannels = [\"velocity_z\"]", says: ["there is no channel \"velocity_z\""]),
        Mistake(more: "[splits]\ntrain = 0.9", says: ["add up to 1.2"]),
        Mistake(
            more: "[splits]\ntest_mach = \"mahc > 3\"",
            says: ["unknown name \"mahc\"", "did you mean \"mach\"?"]),
        Mistake(more: "[splits]\ntest_mach = \"1 > 3\"", says: ["is the same for all samples"]),
        Mistake(
            more: "[splits]\ntest_geometry = [\"blobs\"]", says: ["there is no family \"blobs\"", "none"]),
        Mistake(more: "[splits]\ntset = 0.1", says: ["unknown key", "did you mean \"test\"?"]),
        Mistake(more: "[splits]\nby = \"geometry\"", says: ["there is 1 body for 3 splits"]),
        Mistake(more: "[run]\nworker = 2", says: ["did you mean \"workers\"?"]),
        Mistake(more: "[[geometry]]\nfamily = \"blub\"", says: ["did you mean \"blob\"?"]),
        Mistake(more: "[[geometry]]\nfamily = \"blob\"", says: ["geometry.0.radius: missing key"]),
        Mistake(
            more: "[[geometry]]\nfamily = \"blob\"\nradius = [0.4, 0.2]",
            says: ["radius: 0.4 is not below 0.2"]),
        Mistake(
            more: "[[geometry]]\nfamily = \"blob\"\nradius = 0.2\nmodes = 2.5",
            says: ["modes: has a fraction"]),
        Mistake(
            more:
                "[[geometry]]\nfamily = \"blob\"\nradius = 0.2\n[[geometry]]\nfamily = \"blob\"\nradius = 0.2",
            says: ["is the name of another family"]),
        Mistake(
            more: "[[geometry]]\nfamily = \"folder\"\npath = \"nowhere\"",
            says: ["there is no folder", "/nowhere"]),
        Mistake(
            more:
                "[[geometry]]\nfamily = \"shape\"\nbody = { shape = \"half-space\", point = [0, 0], normal = [1, 0] }\n"
                + "size = 1", says: ["has no end, so that it cannot be placed"]),
    ]

    private func check(_ mistake: Mistake) {
        let text = SweepText.sweep(
            design: mistake.design, parameters: mistake.parameters, task: mistake.task, more: mistake.more)
        let problems = SweepText.problems(text)
        #expect(problems.count == 1, "\(problems)")
        for words in mistake.says { #expect(problems.first?.contains(words) == true, "\(problems)") }
    }

    @Test("A wrong parameter is one clear message", arguments: parameters)
    func parameter(_ mistake: Mistake) { check(mistake) }

    @Test("What only some samples get wrong is one clear message", arguments: more)
    func sample(_ mistake: Mistake) { check(mistake) }

    @Test("A wrong key elsewhere is one clear message", arguments: others)
    func other(_ mistake: Mistake) { check(mistake) }

    @Test("All mistakes are told at once, in the order of the file") func together() {
        let problems = SweepText.problems(
            SweepText.sweep(
                design: "samples = -1", parameters: "mach = { uniform = [2, 1] }",
                more: "[outputs]\nchannels = [\"u\"]"))
        #expect(problems.count == 3)
    }

    @Test("A mistake in a case that stands in the sweep file is shown at its line") func inlineCase() {
        let text = SweepText.sweep().replacing("gamma = 1.4", with: "gamma = 0.4")
        #expect(
            SweepText.problems(text).first?.hasPrefix("sweep.toml:4:9: base.case.gas.gamma: 0.4 is out")
                == true)
    }

    @Test("A base case that is not there, or wrong, is named") func baseFile() throws {
        let sweep = SweepText.sweep().dropFirst(SweepText.flowCase.count)
        #expect(
            SweepText.problems("[base]\ncase = \"no.toml\"\n" + sweep) == [
                "sweep.toml:2:8: base.case: the base case has 1 mistake: no.toml: no such file; check the path and the folder you are in"
            ])
        #expect(SweepText.problems(String(sweep)).first?.contains("base.case: missing key") == true)
        let folder = try ScratchFolder(["case.toml": "[gas]\ngamma = 2\n"])
        let wrong = SweepText.problems("[base]\ncase = \"\(folder.path)/case.toml\"\n" + sweep)
        #expect(wrong.count == 1 && wrong[0].contains("domain.cells: missing key"))
    }

    @Test("A table with mistakes is shown line by line") func table() throws {
        let folder = try ScratchFolder(["rows.csv": "mach,mach\n1\n2,x\n", "empty.csv": "mach\n"])
        let sweep = { (name: String) in
            SweepText.problems(
                SweepText.sweep(design: "kind = \"csv\"\nfile = \"\(folder.path)/\(name)\"", parameters: ""))
        }
        let problems = sweep("rows.csv")
        #expect(problems.contains { $0.contains("rows.csv:1: \"mach\" is the name of two columns") })
        #expect(problems.contains { $0.contains("rows.csv:2: has 1 entries; allowed here: 2") })
        #expect(problems.contains { $0.contains("rows.csv:3: mach: \"x\" is no number") })
        #expect(sweep("empty.csv").first?.contains("has no samples") == true)
        #expect(sweep("gone.csv").first?.contains("cannot be read") == true)
    }
}
