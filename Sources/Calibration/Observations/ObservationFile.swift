import Foundation
import Schema

/// A file of observations: values under a line of names, separated by commas, or as spreadsheets of other countries write
/// them: by semicolons, with commas in numbers, or by tabs.
struct ObservationFile {
    private static let columns = [
        "output", "value", "sigma", "weight", "group", "index", "bound", "x", "y", "z", "t",
    ]
    private(set) var observations: [Observation] = []

    /// - Throws: `InvalidInput` with every line that is wrong.
    init(_ path: String, shown: String, defaults: Observation) throws(InvalidInput) {
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(validating: data, as: UTF8.self)
        else {
            throw InvalidInput(
                Diagnostic(
                    at: Place(file: shown), message: "cannot be read as a text file",
                    hint: "a relative path starts from the folder of the calibration"))
        }
        var problems: [Diagnostic] = []
        var names: [String] = []
        var separator = CellSeparator.comma
        // Spreadsheets put a mark in front of the first name.
        let marked = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        let lines = marked.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            let plain = line.trimmingCharacters(in: .whitespaces)
            guard !plain.isEmpty, !plain.hasPrefix("#") else { continue }
            if names.isEmpty { separator = CellSeparator(ofNames: plain) }
            let cells = separator.cells(of: line)
            let place = Place(file: shown, line: number + 1)
            if names.isEmpty {
                names = cells
                problems += Self.problems(names, defaults, place)
                continue
            }
            guard cells.count == names.count else {
                problems.append(
                    Diagnostic(
                        at: place, message: "has \(cells.count) entries",
                        allowed: "\(names.count), one a column"))
                continue
            }
            append(Array(zip(names, cells)), separator, defaults, place, &problems)
        }
        if problems.isEmpty, observations.isEmpty {
            problems = [Diagnostic(at: Place(file: shown), message: "has no observations")]
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
    }

    private static func problems(_ names: [String], _ defaults: Observation, _ place: Place) -> [Diagnostic] {
        var problems = names.filter { !columns.contains($0) }.map { name in
            Diagnostic(
                at: place, key: name, message: "unknown column", allowed: columns.joined(separator: ", "),
                hint: Spelling.closest(to: name, among: columns).map { "did you mean \"\($0)\"?" })
        }
        if !names.contains("value") {
            problems.append(Diagnostic(at: place, message: "there is no column \"value\""))
        }
        if defaults.output.isEmpty, !names.contains("output") {
            problems.append(
                Diagnostic(
                    at: place, message: "there is no column \"output\"",
                    hint: "add it, or set output beside file"))
        }
        return problems
    }

    private mutating func append(
        _ cells: [(String, String)], _ separator: CellSeparator, _ defaults: Observation, _ place: Place,
        _ problems: inout [Diagnostic]
    ) {
        var observation = defaults
        observation.index = -1
        for (name, cell) in cells where !cell.isEmpty {
            switch name {
            case "output": observation.output = cell
            case "group": observation.group = cell
            case "bound":
                guard let bound = Observation.Bound(rawValue: cell) else {
                    let allowed = Observation.Bound.allCases.map(\.rawValue).joined(separator: ", ")
                    problems.append(
                        Diagnostic(at: place, key: name, message: "\"\(cell)\" is no bound", allowed: allowed)
                    )
                    continue
                }
                observation.bound = bound
            default:
                guard let value = separator.number(cell), value.isFinite, Self.isAllowed(value, name) else {
                    problems.append(
                        Diagnostic(
                            at: place, key: name, message: "\"\(cell)\" is no value for this column",
                            allowed: Self.allowed(name), hint: Self.hint(cell)))
                    continue
                }
                switch name {
                case "value": observation.value = value
                case "sigma": observation.deviation = value
                case "weight": observation.weight = value
                case "index": observation.index = Int(value)
                default: observation.coordinates[name] = value
                }
            }
        }
        if !cells.contains(where: { $0.0 == "value" && !$0.1.isEmpty }) {
            problems.append(
                Diagnostic(at: place, key: "value", message: "has no value", hint: "remove the line"))
        }
        observations.append(observation)
    }

    private static func hint(_ cell: String) -> String {
        // 2026-03-01, 1.3.2026 12:00, 12:30
        let isDate =
            cell.split { "-./: T".contains($0) }.count > 1 && cell.contains { "-.:/".contains($0) }
            && cell.allSatisfy { $0.isNumber || "-./: TZ+".contains($0) }
        return isDate
            ? "this looks like a date: give the time as a number, such as days since the first observation"
            : "remove the line, or mend the value"
    }

    private static func isAllowed(_ value: Double, _ column: String) -> Bool {
        switch column {
        case "sigma": value > 0
        case "weight": value >= 0
        case "index": value >= 0 && value == value.rounded() && value < 1e9
        default: true
        }
    }

    private static func allowed(_ column: String) -> String {
        switch column {
        case "sigma": "a number > 0"
        case "weight": "a number ≥ 0"
        case "index": "a whole number, counted from 0"
        default: "a finite number"
        }
    }
}
