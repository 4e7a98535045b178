import Archive
import Foundation
import Testing

/// One rule for all verbs: what a command writes takes the place of nothing that it reads, and of nothing that nobody gave
/// up.
@Suite("Outputs") struct OutputTests {
    let place: Workplace

    init() throws {
        place = try Workplace()
        _ = try place.write(Self.body, as: "body.csv")
        let body = "\n[[body]]\nshape = \"file\"\npath = \"body.csv\"\n"
        _ = try place.write(TinyCase.square + body, as: "case.toml")
        _ = try place.write(SweepWorkplace.base + body, as: "base.toml")
        _ = try place.write(SweepWorkplace.campaign, as: "sweep.toml")
        _ = try place.write(Self.training, as: "train.toml")
        _ = try place.write(Self.fit, as: "fit.toml")
        _ = try place.write("+++\ntitle = \"Test\"\n+++\n\nText.\n", as: "n.md")
        let file = try HDF5File.create(place.file("d.h5"))
        let values = (0..<(6 * 256)).map { Float($0 % 17) }
        try file.root.createDataset("inputs", values, shape: [6, 1, 16, 16])
        try file.root.createDataset("outputs", values, shape: [6, 1, 16, 16])
        let splits = try file.root.createGroup("splits")
        for (name, samples) in [("train", [0, 1, 2, 3]), ("validation", [4]), ("test", [5])] {
            try splits.createDataset(name, samples.map(Int64.init))
        }
        try file.close()
        for name in ["run.h5", "m.safetensors", "in.npz", "out.npz"] {
            _ = try place.write("what \(name) holds", as: name)
        }
    }

    private static let training = """
        [data]
        file = "d.h5"
        [model]
        kind = "fno"
        modes = [3, 3]
        width = 8
        layers = 1
        [training]
        epochs = 1
        """

    private static let fit = """
        [model]
        kind = "expression"
        value = "a*a"
        [parameters.a]
        lower = -1.0
        upper = 1.0
        [method]
        name = "differential-evolution"
        budget = 60
        """

    private static let body = "0.3,0.5\n0.5,0.3\n0.7,0.5\n0.5,0.7\n"

    /// A verb, the words after it, and the files that it reads, each of which is then asked for as the output.
    private struct Command: CustomStringConvertible {
        var words: [String]
        var inputs: [String]
        /// The ending of its output, and one that it cannot have.
        var ending = "h5"
        var foreign = "csv"

        var description: String { words.joined(separator: " ") }
    }

    private static let commands = [
        Command(words: ["run", "case.toml"], inputs: ["case.toml", "body.csv"]),
        Command(words: ["sweep", "sweep.toml"], inputs: ["sweep.toml", "base.toml", "body.csv"]),
        Command(words: ["train", "train.toml"], inputs: ["train.toml", "d.h5"], ending: "safetensors"),
        Command(words: ["calibrate", "fit.toml"], inputs: ["fit.toml"]),
        Command(words: ["predict", "m.safetensors", "d.h5"], inputs: ["m.safetensors", "d.h5"]),
        Command(words: ["export", "m.safetensors"], inputs: ["m.safetensors"], ending: "onnx"),
        Command(words: ["import", "npz", "in.npz", "out.npz"], inputs: ["in.npz", "out.npz"]),
        Command(words: ["geometry", "body.csv", "--grid", "8x8"], inputs: ["body.csv"]),
        Command(words: ["plot", "run.h5"], inputs: ["run.h5"], ending: "png"),
        Command(words: ["notebook", "render", "n.md"], inputs: ["n.md"], ending: "html"),
        Command(words: ["reference", "case"], inputs: [], ending: "md"),
    ]

    /// Runs a verb in the folder of the files.
    private func run(_ words: [String]) throws -> Tool.Result {
        let names = try place.contents()
        return try Tool.run(words.map { names.contains($0) ? place.file($0) : $0 })
    }

    private func bytes() throws -> [String: Data] {
        Dictionary(
            uniqueKeysWithValues: try place.contents().map {
                ($0, FileManager.default.contents(atPath: place.file($0)) ?? Data())
            })
    }

    @Test("No output takes the place of an input, by whatever name", arguments: commands.indices)
    func inputs(index: Int) throws {
        let command = Self.commands[index]
        let files = FileManager.default
        for input in command.inputs {
            try files.createSymbolicLink(atPath: place.file("soft-\(input)"), withDestinationPath: input)
            try files.linkItem(atPath: place.file(input), toPath: place.file("hard-\(input)"))
        }
        let before = try bytes()
        for input in command.inputs {
            for name in [input, "./\(input)", "soft-\(input)", "hard-\(input)"] {
                let more = ["--output", place.file(name), "--overwrite"]
                let result = try run(command.words + more)
                #expect(result.code == 2, "\(command) \(name): \(result.errors)")
                #expect(!result.errors.isEmpty)
                #expect(try bytes() == before, "\(command) \(name)")
            }
        }
    }

    @Test("Nothing is replaced that nobody gave up", arguments: commands.indices)
    func existing(index: Int) throws {
        let command = Self.commands[index]
        let there = "there.\(command.ending)"
        _ = try place.write("precious", as: there)
        let before = try bytes()
        let result = try run(command.words + ["--output", place.file(there)])
        #expect(result.code == 2, "\(command): \(result.errors)")
        #expect(try bytes() == before, "\(command)")
    }

    @Test(
        "Names that no file of the kind can have are refused, each for what it is",
        arguments: commands.indices)
    func names(index: Int) throws {
        let command = Self.commands[index]
        let before = try bytes()
        for (name, reason) in [
            ("x.\(command.foreign)", "of another kind"), (".", "is a folder"), ("..", "is a folder"),
            ("", "is empty"),
            (place.path + "/", "is a folder"), (place.path, "is a folder"),
            ("/proc/x", "/proc takes no new file"),
            ("/dev/full", "is a device"),
            (place.path + "/none/x", "does not exist"),
        ] {
            let result = try run(command.words + ["--output=\(name)"])
            #expect(result.code == 2, "\(command) \(name): \(result.code) \(result.errors)")
            #expect(result.errors.contains(reason), "\(command) \(name): \(result.errors)")
            #expect(try bytes() == before, "\(command) \(name)")
        }
    }

    @Test("Nor does what is written besides the output")
    func companions() throws {
        _ = try place.write(Self.fit, as: "c.best.toml")
        let before = try bytes()
        let result = try run(["calibrate", "c.best.toml", "--output", place.file("c.h5"), "--overwrite"])
        #expect(result.code == 2 && result.errors.contains("would replace"), "\(result.errors)")
        #expect(try bytes() == before)
    }

    @Test("Every verb with an output is among these")
    func complete() throws {
        let help = try Tool.run("--help").output
        let verbs = help.split(separator: "\n").compactMap { line -> String? in
            guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return nil }
            return line.split(separator: " ").first.map(String.init)
        }
        #expect(verbs.contains("run"))
        let listed = Set(Self.commands.map { $0.words[0] })
        for verb in verbs where verb != "notebook" && !verb.hasPrefix("-") {
            let text = try Tool.run(verb, "--help").output
            #expect(text.contains("--output") == listed.contains(verb), "\(verb)")
        }
    }
}
