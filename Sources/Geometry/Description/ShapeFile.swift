import Foundation
import Schema

/// A shape with the name that a file gives to it.
public struct NamedShape: Sendable {
    /// Unique within its file.
    public var name: String
    /// The solid.
    public var shape: any Shape
}

/// A TOML file that describes shapes: its root is one shape (`shape = "circle"`, …), or it has several
/// `[[body]]` tables.
public struct ShapeFile: Sendable {
    /// In the order of the file; at least one.
    public let shapes: [NamedShape]
    /// 2 or 3.
    public let dimension: Int
    /// What was mended in the files that it names or looks wrong there, one sentence each.
    public let warnings: [String]
    /// The text that was read, for provenance.
    public let text: String

    /// All of them as one solid.
    public var shape: any Shape { shapes.count == 1 ? shapes[0].shape : Union(shapes.map(\.shape)) }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: A TOML file. Relative paths in it start from its folder.
    ///   - dimension: 2 or 3; where it is nil, and the file has no `dimension`, the one in which the file makes
    ///     sense, 2 where both do.
    /// - Throws: `InvalidInput` with everything that is wrong.
    public static func read(path: String, dimension: Int? = nil) throws(InvalidInput) -> ShapeFile {
        try read(Document(path: path), dimension: dimension)
    }

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - text: TOML.
    ///   - file: The name that messages give to it; relative paths start from its folder.
    ///   - dimension: As for ``read(path:dimension:)``.
    /// - Throws: `InvalidInput` with everything that is wrong.
    public static func read(
        text: String, file: String = "shape.toml", dimension: Int? = nil
    ) throws(InvalidInput) -> ShapeFile {
        try read(Document(text: text, file: file), dimension: dimension)
    }

    /// Every key of a shape file, as Markdown.
    public static var reference: String {
        Reference.markdown(
            title: "Shape files",
            introduction: "A file holds one shape, or several in `[[body]]` tables. "
                + "The same keys describe the bodies of a case.", ShapeFileSchema.single)
    }

    private static func read(_ document: Document, dimension: Int?) throws(InvalidInput) -> ShapeFile {
        if let dimension = dimension ?? ShapeFileSchema.dimension(of: document) {
            return try ShapeFileSchema.read(document, dimension: dimension)
        }
        var flat: InvalidInput
        do throws(InvalidInput) {
            return try ShapeFileSchema.read(document, dimension: 2)
        } catch { flat = error }
        do throws(InvalidInput) {
            return try ShapeFileSchema.read(document, dimension: 3)
        } catch {
            // The reading with fewer mistakes is what was meant.
            if error.diagnostics.count < flat.diagnostics.count { flat = error }
        }
        throw flat
    }
}

/// The root of a shape file.
private enum ShapeFileSchema {
    private static let name = Key.text("name", "Names the shape; unique.").optional(
        otherwise: "body-1, body-2, …")
    private static let dimensionKey = Key.integer(
        "dimension", among: [2, 3], default: 2, "Number of coordinates; found from the shapes where absent.")
    private static let common: [any SchemaKey] = [
        dimensionKey, Field("constants", .constants, "Named numbers for all expressions: `chord = 2.0`."),
    ]
    private static let body = ShapeSchema.table.extended("One of several shapes.", with: [name])

    static let single = ShapeSchema.table.extended("A shape.", with: common + [name])
    private static let several = TableSchema(
        "Several shapes.",
        common + [Field("body", .list(.table(body), .within(1...10_000)), "The shapes.")])

    static func dimension(of document: Document) -> Int? {
        if case .integer(let value)? = document.root["dimension"]?.value, (2...3).contains(value) {
            return value
        }
        return hasSolid(document.root) ? 3 : nil
    }

    /// Whether a shape that needs three dimensions is named anywhere.
    private static func hasSolid(_ node: Node) -> Bool {
        let word = node["shape"]?.text ?? ""
        return ShapeRegistry.kind(word)?.home == .solid || node.elements.contains(where: hasSolid)
            || node.entries.contains { hasSolid($0.node) }
    }

    static func read(_ document: Document, dimension: Int) throws(InvalidInput) -> ShapeFile {
        var diagnostics: [Diagnostic] = []
        var scope = Scope(dimension: dimension)
        scope.readConstants(document.root["constants"], variables: [], diagnostics: &diagnostics)
        let root = Section(document, scope: scope)
        var checker = Checker(root.has("body") ? several : single, scope: scope)
        checker.check(document)
        let folder = URL(fileURLWithPath: document.file).deletingLastPathComponent().path
        var reader = ShapeReader(folder: folder)
        let tables = root.has("body") ? root.sections("body") : [root]
        let shapes = tables.map { reader.shape($0) }
        diagnostics += checker.diagnostics + reader.diagnostics
        let names = ShapeNames.names(of: tables, &diagnostics)
        guard diagnostics.isEmpty else { throw InvalidInput(diagnostics) }
        let named = zip(names, shapes).compactMap { name, shape in
            shape.map { NamedShape(name: name, shape: $0) }
        }
        guard !named.isEmpty, named.count == tables.count else {
            throw InvalidInput(root.diagnostic(nil, "describes no shape", hint: "write shape = \"circle\""))
        }
        return ShapeFile(
            shapes: named, dimension: dimension, warnings: reader.warnings, text: document.sourceText)
    }
}
