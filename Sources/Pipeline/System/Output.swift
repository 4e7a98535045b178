import Foundation

/// The file that a verb is asked to write, and what the same command reads: the one rule by which no output takes the
/// place of an input, or of a file that nobody gave up.
public struct Output {
    /// Where it goes.
    public var path: String
    /// What it is.
    public var kind: OutputKind
    /// Files that the same command reads. Of files in TOML, those that they name are among them.
    public var inputs: [String]
    /// Files that are written besides: none of them may be an input either.
    public var companions: [String]

    /// - Parameters:
    ///   - path: Where it goes.
    ///   - kind: What it is.
    ///   - inputs: Files that the same command reads.
    ///   - companions: Files that are written besides.
    public init(_ path: String, _ kind: OutputKind, from inputs: [String], with companions: [String] = []) {
        (self.path, self.kind, self.inputs, self.companions) = (path, kind, inputs, companions)
    }

    /// Checks, before any work is done, that the file can be written and may be.
    ///
    /// - Parameter overwrite: Whether a file that is there may be replaced; an input never is.
    /// - Throws: `ToolError`.
    public func check(overwrite: Bool) throws {
        try Self.checkName(path)
        let read = inputs.flatMap(ReferencedFiles.of)
        for written in [path] + companions {
            for input in read where Self.areSame(written, input) {
                throw ToolError(
                    written == path
                        ? "\(path) is \(input), which this command reads: the output would replace it"
                        : "\(path) comes with \(written), which would replace \(input), an input of this command",
                    advice: "name another --output")
            }
        }
        try kind.check(path)
        try AtomicOutput.check(path, overwrite: overwrite)
    }

    /// Throws `ToolError` for a name that no file can have.
    static func checkName(_ path: String) throws {
        guard !path.isEmpty else {
            throw ToolError("the name of the output is empty", advice: "name a file: --output NAME")
        }
        guard let name = path.split(separator: "/").last, name != ".", name != "..", !path.hasSuffix("/")
        else {
            throw ToolError("\(path) is a folder", advice: "name a file in it")
        }
        // A temporary name is a little longer.
        guard name.utf8.count <= 200 else {
            throw ToolError("the name of the output has \(name.utf8.count) bytes; allowed: up to 200")
        }
    }

    /// Whether two names lead to one file: through links of both kinds, or by ways that only look different.
    private static func areSame(_ a: String, _ b: String) -> Bool {
        var (first, second) = (stat(), stat())
        if stat(a, &first) == 0, stat(b, &second) == 0 {
            return (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
        }
        return URL(fileURLWithPath: a).standardizedFileURL == URL(fileURLWithPath: b).standardizedFileURL
    }
}
