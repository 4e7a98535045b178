import Foundation

/// A child process that is spoken to line by line.
///
/// It leads a process group of its own, and all that it starts and leaves there ends with it: where it is stopped, where it
/// ends by itself, and, by a watcher, where this process is killed.
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
    private let errors = Pipe()
    private let watcher: ProcessWatcher?
    private var log: ErrorLog
    private var isListening = true
    private var buffer: [UInt8] = []
    /// Where the line begins that is being read, and up to where its end has been looked for.
    private var (start, searched) = (0, 0)

    /// The last lines that it wrote on standard error.
    var lastErrors: String { log.tail }

    /// Starts a command in a folder; what it says on standard error goes to `log.txt` there, see ``ErrorLog``.
    init(_ command: [String], folder: URL) throws {
        Self.ignoresBrokenPipes
        guard let path = Self.find(command[0]) else {
            throw CommandError(description: "there is no program \"\(command[0])\" to run")
        }
        log = ErrorLog(folder.appending(path: "log.txt"))
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = folder
        // Python keeps answers back until some thousand bytes are together, unless it is told not to.
        process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONUNBUFFERED": "1"]) {
            own, _ in own
        }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw CommandError(
                description:
                    "\"\(command.joined(separator: " "))\" cannot be run: \(error.localizedDescription)")
        }
        watcher = ProcessWatcher(group: process.processIdentifier)
        let descriptor = errors.fileHandleForReading.fileDescriptor
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
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
            var descriptors = [pollfd(output), pollfd(errors)]
            // Without a listener the second one would be ready at once, for ever.
            let ready = poll(&descriptors, isListening ? 2 : 1, Int32(min(left * 1000 + 1, 100)))
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { continue }
            if isListening, descriptors[1].revents != 0 { listen() }
            if descriptors[0].revents != 0, !fill() { return .end }
        }
    }

    private func pollfd(_ pipe: Pipe) -> pollfd {
        Foundation.pollfd(fd: pipe.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
    }

    /// Reads what is there; false at the end of the stream.
    private func fill() -> Bool {
        let count = Self.read(output) { buffer += $0 }
        return count > 0 || (count < 0 && errno == EINTR)
    }

    /// Writes to the log what is there.
    private func listen() {
        while isListening {
            let count = Self.read(errors) { log.write($0) }
            if count == 0 { isListening = false }
            if count < 0, errno != EINTR { return }
        }
    }

    private static func read(_ pipe: Pipe, _ use: (UnsafeRawBufferPointer) -> Void) -> Int {
        let size = 65536
        return withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { bytes in
            let count = Foundation.read(pipe.fileHandleForReading.fileDescriptor, bytes.baseAddress, size)
            if count > 0 { use(UnsafeRawBufferPointer(rebasing: bytes[..<count])) }
            return count
        }
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
        while process.isRunning, Date.now < deadline {
            listen()
            usleep(2000)
        }
    }

    /// Ends it at once, and with it what it has started and left in its process group.
    func kill() {
        try? input.fileHandleForWriting.close()
        let identifier = process.processIdentifier
        // The group outlives its leader as long as anybody is in it.
        _ = Foundation.kill(-identifier, SIGKILL)
        if process.isRunning { _ = Foundation.kill(identifier, SIGKILL) }
        process.waitUntilExit()
        watcher?.dismiss()
        if isListening { listen() }
        isListening = false
        try? output.fileHandleForReading.close()
        try? errors.fileHandleForReading.close()
    }
}

/// Kills a process group where this process has died without doing so: a shell that waits for the end of a pipe which this
/// process alone holds open.
private final class ProcessWatcher {
    private let shell = Process()
    private let line = Pipe()

    /// nil where there is no shell.
    init?(group: Int32) {
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "read -r word || kill -KILL -- \"-$0\"", "\(group)"]
        shell.standardInput = line
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        guard (try? shell.run()) != nil else { return nil }
    }

    /// Nothing is left to watch.
    func dismiss() {
        try? line.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        try? line.fileHandleForWriting.close()
        shell.waitUntilExit()
    }
}
