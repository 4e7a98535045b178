import Foundation
import Schema

/// The accepted results of a notebook, kept beside it under version control.
public struct LockFile: Sendable, Equatable {
    /// The accepted results of one cell.
    public struct Cell: Sendable, Equatable {
        /// What was asked for.
        public var key: String
        /// What the key is made of.
        public var parts: [CellKey.Part]
        /// How far numbers may be, relative to their size.
        public var tolerance: Double
        /// The values that do not differ from run to run.
        public var values: [NamedValue]
        /// The numbers of tables and figures.
        public var series: [SeriesDigest]
        /// Digests of the texts of tables.
        public var texts: [CellKey.Part]
    }

    /// By id.
    public var cells: [String: Cell]

    /// A lock file with these cells.
    public init(cells: [String: Cell] = [:]) { self.cells = cells }

    /// The accepted form of a result.
    static func cell(_ key: CellKey, _ result: CellResult, tolerance: Double) -> Cell {
        let digests = result.tables.map(\.digests)
        let figures = result.figures.flatMap { figure in
            figure.data.map { series in
                var series = series
                series.name = "\(figure.name).\(series.name)"
                return series
            }
        }
        return Cell(
            key: key.text, parts: key.parts, tolerance: tolerance,
            values: result.values.filter { !$0.isVolatile },
            series: digests.flatMap(\.numbers) + figures,
            texts: digests.flatMap(\.texts).map { .init(name: $0.name, value: $0.text) })
    }
}

// MARK: Text

extension LockFile {
    private static let format = 1

    /// The file as text: the same for the same results.
    func text(notebook: String) -> String {
        var lines = [
            "# The accepted results of \(notebook), written by `hugoniot notebook accept`. Kept under version",
            "# control, so that a changed result is a changed line.", "", "format = \(Self.format)",
        ]
        for (id, cell) in cells.sorted(by: { $0.key < $1.key }) {
            lines += [
                "", "[cells.\(id)]", "key = \"\(cell.key)\"", "tolerance = \(Self.number(cell.tolerance))",
            ]
            lines += Self.table("cells.\(id).parts", cell.parts.map { ($0.name, quoted($0.value)) })
            lines += Self.table("cells.\(id).values", cell.values.map { ($0.name, Self.text($0.value)) })
            lines += Self.table(
                "cells.\(id).series",
                cell.series.map { series in
                    let numbers = series.numbers.map { Self.number($0.value) }
                    let all = ["\(series.count)", "\(series.finite)"] + numbers
                    return (series.name, "[" + all.joined(separator: ", ") + "]")
                })
            lines += Self.table("cells.\(id).texts", cell.texts.map { ($0.name, quoted($0.value)) })
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func table(_ name: String, _ rows: [(String, String)]) -> [String] {
        rows.isEmpty ? [] : ["", "[\(name)]"] + rows.map { "\(quoted($0.0)) = \($0.1)" }
    }

    private static func text(_ value: CellValue) -> String {
        switch value {
        case .integer(let value): "\(value)"
        case .number(let value): number(value)
        case .text(let value): quoted(value)
        case .boolean(let value): "\(value)"
        }
    }

    /// Nine digits: more would change from machine to machine. Always with a point, so that it reads as a number.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        let text = String(format: "%.9g", value)
        return text.contains(where: { ".e".contains($0) }) ? text : text + ".0"
    }

    /// Reads a lock file; none is an empty one. Throws `InvalidInput` where it is no lock file.
    public static func read(_ path: String) throws(InvalidInput) -> LockFile {
        guard FilePath.isFile(path) else { return LockFile() }
        let document = try Document(path: path)
        guard document.root["format"]?.value == .integer(format) else {
            throw InvalidInput(
                Diagnostic(
                    at: document.root["format"]?.valuePlace ?? Place(file: path, line: 1, column: 1),
                    key: "format", message: "this is no lock file that this version can read",
                    allowed: "\(format)", hint: "write it anew: hugoniot notebook accept"))
        }
        var lock = LockFile()
        for entry in document.root["cells"]?.entries ?? [] { lock.cells[entry.key] = cell(entry.node) }
        return lock
    }

    private static func cell(_ node: Node) -> Cell {
        let values = (node["values"]?.entries ?? []).compactMap { entry in
            value(entry.node).map { NamedValue(entry.key, $0) }
        }
        let series = (node["series"]?.entries ?? []).compactMap { entry -> SeriesDigest? in
            let numbers = entry.node.elements.compactMap { value($0)?.number }
            guard numbers.count == 6, let count = Int(exactly: numbers[0]),
                let finite = Int(exactly: numbers[1])
            else { return nil }
            return SeriesDigest(name: entry.key, count: count, finite: finite, numbers: Array(numbers[2...]))
        }
        return Cell(
            key: node["key"]?.text ?? "", parts: parts(node["parts"]),
            tolerance: node["tolerance"].flatMap { value($0)?.number } ?? 0, values: values, series: series,
            texts: parts(node["texts"]))
    }

    private static func parts(_ node: Node?) -> [CellKey.Part] {
        (node?.entries ?? []).compactMap { entry in
            entry.node.text.map { CellKey.Part(name: entry.key, value: $0) }
        }
    }

    private static func value(_ node: Node) -> CellValue? {
        switch node.value {
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .string(let value): .text(value)
        case .boolean(let value): .boolean(value)
        default: nil
        }
    }
}
