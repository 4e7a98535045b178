import Foundation
import Notebooks
import Schema

/// Fails where something does not hold.
struct AssertCell: CellVerb {
    let name = "assert"
    let version = 1

    private static let that = Field(
        "that", .list(.text, .any), isRequired: true,
        "What has to hold: comparisons such as `\"{{fno.test.relative_l2}} < 0.05\"`, with the functions of cases."
    )

    var schema: TableSchema { TableSchema("Fails where something does not hold.", [Self.that]) }

    func inputs(_ body: CellBody) throws -> [String] { [] }

    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        let claims = (body.document.root["that"]?.elements ?? []).compactMap { node in
            node.text.map { (text: $0, node: node) }
        }
        var failures: [Diagnostic] = []
        for claim in claims {
            do throws(ExpressionError) {
                let value = try Expression(claim.text).evaluate([])
                if !(value != 0) || value.isNaN {
                    failures.append(
                        Diagnostic(
                            at: claim.node.valuePlace, key: "that", message: "does not hold: \(claim.text)"))
                }
            } catch {
                failures.append(
                    Diagnostic(
                        at: claim.node.valuePlace, key: "that",
                        message: "\(error.message) at column \(error.column) of \"\(claim.text)\"",
                        hint: error.hint))
            }
        }
        guard failures.isEmpty else { throw InvalidInput(failures) }
        return CellResult(
            values: [.count("checks", claims.count)],
            tables: [
                CellTable(
                    "checks", columns: ["holds"], rows: claims.map { [.text($0.text)] },
                    volatileColumns: ["holds"])
            ])
    }
}
