import Foundation

/// The parts of `swift package describe --type json` that tell who depends on whom.
struct PackageDescription: Decodable {
    struct Target: Decodable {
        var name: String
        var type: String
        var path: String
        var targetDependencies: [String]?
        var productDependencies: [String]?

        var dependencies: Set<String> { Set((targetDependencies ?? []) + (productDependencies ?? [])) }
    }

    var targets: [Target]

    /// All modules that are not tests.
    var modules: [Target] { targets.filter { $0.type != "test" } }

    /// The folder of Package.swift.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Asks the package manager. A scratch folder of its own keeps it off the lock that `swift test` holds;
    /// `describe` reads the root manifest only and needs no network.
    static func current() throws -> PackageDescription {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "describe-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "swift", "package", "--scratch-path", scratch.path, "describe", "--type", "json",
        ]
        process.currentDirectoryURL = root
        process.standardOutput = pipe
        try process.run()
        let text = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(PackageDescription.self, from: text)
    }
}
