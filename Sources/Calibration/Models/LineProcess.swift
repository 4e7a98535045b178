import Foundation

/// A child process that is spoken to line by line.
final class LineProcess {
    /// What came of waiting for a line.
    enum Event {
        case line(String)
        case timeout
        case cancelled
        case tooLong
        case end
    }

    /// No answer is longer than this many bytes.
    static let longestLine = 1 << 28
    /// Writing to a child that has died is an answer, not the end of this process.
    private static let ignoresBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer: [UInt8] = []
    /// Where the line begins that is being read, and up to where its end has been looked for.
    private var (start, searched) = (0, 0)

    /// Starts a command in a folder; what it says on standard error goes to `log.txt` there.
    init(_ command: [String], folder: URL) throws {
        Self.ignoresBrokenPipes
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
    static func find(_ word: String) -> String? {
        let places =
            word.contains("/")
            ? [word]
            : (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map {
                "\($0)/\(word)"
            }
        return places.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// How the process ended, in words. One that lives on after it has closed its end of the line is killed.
    func awaitEnding() -> String {
        wait(seconds: 1)
        kill()
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

    /// The next line; `isCancelled` is asked ten times a second.
    func line(until deadline: Date, isCancelled: () -> Bool = { false }) -> Event {
        while true {
            if let end = buffer[searched...].firstIndex(of: 10) {
                defer { (start, searched) = (end + 1, end + 1) }
                return .line(String(decoding: buffer[start..<end], as: UTF8.self))
            }
            buffer.removeFirst(start)
            (start, searched) = (0, buffer.count)
            guard searched < Self.longestLine else { return .tooLong }
            guard !isCancelled() else { return .cancelled }
            let left = deadline.timeIntervalSinceNow
            guard left > 0 else { return .timeout }
            var descriptor = pollfd(
                fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&descriptor, 1, Int32(min(left * 1000 + 1, 100)))
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
        wait(seconds: 1)
        kill()
    }

    private func wait(seconds: Double) {
        let deadline = Date.now.addingTimeInterval(seconds)
        while process.isRunning, Date.now < deadline { usleep(2000) }
    }

    /// Ends it at once, and with it what it has started and left in its process group.
    func kill() {
        try? input.fileHandleForWriting.close()
        let identifier = process.processIdentifier
        if getpgid(identifier) == identifier { _ = Foundation.kill(-identifier, SIGKILL) }
        if process.isRunning { _ = Foundation.kill(identifier, SIGKILL) }
        process.waitUntilExit()
        try? output.fileHandleForReading.close()
    }
}
