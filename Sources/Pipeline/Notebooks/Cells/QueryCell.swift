import Archive
import Foundation
import Notebooks
import Schema

/// Asks the registry of runs, and the values of the needed cells, in SQL.
struct QueryCell: CellVerb {
    let name = "query"
    let version = 1

    private static let sql = Key<String>.text("sql", "One SELECT.")
    private static let caption = Key<String>.text("caption", default: "", "The text below.")
    private static let volatile = Field(
        "volatile", .list(.text, .any), "Columns that differ from run to run and are not compared.")

    var schema: TableSchema {
        TableSchema(
            "Asks in SQL: the table `run` is the registry of everything that ran on this machine (`verb`, `title`, "
                + "`status`, `inputPath`, `steps`, `seconds`, …), the table `value` (`cell`, `name`, `number`, `text`) "
                + "holds the values of the needed cells. Nothing can be written. Its values: `rows`, and those of the "
                + "first row by their columns. What `run` says is not part of the key: the answer is that of the "
                + "first time, until the cell or what it needs changes.",
            [Self.sql, Self.caption, Self.volatile])
    }

    func inputs(_ body: CellBody) throws -> [String] { [] }

    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        let known = context.needs.sorted { $0.key < $1.key }.flatMap { id, result in
            result.values.map {
                (cell: id, name: $0.name, number: $0.value.number, text: $0.value.exactText(nil))
            }
        }
        let answer = try RegistryQuery.answer(body[Self.sql], values: known)
        let volatile = (body.document.root["volatile"]?.elements ?? []).compactMap(\.text)
        let rows = answer.rows.map { $0.map(Self.value) }
        var values = [NamedValue.count("rows", rows.count)]
        for (column, value) in zip(answer.columns, rows.first ?? []) {
            guard let value else { continue }
            values.append(NamedValue(column, value, isVolatile: volatile.contains(column)))
        }
        let table = CellTable(
            "answer", columns: answer.columns, rows: rows, caption: body[Self.caption],
            volatileColumns: volatile)
        return CellResult(values: values, tables: [table])
    }

    private static func value(_ value: QueryAnswer.Value) -> CellValue? {
        switch value {
        case .null: nil
        case .integer(let value): .integer(Int(value))
        case .real(let value): .number(value)
        case .text(let value): .text(value)
        }
    }
}
