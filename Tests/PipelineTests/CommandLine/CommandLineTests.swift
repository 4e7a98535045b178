import Foundation
import Pipeline
import Testing

@Suite("Command line")
struct CommandLineTests {
    static let verbs = [
        "run", "validate", "check-cases", "geometry", "plot", "info", "runs", "doctor", "bench", "reference",
    ]

    @Test("Every verb explains itself with an example", arguments: verbs)
    func help(verb: String) throws {
        let result = try Tool.run(verb, "--help")
        #expect(result.code == 0)
        #expect(result.output.contains("Example:\n  hugoniot \(verb)"))
        for option in ["--json", "--quiet", "--version"] { #expect(result.output.contains(option)) }
    }

    @Test(
        "Every verb of notebooks explains itself with an example",
        arguments: ["run", "check", "accept", "render", "graph", "why", "new", "fmt", "gc"])
    func notebookHelp(verb: String) throws {
        let result = try Tool.run("notebook", verb, "--help")
        #expect(result.code == 0)
        #expect(result.output.contains("Example:\n  hugoniot notebook \(verb)"))
    }

    @Test("Bare, the tool lists its verbs")
    func bare() throws {
        let result = try Tool.run()
        #expect(result.code == 0)
        #expect(Self.verbs.allSatisfy { result.output.contains("\n  \($0) ") })
    }

    /// Runs the tool in a shell with its limits.
    private func run(_ limits: String, _ arguments: [String], _ environment: [String: String] = [:]) throws
        -> Tool.Result
    {
        let words = ["-c", "\(limits); exec \"$@\"", "sh", Tool.path.path] + arguments
        return try Tool.run(URL(fileURLWithPath: "/bin/sh"), words, environment)
    }

    @Test("Few files that may be open are told, and no trap")
    func descriptors() throws {
        let place = try Workplace()
        let path = try place.write(TinyCase.tube)
        let result = try run("ulimit -n 20", ["run", path, "--output", place.file("run.h5")])
        #expect(result.code == 1 && result.errors.contains("ulimit -n 64"), "\(result.errors)")
        #expect(try place.contents() == ["case.toml"])
        let soft = try run("ulimit -S -n 20", ["run", path, "--output", place.file("run.h5")])
        #expect(soft.code == 0, "\(soft.errors)")
    }

    @Test("A limit of the size of files is a failed write that says so, and nothing is left of it")
    func fileSize() throws {
        let place = try Workplace()
        let path = try place.write(TinyCase.square)
        let result = try run("ulimit -f 20", ["run", path, "--output", place.file("run.h5")])
        #expect(result.code == 1 && !result.errors.isEmpty, "\(result.code) \(result.errors)")
        #expect(try !place.contents().contains("run.h5"))
    }

    @Test(
        "Names of locales that nobody has do no harm",
        arguments: ["LC_ALL", "LANG", "LC_CTYPE", "LC_NUMERIC"])
    func locales(name: String) throws {
        let place = try Workplace()
        let path = try place.write(TinyCase.tube)
        let long = [name: String(repeating: "x", count: 1000)]
        let result = try run(":", ["run", path, "--output", place.file("run.h5")], long)
        #expect(result.code == 0, "\(result.code) \(result.errors.prefix(300))")
    }

    @Test("The version is the same everywhere", arguments: [["--version"], ["run", "--version"]])
    func version(arguments: [String]) throws {
        let result = try Tool.run(arguments)
        #expect(result.code == 0)
        #expect(result.output == ToolVersion.current + "\n")
    }

    @Test(
        "Wrong usage is exit code 2, and told on standard error only",
        arguments: [
            ["no-such-verb"], ["run"], ["runs", "--limit", "many"], ["runs", "--limit", "0"],
            ["doctor", "--jsom"],
        ])
    func usage(arguments: [String]) throws {
        let result = try Tool.run(arguments)
        #expect(result.code == 2)
        #expect(result.errors.hasPrefix("error: "))
        #expect(result.output.isEmpty)
    }

    @Test("A misspelt option is met with the right one")
    func suggestion() throws { #expect(try Tool.run("doctor", "--jsom").errors.contains("--json")) }

    @Test("An answer comes even where quiet was asked for, and is JSON for machines")
    func json() throws {
        let result = try Tool.run("doctor", "--json", "--quiet")
        #expect(result.code == 0)
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect(object?["version"] as? String == ToolVersion.current)
    }

    @Test("A full disk under standard output is a failed run, not a crash")
    func fullDisk() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let result = try Tool.run(
            "doctor", output: FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full")))
        #expect(result.code == 1)
        #expect(result.errors.hasPrefix("error: standard output cannot be written"))
    }
}
