import Geometry
import Schema

/// A kind of family: its word in TOML, its keys and its construction, in one place.
///
/// Adding one is one file that declares a static value of this type and one line in ``FamilyRegistry``.
struct FamilyKind: Sendable {
    let word: String
    let summary: String
    let keys: [any SchemaKey]
    /// Builds the family; nil where the diagnostics, or the checker, say why.
    let build: @Sendable (Section, FamilyContext, inout [Diagnostic]) -> (any ShapeFamily)?

    init(
        _ word: String, _ summary: String, _ keys: [any SchemaKey],
        build: @escaping @Sendable (Section, FamilyContext, inout [Diagnostic]) -> (any ShapeFamily)?
    ) {
        self.word = word
        self.summary = summary
        self.keys = keys
        self.build = build
    }
}

/// What families of a sweep file need to know of their surroundings.
struct FamilyContext: Sendable {
    /// The folder of the sweep file.
    var folder: String
    /// The folder of the base case, from which paths in cases start.
    var caseFolder: String
    /// The dimension of the base case.
    var dimension: Int
}

/// Every kind of family that a sweep file can name.
enum FamilyRegistry {
    static let kinds: [FamilyKind] = [.blob, .nurbs, .naca, .folder, .shape]
}

extension Key where Value == ValueRange {
    /// A number, or a range out of which numbers are drawn.
    static func range(
        _ name: String, _ limits: Limits, default value: ValueRange? = nil, unit: String? = nil,
        _ summary: String
    ) -> Key {
        let one = Key<Double>.number(name, limits, "")
        let words = value.map { $0.lower == $0.upper ? "\($0.lower)" : "[\($0.lower), \($0.upper)]" }
        let field = Field(
            name, .oneOf([.number(limits), .list(.number(limits), .exactly(2))]), unit: unit, default: words,
            isRequired: value == nil, summary)
        return Key(field, fallback: value ?? ValueRange(lower: .nan, upper: .nan)) { node, scope in
            if let number = one.value(of: node, in: scope) { return ValueRange(lower: number, upper: number) }
            let ends = node.elements.compactMap { one.value(of: $0, in: scope) }
            return ends.count == 2 ? ValueRange(lower: ends[0], upper: ends[1]) : nil
        }
    }
}

extension Section {
    /// A range in order; nil where it is wrong, which is reported here or by the checker.
    func range(_ key: Key<ValueRange>, _ diagnostics: inout [Diagnostic]) -> ValueRange? {
        let range = self[key]
        guard range.lower.isFinite, range.upper.isFinite else { return nil }
        guard range.lower <= range.upper else {
            diagnostics.append(
                diagnostic(
                    key.field.name, "\(range.lower) is not below \(range.upper)",
                    allowed: "a number, or two with the smaller one first"))
            return nil
        }
        return range
    }

    /// A range of whole numbers; nil where it is wrong, which is reported here or by the checker.
    func wholeRange(_ key: Key<ValueRange>, _ diagnostics: inout [Diagnostic]) -> ValueRange? {
        guard let range = range(key, &diagnostics) else { return nil }
        guard range.lower == range.lower.rounded(), range.upper == range.upper.rounded() else {
            diagnostics.append(diagnostic(key.field.name, "has a fraction", allowed: "whole numbers"))
            return nil
        }
        return range
    }
}
