import Foundation
import Notebooks
import Schema

/// What several cell verbs need.
enum CellSupport {
    /// Cells say nothing on their own: the notebook does.
    static let console = Console(Console.Manner(quiet: true))

    /// Turns the ending of a verb into that of a cell.
    ///
    /// - Throws: `CellInterrupted` or `ToolError`.
    static func require(_ status: ExitStatus, _ message: String?) throws {
        switch status {
        case .done: return
        case .interrupted, .terminated: throw CellInterrupted()
        default: throw ToolError(message ?? "it failed", status: .failed)
        }
    }

    /// A number for a table, with so many significant digits.
    static func rounded(_ value: Double, digits: Int = 4) -> CellValue {
        .number(Double(String(format: "%.\(digits)g", value)) ?? value)
    }

    /// Whether a folder has something whose name ends so.
    static func has(_ suffix: String, in folder: String) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.contains { $0.hasSuffix(suffix) }
    }

    /// The file that a body names, or that the only needed cell with such a file made.
    ///
    /// - Throws: `ToolError` where neither is there.
    static func file(_ key: String, role: String, _ body: CellBody, _ context: CellContext) throws -> String {
        if let path = body.path(key) { return path }
        if let path = context.neededFile(role) { return path }
        throw ToolError(
            "the cell names no \(key), and does not need exactly one cell that makes one",
            advice: "write \(key) = \"{{id.file}}\" or needs=id")
    }
}

extension NamedValue {
    /// A number, where there is one.
    static func number(_ name: String, _ value: Double?, isVolatile: Bool = false) -> NamedValue? {
        value.map { NamedValue(name, .number($0), isVolatile: isVolatile) }
    }

    /// A count.
    static func count(_ name: String, _ value: Int) -> NamedValue { NamedValue(name, .integer(value)) }
}
