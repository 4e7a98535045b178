import Foundation

/// The built command line tool, run as its users run it.
enum Tool {
    struct Result {
        var code: Int32
        var output: String
        var errors: String
    }

    /// The tool lies beside the test bundle.
    static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "hugoniot")

    /// What ran in tests is nobody's business: the registry goes to a folder of its own.
    static let environment = ProcessInfo.processInfo.environment.merging(
        ["HUGONIOT_HOME": NSTemporaryDirectory() + "hugoniot-tests-\(getpid())"]) { $1 }

    static func run(_ arguments: String...) throws -> Result { try run(arguments) }

    /// Runs the tool with its output going to a file, which is then not part of the result.
    static func run(_ arguments: String..., output: FileHandle) throws -> Result {
        let process = Process()
        process.standardOutput = output
        return try run(process, arguments)
    }

    static func run(_ arguments: [String]) throws -> Result {
        let process = Process()
        let output = Pipe()
        process.standardOutput = output
        return try run(process, arguments, output: output)
    }

    /// Starts the tool and does not wait for it. What it says goes nowhere, or to `output`.
    static func start(_ arguments: [String], output: Pipe? = nil, before: [String] = []) throws -> Process {
        let process = Process()
        let command = before + [path.path] + arguments
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.environment = environment
        process.arguments = command
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output ?? FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Runs another program as the tool is run, such as a shell that starts it.
    static func run(_ program: URL, _ arguments: [String], _ more: [String: String] = [:]) throws -> Result {
        let process = Process()
        let output = Pipe()
        process.standardOutput = output
        return try run(process, arguments, output: output, program: program, more)
    }

    private static func run(
        _ process: Process, _ arguments: [String], output: Pipe? = nil, program: URL = path,
        _ more: [String: String] = [:]
    ) throws -> Result {
        // A file: a pipe that nobody reads while the other one is read may fill up.
        let name = NSTemporaryDirectory() + "hugoniot-errors-\(UUID().uuidString)"
        _ = FileManager.default.createFile(atPath: name, contents: nil)
        defer { unlink(name) }
        process.executableURL = program
        process.environment = environment.merging(more) { $1 }
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: name)
        try process.run()
        let text = String(
            decoding: output?.fileHandleForReading.readDataToEndOfFile() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        let errors = (try? String(contentsOfFile: name, encoding: .utf8)) ?? ""
        return Result(code: process.terminationStatus, output: text, errors: errors)
    }
}
