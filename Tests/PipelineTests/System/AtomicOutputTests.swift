import Foundation
import Pipeline
import Testing

@Suite("Atomic output")
final class AtomicOutputTests {
    private struct Stop: Error {}
    private let folder: String
    private var file: String { folder + "/result.txt" }

    init() throws {
        folder = NSTemporaryDirectory() + "atomic-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder) }

    @Test("A complete file takes its name and leaves nothing beside it")
    func complete() throws {
        try AtomicOutput.write("new", to: file)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "new")
        #expect(try names() == ["result.txt"])
    }

    @Test("A failed write leaves the old file and no temporary one")
    func failed() throws {
        try AtomicOutput.write("old", to: file)
        #expect(throws: Stop.self) {
            try AtomicOutput.write(to: file) { temporary in
                try Data("half".utf8).write(to: URL(fileURLWithPath: temporary))
                throw Stop()
            }
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "old")
        #expect(try names() == ["result.txt"])
    }

    @Test("An existing file is replaced only where that was asked for")
    func existing() throws {
        try AtomicOutput.write("old", to: file)
        let error = #expect(throws: ToolError.self) {
            try AtomicOutput.write("new", to: file, overwrite: false)
        }
        #expect(error?.status == .badInput)
        #expect(error?.advice?.contains("--overwrite") == true)
    }

    @Test("A missing folder is named before any work is done")
    func missingFolder() {
        let error = #expect(throws: ToolError.self) {
            try AtomicOutput.check(folder + "/absent/result.txt", overwrite: true)
        }
        #expect(error?.message.contains("/absent does not exist") == true)
    }

    @Test("A folder is not a file")
    func folderAsFile() {
        #expect(throws: ToolError.self) { try AtomicOutput.check(folder, overwrite: true) }
    }
}
