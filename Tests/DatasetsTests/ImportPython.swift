import Foundation
import Testing

/// Python as the judge of files of other programs.
enum ImportPython {
    static let hasNumPy = status("import numpy") == 0

    /// Runs a script that must succeed.
    static func run(_ script: String) throws {
        try #require(status(script) == 0, "the script failed:\n\(script)")
    }

    private static func status(_ script: String) -> Int32? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
