import Foundation
import Testing

/// A protocol with a downcast beside it lacks a requirement, or is an enumeration in disguise: every conformer answers what
/// its callers ask. What may be cast is what comes from outside of this package's types.
@Suite("Downcasts") struct DowncastTests {
    /// A form of cast that is right, and why.
    struct Allowance: Sendable {
        let pattern: String
        let reason: String
        /// The end of the path of the one file that it is for; empty for all.
        var file = ""
    }

    static let allowances = [
        Allowance(pattern: #"\berror as\? \w+"#, reason: "errors meet at a boundary, which tells them apart"),
        Allowance(pattern: #"\berror is \w+"#, reason: "the same"),
        Allowance(pattern: #"\bcatch let \w+ as \w+"#, reason: "the same"),
        Allowance(pattern: #"\bcatch is \w+"#, reason: "the same"),
        Allowance(
            pattern: #"\bcase let \w+ as (any )?\w+|\bis (InvalidInput|BodyProblem|UnreadableCampaign)"#,
            reason: "the same, in a switch over an error", file: "Pipeline/Sweep/SampleVerb.swift"),
        Allowance(
            pattern: #"\bcase let error as (any )?\w+"#, reason: "the same",
            file: "Pipeline/Console/ToolError.swift"),
        Allowance(
            pattern: #"\bas\? (NSNumber|String|\[Any\]|\[String: Any\]|\[\[String: Any\]\])"#,
            reason: "Foundation reads JSON as values of any type",
            file: "Calibration/Models/ProtocolText.swift"),
        Allowance(
            pattern: #"ttributes\??\[\.\w+\] as\? \w+"#,
            reason: "Foundation tells attributes of files as values of any type"),
        Allowance(
            pattern: #"\[\.modificationDate\] as\? Date"#, reason: "the same", file: "TrainingCurves.swift"),
        Allowance(
            pattern: #"\[\.modificationDate\] as\? Date"#, reason: "the same", file: "ViewedFile.swift"),
        Allowance(
            pattern: #"\$0 as\? String"#, reason: "Foundation lists files as values of any type",
            file: "Pipeline/Checking/CaseFinder.swift"),
    ]

    /// A cast, and where it stands.
    struct Cast {
        let file: String
        let line: Int
        let text: String
    }

    @Test("no protocol has holes: what is cast in the sources is errors and Foundation's values")
    func nothingElseIsCast() throws {
        let patterns = try Self.allowances.map { try Regex($0.pattern) }
        var used: Set<Int> = []
        for cast in try Self.casts() {
            let places = Self.allowances.indices.filter { index in
                cast.file.hasSuffix(Self.allowances[index].file) && cast.text.contains(patterns[index])
            }
            used.formUnion(places)
            #expect(
                !places.isEmpty,
                "\(cast.file):\(cast.line) casts: give the protocol a requirement that every conformer answers"
            )
        }
        for index in Self.allowances.indices where !used.contains(index) {
            Issue.record("nothing needs \(Self.allowances[index].pattern) any more: remove it")
        }
    }

    @Test(
        "casts are found in code, and not in comments or texts",
        arguments: [
            ("if let line = layer as? LineLayer {", true), ("let line = layer as! LineLayer", true),
            ("return shape is MeshShape", true), ("guard !(shape is any Solid) else { return }", true),
            ("case let mesh as MeshShape: break", true), ("case is MeshShape: break", true),
            ("// whether it is Euclidean", false), ("let text = \"this is Markdown\"", false),
            ("let path = (name as NSString).lastPathComponent", false), ("let isLine = isIt", false),
        ])
    func found(line: String, isCast: Bool) throws {
        #expect(try !Self.casts(in: line).isEmpty == isCast)
    }

    private static func casts() throws -> [Cast] {
        let folder = PackageDescription.root.appending(path: "Sources")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return try names.filter { $0.hasSuffix(".swift") }.sorted().flatMap { name in
            try casts(in: String(contentsOf: folder.appending(path: name), encoding: .utf8)).map {
                Cast(file: name, line: $0.line, text: $0.text)
            }
        }
    }

    /// The lines of a source text that cast, without comments and texts.
    private static func casts(in source: String) throws -> [(line: Int, text: String)] {
        let cast = try Regex(#"\bas[?!]|\bis (any )?[A-Z]|\bcase let \w+ as |\bcatch let \w+ as "#)
        let text = try Regex(#""(?:[^"\\]|\\.)*""#)
        let comment = try Regex("//.*")
        var isInText = false
        var found: [(line: Int, text: String)] = []
        for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.contains("\"\"\"") {
                isInText.toggle()
                continue
            }
            // Most lines cast nothing, which is quickly seen.
            guard !isInText, line.contains("as") || line.contains("is ") else { continue }
            let code = String(line).replacing(text, with: "\"\"").replacing(comment, with: "")
            if code.contains(cast) { found.append((index + 1, code)) }
        }
        return found
    }
}
