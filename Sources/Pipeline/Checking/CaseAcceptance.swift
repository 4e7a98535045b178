import Flow
import Foundation
import Schema

/// Writes new expected values into a case file; everything else stays as it is, to the byte.
package enum CaseAcceptance {
    /// The text with the values of these results replaced. Entries without a value (limits only) stay.
    ///
    /// - Parameters:
    ///   - text: A case file.
    ///   - found: Results by name.
    package static func accept(_ found: [String: Double], in text: String) throws -> String {
        let expect = try Document(text: text, file: "").root["expect"]
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            Array($0.unicodeScalars)
        }
        let places = (expect?.entries ?? []).compactMap {
            entry -> (place: Place, value: Double, node: Node)? in
            guard let value = found[entry.key], value.isFinite else { return nil }
            if case .table = entry.node.value {
                return entry.node["value"].map { ($0.valuePlace, value, entry.node) }
            }
            return (entry.node.valuePlace, value, entry.node)
        }
        // From the end, so that earlier columns stay true.
        for (place, value, node) in places.sorted(by: { isBefore($1.place, $0.place) }) {
            guard let line = place.line, let column = place.column, line <= lines.count else { continue }
            let range = extent(of: lines[line - 1], from: column - 1)
            lines[line - 1].replaceSubrange(range, with: number(value, like: node).unicodeScalars)
        }
        return lines.map { scalars in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }.joined(separator: "\n")
    }

    private static func isBefore(_ first: Place, _ second: Place) -> Bool {
        (first.line ?? 0, first.column ?? 0) < (second.line ?? 0, second.column ?? 0)
    }

    /// The characters of a number, or of a string with its quotes.
    private static func extent(of line: [Unicode.Scalar], from start: Int) -> Range<Int> {
        var end = start
        if start < line.count, line[start] == "\"" || line[start] == "'" {
            end = line[(start + 1)...].firstIndex(of: line[start]).map { $0 + 1 } ?? line.count
        } else {
            while end < line.count, !" \t\r,}]#".unicodeScalars.contains(line[end]) { end += 1 }
        }
        return start..<end
    }

    /// As many digits as the tolerance gives a meaning to, and one more.
    private static func number(_ value: Double, like entry: Node) -> String {
        var digits = 4
        if case .number(let tolerance)? = entry["tolerance"]?.value, tolerance > 0, entry["absolute"] == nil {
            digits = min(15, max(2, Int((1 - log10(tolerance)).rounded(.up)) + 1))
        }
        let text = String(format: "%.\(digits)g", value)
        return text.contains(where: { ".en".contains($0) }) ? text : text + ".0"
    }
}
