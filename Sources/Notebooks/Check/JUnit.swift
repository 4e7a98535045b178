import Foundation

/// Checks in the XML that continuous integration understands.
public enum JUnit {
    /// One suite a notebook, one test a cell.
    public static func text(_ checks: [(notebook: String, check: NotebookCheck)]) -> String {
        let suites = checks.map { entry in
            let cases = entry.check.cells
            let broken = cases.count { $0.state == .broken }
            let failed = cases.count { [.stale, .drift, .overBudget].contains($0.state) }
            let skipped = cases.count { $0.state == .leftOut }
            let head =
                "  <testsuite name=\"\(escaped(entry.notebook))\" tests=\"\(cases.count)\" failures=\"\(failed)\" "
                + "errors=\"\(broken)\" skipped=\"\(skipped)\">"
            return ([head] + cases.map { test($0, entry.notebook) } + ["  </testsuite>"]).joined(
                separator: "\n")
        }
        let lines =
            ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"] + suites + ["</testsuites>"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static func test(_ cell: NotebookCheck.CellReport, _ notebook: String) -> String {
        let time = String(format: "%.3f", cell.seconds ?? 0)
        let head =
            "    <testcase classname=\"\(escaped(notebook))\" name=\"\(escaped(cell.cell ?? "notebook"))\" time=\"\(time)\""
        let text = escaped(cell.reasons.joined(separator: "\n"))
        switch cell.state {
        case .good: return head + "/>"
        case .leftOut: return head + "><skipped/></testcase>"
        case .broken: return head + "><error type=\"broken\">\(text)</error></testcase>"
        case .stale, .drift, .overBudget:
            return head + "><failure type=\"\(cell.state.rawValue)\">\(text)</failure></testcase>"
        }
    }

    /// Characters that XML 1.0 cannot hold are left out.
    private static func escaped(_ text: String) -> String {
        let allowed = text.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }
        return HTML.escaped(String(String.UnicodeScalarView(allowed)))
    }
}
