import Flow
import Foundation
import Schema

/// The case that the samples of a campaign start from. Its text is held, so that a file that is changed while
/// a campaign runs does not change the samples that are still to come.
public struct BaseCase: Sendable {
    /// The TOML text of the case.
    public let text: String
    /// The path of the case file, or of the sweep file that the case stands in.
    public let file: String
    /// The case without any override.
    public let flowCase: FlowCase
    /// How many bodies it has.
    let bodyCount: Int
    /// The name of its first body, where it has one of its own.
    let bodyName: String?
    /// The names of its constants.
    let constants: [String]

    /// Reads and checks the text of a case.
    init(text: String, file: String) throws(InvalidInput) {
        self.text = text
        self.file = file
        flowCase = try CaseReader.read(text: text, file: file).flowCase
        let root = try Document(text: text, file: file).root
        bodyCount = root["body"]?.elements.count ?? 0
        bodyName = root["body"]?.elements.first?["name"]?.text
        constants = root["constants"]?.entries.map(\.key) ?? []
    }

    /// The folder from which relative paths in the case start.
    public var folder: String { URL(fileURLWithPath: file).deletingLastPathComponent().path }

    /// The case with overrides.
    ///
    /// - Throws: `InvalidInput` with everything that is wrong with it.
    public func read(overrides: [String] = []) throws(InvalidInput) -> CaseFile {
        try CaseReader.read(text: text, file: file, overrides: overrides)
    }
}

/// `[base]`
enum BaseSchema {
    /// The description for a document. A case within it is checked by the reader of cases, not by this one.
    static func table(_ document: Document?) -> TableSchema {
        let node = document?.root["base"]?["case"]
        let isInline = node.map { if case .table = $0.value { true } else { false } } ?? false
        return TableSchema(
            "The case that every sample starts from.",
            [
                Field(
                    "case", isInline ? .constants : .text, isRequired: true,
                    "The path of a case file, from the folder of this file; or the keys of a case: "
                        + "`[base.case.domain]`, …")
            ])
    }

    /// The case; nil where there is none or it is wrong, which is reported.
    static func read(_ document: Document, _ diagnostics: inout [Diagnostic]) -> BaseCase? {
        guard let node = document.root["base"]?["case"] else { return nil }
        if case .string(let path) = node.value {
            return read(path: path, at: node, document, &diagnostics)
        }
        guard case .table = node.value else { return nil }
        do throws(InvalidInput) {
            return try BaseCase(text: TOMLWriter.text(of: node), file: document.file)
        } catch {
            diagnostics += error.diagnostics.map { located($0, in: node) }
            return nil
        }
    }

    private static func read(
        path: String, at node: Node, _ document: Document, _ diagnostics: inout [Diagnostic]
    ) -> BaseCase? {
        let file = resolved(path, besides: document.file)
        do throws(InvalidInput) {
            return try BaseCase(text: Document(path: file).sourceText, file: file)
        } catch {
            let count = error.diagnostics.count
            diagnostics.append(
                Diagnostic(
                    at: node.valuePlace, key: "base.case",
                    message: "the base case has \(count) mistake\(count == 1 ? "" : "s"): "
                        + error.diagnostics.map(\.description).joined(separator: " | ")))
            return nil
        }
    }

    /// A mistake of a case that stands within the sweep file, at its place there.
    private static func located(_ diagnostic: Diagnostic, in root: Node) -> Diagnostic {
        var result = diagnostic
        result.place = root.keyPlace
        result.key = "base.case" + (diagnostic.key.isEmpty ? "" : "." + diagnostic.key)
        var node = root
        for part in diagnostic.key.split(separator: ".").map(String.init) {
            let child = Int(part).flatMap { node.elements.indices.contains($0) ? node.elements[$0] : nil }
            guard let next = node[part] ?? child else { break }
            node = next
            result.place = next.valuePlace
        }
        return result
    }

    /// A path that starts from the folder of a file, as short as it can be said.
    static func resolved(_ path: String, besides file: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return String(file[...slash]) + path
    }
}
