import Foundation
import Testing

@Suite("Equations of state stand in Fluids alone")
struct FluidTests {
    /// The ratio of specific heats by its name, as a default, or in a formula.
    private static let forbidden: [(what: String, pattern: String)] = [
        ("the identifier gamma", #"\bgamma\b"#),
        ("a ratio of specific heats of 1.4", #"\bheatRatio\b[^\n]*\b1\.4\b"#),
        (
            "a formula with the ratio of specific heats",
            #"\bheatRatio\s*[+*/\-]|[+*/\-]\s*[A-Za-z_.]*\bheatRatio\b"#
        ),
    ]

    @Test("no source outside of Fluids knows the ratio of specific heats")
    func sources() throws {
        for (name, code) in try Self.sources() {
            for (what, pattern) in Self.forbidden {
                let lines = try Self.lines(of: code, matching: pattern)
                #expect(lines.isEmpty, "\(name) has \(what) in lines \(lines)")
            }
        }
    }

    @Test("the search sees code, labels and defaults, and neither comments nor literals")
    func search() throws {
        let code = SwiftCode.stripped(
            #"""
            /// gamma
            let a = "gamma \"gamma" // gamma
            /* gamma /* gamma */ gamma */ let b = #"gamma"#
            let c = """
                gamma
                """
            call(gas.gamma)
            var heatRatio = 1.4
            let d = (gas.heatRatio - 1) * h
            NormalShock(mach: 2, heatRatio: gas.heatRatio)
            """#)
        let found = try Self.forbidden.map { try Self.lines(of: code, matching: $0.pattern) }
        #expect(found == [[7], [8], [9]])
    }

    private static func lines(of code: String, matching pattern: String) throws -> [Int] {
        // Simple boundaries: those of Unicode see one word in `gas.gamma`.
        let expression = try Regex(pattern).wordBoundaryKind(.simple)
        return code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            $0.element.contains(expression) ? $0.offset + 1 : nil
        }
    }

    /// Paths and code of all sources but those of Fluids that have one of the words anywhere.
    private static func sources() throws -> [(String, String)] {
        let folder = PackageDescription.root.appending(path: "Sources")
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".swift") && !$0.hasPrefix("Fluids/") }.sorted()
            .compactMap { name in
                let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                guard text.contains("gamma") || text.contains("heatRatio") else { return nil }
                return (name, SwiftCode.stripped(text))
            }
    }
}
