import Foundation
import Operators
import Schema

/// A training as its file describes it, before the dataset is looked at.
public struct TrainingFile: Sendable {
    /// The name of the file, as messages give it.
    public let file: String
    /// Its text, for provenance.
    public let text: String
    /// The dataset.
    public var datasetPath: String
    /// How the model learns.
    public var options: TrainingOptions
    let root: Section

    /// Every key of a training file, as Markdown.
    public static var markdown: String { TrainingSchema.markdown }

    /// Reads a file. Throws `InvalidInput` with everything that is wrong.
    public init(path: String) throws(InvalidInput) { try self.init(Document(path: path)) }

    /// Reads a text; `file` is the name that messages give to it, and its folder is where paths start.
    public init(text: String, file: String) throws(InvalidInput) {
        try self.init(Document(text: text, file: file))
    }

    private init(_ document: Document) throws(InvalidInput) {
        var checker = Checker(TrainingSchema.root, scope: Scope())
        checker.check(document)
        guard checker.diagnostics.isEmpty else { throw InvalidInput(checker.diagnostics) }
        root = Section(document, scope: Scope())
        file = document.file
        text = document.sourceText
        options = TrainingOptions(root.section("training"))
        let folder = URL(fileURLWithPath: document.file).deletingLastPathComponent()
        let path = root.section("data")[TrainingSchema.file]
        datasetPath = path.hasPrefix("/") ? path : folder.appendingPathComponent(path).path
    }
}
