import Flow
import Foundation
import Pipeline
import Testing

/// A case that takes milliseconds; the last lines are its expectations.
private func caseText(_ expectations: String, end: String = "0.1", pressure: String = "1.0") -> String {
    """
    # A wave in a box
    [case]
    title = "Small wave"

    [domain]
    cells = [32]
    lower = [0.0]
    upper = [1.0]
    [boundaries]
    x = "periodic"
    [initial]
    density = "1 + 0.1*sin(2*pi*x)"
    velocity = [1.0]
    pressure = "\(pressure)"
    [numerics]
    storage = "float64"
    threads = 1
    [time]
    end = \(end)

    [expect]
    \(expectations)
    """
}

private func withCase<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "wave.toml").path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return try body(path)
}

private let quiet = Console(Console.Manner(quiet: true))

@Test("A result within its tolerance is no drift") func holdingCase() throws {
    try withCase(caseText("\"total.mass\" = 1.0")) { path in
        let report = try CheckCasesVerb(paths: [path]).perform(on: quiet)
        #expect(report.status == .done)
        #expect(report.cases.map(\.checks.count) == [1])
    }
}

@Test("A result outside of its tolerance is drift") func driftingCase() throws {
    try withCase(caseText("\"total.mass\" = { value = 2.0, tolerance = 0.1 }")) { path in
        let report = try CheckCasesVerb(paths: [path]).perform(on: quiet)
        #expect(report.status == .drift)
        #expect(report.cases.first?.checks.first?.found.map { abs($0 - 1) < 1e-12 } == true)
    }
}

@Test("A diverging case is a failure, with its reason") func divergingCase() throws {
    try withCase(caseText("\"total.mass\" = 1.0", pressure: "x < 0.5 ? 1 : -1")) { path in
        let report = try CheckCasesVerb(paths: [path]).perform(on: quiet)
        #expect(report.status == .failed)
        #expect(report.cases.first?.failure?.contains("diverged") == true)
    }
}

@Test("Unknown results are bad input, with their place and what was meant") func unknownResult() throws {
    try withCase(caseText("\"total.mas\" = 1.0")) { path in
        let error = #expect(throws: ToolError.self) { try CheckCasesVerb(paths: [path]).perform(on: quiet) }
        #expect(error?.status == .badInput)
        #expect(error?.message.contains("wave.toml:22:1") == true)
        #expect(error?.message.contains("did you mean \"total.mass\"?") == true)
    }
}

@Test("A result that needs what the case lacks says so") func missingExactSolution() throws {
    try withCase(caseText("\"error.density.l1\" = 1.0")) { path in
        let error = #expect(throws: ToolError.self) { try CheckCasesVerb(paths: [path]).perform(on: quiet) }
        #expect(error?.message.contains("needs an [exact] solution") == true)
    }
}

@Test("Accepting changes the drifted value and nothing else") func acceptance() throws {
    let before = """
        # Why this value
        "total.mass" = { tolerance = 0.01, value = 2.0 }  # and this
        "mean.pressure" = 1.0
        "steps" = 7   # too few
        """
    try withCase(caseText(before)) { path in
        _ = try CheckCasesVerb(paths: [path], accept: true).perform(on: quiet)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let steps = text.split(separator: "\n").first { $0.hasPrefix("\"steps\"") } ?? ""
        #expect(text.contains("\"total.mass\" = { tolerance = 0.01, value = 1.0 }  # and this\n"))
        #expect(steps.hasSuffix("   # too few") && steps != "\"steps\" = 7   # too few")
        #expect(text.hasPrefix(String(caseText("").dropLast())))
        let again = try CheckCasesVerb(paths: [path]).perform(on: quiet)
        #expect(again.status == .done)
    }
}

@Test("A filter that matches nothing is an error") func emptyFilter() throws {
    try withCase(caseText("\"total.mass\" = 1.0")) { path in
        #expect(throws: ToolError.self) {
            try CheckCasesVerb(paths: [path], filter: "shock").perform(on: quiet)
        }
        let found = try CheckCasesVerb(paths: [path], filter: "SMALL").perform(on: quiet)
        #expect(found.cases.count == 1)
    }
}

@Test("Every case of the repository reads, with results that exist") func repositoryCases() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Cases").standardizedFileURL.path
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".toml") {
        let file = try CaseReader.read(path: "\(folder)/\(name)")
        #expect(ResultRegistry.diagnostics(for: file, path: name).isEmpty, "\(name)")
        #expect(!file.flowCase.expectations.isEmpty, "\(name)")
        #expect(!file.flowCase.reference.isEmpty, "\(name)")
    }
}
