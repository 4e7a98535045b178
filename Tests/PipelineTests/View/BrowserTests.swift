import Foundation
import Pipeline
import Serving
import Testing

/// What the tests in a browser need.
enum Browser {
    static let isPossible = has("python3") && (has("chromium") || has("chromium-browser"))

    private static func has(_ program: String) -> Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
    }
}

/// A headless Chromium opens the page. Screenshots stay in the folder that `HUGONIOT_SCREENSHOTS` names.
@Suite("The viewer in a browser", .serialized, .enabled(if: Browser.isPossible))
struct BrowserTests {
    private struct Report: Decodable {
        struct Keyboard: Decodable {
            var before, stepped, spoken: String
            var visited: [String]
            var outlined: Bool
        }

        var wide, narrow, dark, foreign: Int
        var title, probe: String
        var owned: Bool
        var milliseconds: [[Double]]
        var keyboard: Keyboard
        var complaints, elsewhere: [String]
    }

    @Test("draws every field, fits two widths, is used by keyboard and mouse, and runs nothing foreign")
    func page() throws {
        let work = try ViewWorkplace()
        let path = try work.run(cells: [512, 512], snapshots: 50, title: ViewWorkplace.evil)
        let server = LoopbackServer(routes: try ViewServer([path]).routes)
        let address = try server.start()
        let folder = ProcessInfo.processInfo.environment["HUGONIOT_SCREENSHOTS"] ?? work.place.path
        let report = try Self.check(address, folder)
        server.stop()

        #expect(report.complaints.isEmpty)
        #expect(report.elsewhere.isEmpty)
        #expect(report.wide == 1280 && report.narrow == 400 && report.dark == 1280)
        // Every field but the first was chosen and drawn. How long that took is not asked of a machine that tests.
        #expect(report.milliseconds.count == 3 && report.milliseconds.allSatisfy { $0.count > 2 })
        #expect(report.title == ViewWorkplace.evil && report.foreign == 0 && !report.owned)
        #expect(report.probe.contains("x") && report.probe.contains("value"))
        #expect(report.keyboard.stepped.contains("(2/50)"))
        #expect(report.keyboard.outlined && report.keyboard.spoken.contains("value"))
        #expect(report.keyboard.visited.contains("play") && report.keyboard.visited.contains("field"))
    }

    private static func check(_ address: String, _ folder: String) throws -> Report {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script = PackageDescription.root.appending(path: "Tests/Browser/check_view.py").path
        process.arguments = ["python3", script, address, folder]
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        let trouble = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ToolError("the browser failed: \(trouble)") }
        return try JSONDecoder().decode(Report.self, from: data)
    }
}
