import Foundation
import Schema

/// `[[observations]]`
enum ObservationTable {
    private static let file = Key.text(
        "file",
        "Comma-separated values under a line of column names: output, value, and where known sigma, "
            + "weight, group, index, bound, x, y, z, t."
    ).optional(otherwise: "the values below")
    private static let site = Key.text("site", "The site that they belong to.").optional(
        otherwise: "the only site")
    private static let output = Key.text(
        "output", "The output of the model, where the file has no such column."
    )
    .optional(otherwise: "the column `output`")
    private static let values = Key.numbers(
        "values", .any, .any, default: [], described: "from the file", "Observed values.")
    private static let sigma = Key.number(
        "sigma", .above(0), "The standard deviation, where the file has no such column."
    ).optional(otherwise: "1; nothing where `relative` is given")
    private static let relative = Key.number(
        "relative", .atLeast(0), default: 0,
        "A standard deviation as a share of the value, added to `sigma` in squares.")
    private static let weight = Key.number("weight", .atLeast(0), default: 1, "How much they count.")
    private static let group = Key.text("group", default: "", "The group that reports sum over.")
    private static let bound = Key<Observation.Bound>.choice(
        "bound", default: .equal, "Whether a value was measured, or is a limit.")
    private static let huber = Key.number(
        "huber", .above(0), "Residuals beyond so many standard deviations count linearly."
    ).optional(otherwise: "all count in squares")
    private static let correlation = Key.number(
        "correlation", .atLeast(0), default: 0, "Of residuals that follow one another in one output; < 1.")

    static let table = TableSchema(
        "What was observed.",
        [file, site, output, values, sigma, relative, weight, group, bound, huber, correlation])

    /// The observations of a table, and the name of their site.
    static func read(
        _ section: Section, folder: String, _ diagnostics: inout [Diagnostic]
    ) -> (site: String?, set: ObservationSet)? {
        let defaults = Observation(
            output: section[output] ?? "", index: 0, value: 0,
            deviation: section[sigma] ?? (section[relative] > 0 ? 0 : 1),
            weight: section[weight], bound: section[bound], group: section[group])
        var observations: [Observation]
        if let name = section[file] {
            let path = URL(fileURLWithPath: name, relativeTo: URL(fileURLWithPath: folder))
                .standardizedFileURL.path
            do throws(InvalidInput) {
                observations = try ObservationFile(path, shown: name, defaults: defaults).observations
            } catch {
                diagnostics += error.diagnostics
                return nil
            }
        } else {
            guard let output = section[output], !section[values].isEmpty else {
                diagnostics.append(
                    section.diagnostic(nil, "observes nothing", hint: "set file, or output and values"))
                return nil
            }
            observations = section[values].map { value in
                var observation = defaults
                observation.index = -1
                observation.output = output
                observation.value = value
                return observation
            }
        }
        for index in observations.indices {
            let share = section[relative] * abs(observations[index].value)
            observations[index].deviation = hypot(observations[index].deviation, share)
        }
        if observations.contains(where: { $0.deviation == 0 }) {
            diagnostics.append(
                section.diagnostic(
                    "relative", "leaves a value of 0 without an error",
                    hint: "set sigma to the error of small values"))
        }
        if section[correlation] >= 1 {
            diagnostics.append(
                section.diagnostic("correlation", "\(section[correlation])", allowed: "0 … 1, below 1"))
        }
        let set = ObservationSet(
            observations, loss: section[huber].map(Loss.huber) ?? .squares, correlation: section[correlation])
        return (section[site], set)
    }

    /// Observations without an index of their own count up within their output and site.
    static func number(_ sets: inout [ObservationSet]) {
        var counts: [String: Int] = [:]
        for set in sets.indices {
            for place in sets[set].observations.indices where sets[set].observations[place].index < 0 {
                let output = sets[set].observations[place].output
                sets[set].observations[place].index = counts[output, default: 0]
                counts[output, default: 0] += 1
            }
        }
    }
}

/// A file of observations: comma-separated values under a line of names.
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
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            let plain = line.trimmingCharacters(in: .whitespaces)
            guard !plain.isEmpty, !plain.hasPrefix("#") else { continue }
            let cells = plain.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
            }
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
            append(Array(zip(names, cells)), defaults, place, &problems)
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
        _ cells: [(String, String)], _ defaults: Observation, _ place: Place, _ problems: inout [Diagnostic]
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
                guard let value = Double(cell), value.isFinite, Self.isAllowed(value, name) else {
                    problems.append(
                        Diagnostic(
                            at: place, key: name, message: "\"\(cell)\" is no value for this column",
                            allowed: Self.allowed(name), hint: "remove the line, or mend the value"))
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
