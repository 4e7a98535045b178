import Notebooks
import Schema

/// A table of values of other cells.
struct TableCell: CellVerb {
    let name = "table"
    let version = 2

    private static let columns = Field("columns", .list(.text, .any), isRequired: true, "The headings.")
    private static let rows = Field(
        "rows", .list(.list(.oneOf([.text, .number(.any), .boolean]), .any), .any), isRequired: true,
        "The rows; `\"{{id.name}}\"` is the value of a cell.")
    private static let digits = Key<Int>.integer(
        "digits", 1...17, default: 4, "Significant digits of numbers that are not whole.")
    private static let caption = Key<String>.text("caption", default: "", "The text below.")

    var schema: TableSchema {
        TableSchema(
            "A table of values of other cells.", [Self.columns, Self.rows, Self.digits, Self.caption])
    }

    func inputs(_ body: CellBody) throws -> [String] { [] }

    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        let columns = (body.document.root["columns"]?.elements ?? []).compactMap(\.text)
        if let node = body.document.root["columns"], Set(columns).count < columns.count {
            throw InvalidInput(
                Diagnostic(
                    at: node.valuePlace, key: "columns", message: "two columns have the same heading",
                    hint: "the lock file keeps the numbers of columns by their headings"))
        }
        let rows = body.document.root["rows"]?.elements ?? []
        for row in rows where row.elements.count != columns.count {
            throw InvalidInput(
                Diagnostic(
                    at: row.valuePlace, key: "rows",
                    message: "the row has \(row.elements.count) entries, the table \(columns.count) columns"))
        }
        let values = rows.map { row in row.elements.map { Self.value($0, digits: body[Self.digits]) } }
        return CellResult(
            tables: [CellTable("table", columns: columns, rows: values, caption: body[Self.caption])])
    }

    private static func value(_ node: Node, digits: Int) -> CellValue? {
        switch node.value {
        case .integer(let value): .integer(value)
        case .number(let value): CellSupport.rounded(value, digits: digits)
        case .boolean(let value): .boolean(value)
        case .string(let text): text.isEmpty ? nil : .text(text)
        default: nil
        }
    }
}
