import Foundation
import Schema

/// A table of numbers with a line of names above: the samples of a design that the user made.
struct TableFile {
    var names: [String] = []
    var rows: [[Double]] = []

    /// Reads comma-separated values; empty lines and those that start with # are passed over.
    ///
    /// - Throws: `InvalidInput` with every line that is wrong.
    init(path: String) throws(InvalidInput) {
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(validating: data, as: UTF8.self)
        else {
            let hint = "a relative path starts from the folder of the sweep file"
            throw InvalidInput(
                Diagnostic(at: Place(file: path), message: "cannot be read as a text file", hint: hint))
        }
        var problems: [Diagnostic] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(Self.cell)
            let place = Place(file: path, line: number + 1)
            if names.isEmpty {
                names = cells
                problems += Self.problems(ofNames: cells, place)
            } else {
                read(cells, place, &problems)
            }
        }
        if problems.isEmpty && rows.isEmpty {
            let allowed = "a line of parameter names, and a line of numbers for each sample"
            problems = [Diagnostic(at: Place(file: path), message: "has no samples", allowed: allowed)]
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
    }

    private static func cell(_ text: Substring) -> String {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        let isQuoted = trimmed.count > 1 && trimmed.hasPrefix("\"") && trimmed.hasSuffix("\"")
        return isQuoted ? String(trimmed.dropFirst().dropLast()) : trimmed
    }

    private static func problems(ofNames names: [String], _ place: Place) -> [Diagnostic] {
        var seen: Set<String> = []
        return names.enumerated().compactMap { column, name in
            if name.isEmpty || Double(name) != nil {
                let allowed = "the names of parameters in the first line"
                let message = "column \(column + 1) has no name"
                return Diagnostic(at: place, message: message, allowed: allowed)
            }
            guard !seen.insert(name).inserted else { return nil }
            return Diagnostic(at: place, message: "\"\(name)\" is the name of two columns")
        }
    }

    private mutating func read(_ cells: [String], _ place: Place, _ problems: inout [Diagnostic]) {
        guard cells.count == names.count else {
            let message = "has \(cells.count) entries"
            problems.append(Diagnostic(at: place, message: message, allowed: "\(names.count), one a column"))
            return
        }
        rows.append(
            zip(names, cells).map { name, cell in
                if let value = Double(cell), value.isFinite { return value }
                problems.append(
                    Diagnostic(
                        at: place, key: name, message: "\"\(cell)\" is no number", allowed: "finite numbers"))
                return .nan
            })
    }
}
