import Schema

/// A value of a cell, read in prose or in a body: `{{fno.test.relative_l2:.3f}}`.
public struct ValueReference: Sendable, Equatable {
    /// The id of the cell.
    public var cell: String
    /// The name of its value, which may have dots.
    public var name: String
    /// How a number is written: `.3f`, `.2e`, `.4g`, `.1%`, `d`; nil: shortest.
    public var format: NumberFormat?
    /// Where it stands.
    public var place: Place

    /// The text between the braces.
    public var text: String { "\(cell).\(name)" }

    /// Whether a text can be an id.
    static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isLetter(first) else { return false }
        return text.unicodeScalars.allSatisfy {
            isLetter($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
        }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    /// Reads what stands between the braces. Throws where it is no reference.
    init(_ text: String, at place: Place) throws(InvalidInput) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].trimmingBlanks
        let names = path.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        guard names.count == 2, Self.isName(names[0]), !names[1].isEmpty,
            !names[1].contains(where: { $0.isWhitespace || $0 == "{" })
        else {
            throw InvalidInput(
                Diagnostic(
                    at: place, message: "{{\(text)}} is no value of a cell",
                    allowed: "{{id.name}} or {{id.name:.3f}}",
                    hint: "put it in backticks where braces are meant literally"))
        }
        (cell, name, self.place) = (names[0], names[1], place)
        if parts.count == 2 { format = try NumberFormat(parts[1].trimmingBlanks, at: place) }
    }

    /// All references of a text.
    ///
    /// - Parameter place: Where the text starts; columns count only where `isExact`.
    static func all(in text: String, at place: Place, isExact: Bool = true) throws(InvalidInput)
        -> [(reference: ValueReference, range: Range<String.Index>)]
    {
        var found: [(ValueReference, Range<String.Index>)] = []
        var position = text.startIndex
        while let open = text[position...].firstRange(of: "{{") {
            var here = place
            if isExact, let column = place.column {
                here.column = column + text[..<open.lowerBound].unicodeScalars.count
            }
            guard let close = text[open.upperBound...].firstRange(of: "}}") else {
                throw InvalidInput(Diagnostic(at: here, message: "{{ without }}", hint: "close it with }}"))
            }
            let inner = String(text[open.upperBound..<close.lowerBound])
            found.append((try ValueReference(inner, at: here), open.lowerBound..<close.upperBound))
            position = close.upperBound
        }
        return found
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmingBlanks: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
