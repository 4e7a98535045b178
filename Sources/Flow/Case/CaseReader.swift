import Foundation
import Schema

/// A case and the text that describes it.
public struct CaseFile: Sendable {
    /// The case.
    public let flowCase: FlowCase
    /// The TOML text with all overrides applied, for provenance; it reads back as the same case.
    public let text: String
    /// Equal for two files that describe the same computation: what they say without comments and layout, and without
    /// keys that cannot change a result, such as the number of threads.
    public let identity: String
}

/// Reads case files.
public enum CaseReader {
    /// The description of every key.
    public static let schema = CaseSchema.root

    /// Reads a case file.
    ///
    /// - Parameters:
    ///   - path: A TOML file.
    ///   - overrides: `key=value` texts, applied in their order before anything is checked.
    /// - Throws: ``InvalidInput`` with everything that is wrong.
    public static func read(path: String, overrides: [String] = []) throws(InvalidInput) -> CaseFile {
        try read(Document(path: path), overrides: overrides)
    }

    /// Reads the text of a case file.
    ///
    /// - Parameters:
    ///   - text: TOML.
    ///   - file: The name that messages give to it.
    ///   - overrides: `key=value` texts, applied in their order before anything is checked.
    /// - Throws: ``InvalidInput`` with everything that is wrong.
    public static func read(
        text: String, file: String = "case.toml", overrides: [String] = []
    ) throws(InvalidInput) -> CaseFile {
        try read(Document(text: text, file: file), overrides: overrides)
    }

    /// Every key of a case file, as Markdown.
    public static var reference: String {
        Reference.markdown(
            title: "Case files",
            introduction:
                "Written from the same description that checks case files. Units are of the user's choice "
                + "but have to agree with each other; seconds of wall time are marked s. "
                + "Functions in expressions: \(Expression.functionNames.joined(separator: ", ")).",
            schema)
    }

    /// Reads a document; it is read once, and may be read into as many cases as there are overrides.
    ///
    /// - Parameters:
    ///   - source: A case. Paths in it start from the folder of its file.
    ///   - overrides: `key=value` texts, applied in their order before anything is checked.
    /// - Throws: ``InvalidInput`` with everything that is wrong.
    public static func read(
        _ source: Document, overrides: [String] = []
    ) throws(InvalidInput) -> CaseFile {
        var (document, diagnostics) = source.applying(overrides)
        var scope = Scope(dimension: DomainSchema.dimension(of: document))
        scope.readConstants(
            document.root["constants"], variables: CaseVariables.spaceTime, diagnostics: &diagnostics)
        var checker = Checker(schema, scope: scope)
        checker.check(document)
        diagnostics += checker.diagnostics
        let file = URL(fileURLWithPath: document.file)
        let name = file.deletingPathExtension().lastPathComponent
        let flowCase = CaseSchema.read(
            Section(document, scope: scope), fileName: name, folder: file.deletingLastPathComponent().path,
            &diagnostics)
        guard diagnostics.isEmpty else { throw InvalidInput(diagnostics) }
        return CaseFile(
            flowCase: flowCase, text: document.resolvedText, identity: CaseIdentity.text(of: document))
    }
}
