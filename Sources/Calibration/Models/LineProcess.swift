import Foundation

/// A child process that is spoken to line by line.
final class LineProcess {
    /// What came of waiting for a line.
    enum Event {
        case line(String)
        case timeout
        case end
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer: [UInt8] = []
    private var start = 0

    /// Starts a command in a folder; what it says on standard error goes to `log.txt` there.
    init(_ command: [String], folder: URL) throws {
        guard let path = Self.find(command[0]) else {
            throw CommandError(description: "there is no program \"\(command[0])\" to run")
        }
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = folder
        process.standardInput = input
        process.standardOutput = output
        let log = folder.appending(path: "log.txt").path
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        let handle = FileHandle(forWritingAtPath: log)
        handle?.seekToEndOfFile()
        process.standardError = handle ?? FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw CommandError(
                description:
                    "\"\(command.joined(separator: " "))\" cannot be run: \(error.localizedDescription)")
        }
    }

    /// The executable of a word: a path, or a name on PATH.
    private static func find(_ word: String) -> String? {
        let places =
            word.contains("/")
            ? [word]
            : (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map {
                "\($0)/\(word)"
            }
        return places.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// How the process ended, in words.
    var ending: String {
        process.waitUntilExit()
        return process.terminationReason == .exit
            ? "exit code \(process.terminationStatus)" : "signal \(process.terminationStatus)"
    }

    /// Writes a line; false where nobody reads any more.
    func send(_ line: String) -> Bool {
        var bytes = Array(line.utf8)[...]
        bytes.append(10)
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes {
                write(input.fileHandleForWriting.fileDescriptor, $0.baseAddress, $0.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return false }
            bytes = bytes.dropFirst(written)
        }
        return true
    }

    /// The next line.
    func line(until deadline: Date) -> Event {
        while true {
            if let end = buffer[start...].firstIndex(of: 10) {
                defer { start = end + 1 }
                return .line(String(decoding: buffer[start..<end], as: UTF8.self))
            }
            if start > 0 {
                buffer.removeFirst(start)
                start = 0
            }
            let left = deadline.timeIntervalSinceNow
            guard left > 0 else { return .timeout }
            var descriptor = pollfd(
                fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&descriptor, 1, Int32(min(left * 1000 + 1, 1e8)))
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { continue }
            if !fill() { return .end }
        }
    }

    /// Reads what is there; false at the end of the stream.
    private func fill() -> Bool {
        let size = 65536
        let count = withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { bytes in
            let count = read(output.fileHandleForReading.fileDescriptor, bytes.baseAddress, size)
            if count > 0 { buffer += bytes.prefix(count) }
            return count
        }
        return count > 0 || (count < 0 && errno == EINTR)
    }

    /// Asks it to leave, and waits a moment for that.
    func stop() {
        _ = send(ProtocolText.stop)
        try? input.fileHandleForWriting.close()
        let deadline = Date.now.addingTimeInterval(1)
        while process.isRunning, Date.now < deadline { usleep(2000) }
        kill()
    }

    /// Ends it at once.
    func kill() {
        try? input.fileHandleForWriting.close()
        if process.isRunning { _ = Foundation.kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        try? output.fileHandleForReading.close()
    }
}

extension ProcessDescription {
    /// Asks the program for its parameters; nil where it does not say within `seconds`.
    ///
    /// - Throws: ``CommandError`` where it cannot be started.
    public func describe(within seconds: Double = 10) throws -> [Parameter]? {
        let folder = URL(fileURLWithPath: folder).appending(path: "worker-0")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let child = try LineProcess(command, folder: folder)
        defer { child.stop() }
        guard child.send(ProtocolText.describe) else { return nil }
        let deadline = Date.now.addingTimeInterval(min(seconds, timeout))
        while case .line(let text) = child.line(until: deadline) {
            if let parameters = ProtocolText.parameters(text) { return parameters }
            // A program that does not know the question says so.
            if ProtocolText.reply(text) != nil { return nil }
        }
        return nil
    }
}
