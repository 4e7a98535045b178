import Foundation

/// An outside program as a model. Every worker has a process and a folder of its own.
public struct ProcessModel: Model {
    private let description: ProcessDescription
    private let sites: [String]
    private let notices: ModelNotices

    /// A program for the sites of a study.
    ///
    /// - Parameter notice: Is told at once what looks wrong with the program.
    public init(
        _ description: ProcessDescription, sites: [String],
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.description = description
        self.sites = sites
        notices = ModelNotices(notice)
    }

    /// See ``Model/makeRunner(worker:)``.
    public func makeRunner(worker: Int) throws -> any ModelRunner {
        try ProcessRunner(description, worker: worker, sites: sites, notices)
    }

    /// See ``Model/mayLeaveOut``: with `null`.
    public var mayLeaveOut: Bool { true }

    /// See ``Model/mayBeNoisy``.
    public var mayBeNoisy: Bool { true }
}

/// A command that cannot be started.
public struct CommandError: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String
}

/// What is said of a program while it runs, each kind a few times only: a program that prints its progress is not repeated.
final class ModelNotices: @unchecked Sendable {
    private static let most = 3

    private let lock = NSLock()
    private let tell: @Sendable (String) -> Void
    private var counts: [String: Int] = [:]

    init(_ tell: @escaping @Sendable (String) -> Void) { self.tell = tell }

    /// Tells something of a kind.
    func say(_ kind: String, _ text: String) {
        let isNew = lock.withLock {
            counts[kind, default: 0] += 1
            return counts[kind, default: 0] <= Self.most
        }
        if isNew { tell(text) }
    }
}

/// One worker's process: started when it is needed, killed when it is silent for too long, started again when it died.
final class ProcessRunner: ModelRunner {
    /// Seconds of silence after which the first answer is missed aloud.
    private static let patience = 20.0

    private let description: ProcessDescription
    private let folder: URL
    private let sites: [String]
    private let notices: ModelNotices
    private var child: LineProcess?
    /// Whether the process at hand has answered before.
    private var hasAnswered = false

    init(
        _ description: ProcessDescription, worker: Int, sites: [String], _ notices: ModelNotices
    ) throws {
        self.description = description
        self.sites = sites
        self.notices = notices
        folder = URL(fileURLWithPath: description.folder).appending(path: "worker-\(worker)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try description.link(into: folder)
        child = try LineProcess(description.command, folder: folder)
    }

    func run(_ request: ModelRequest, isCancelled: () -> Bool) -> ModelReply? {
        do {
            let child = try child ?? LineProcess(description.command, folder: folder)
            self.child = child
            guard child.send(ProtocolText.request(request, site: sites[request.site])) else {
                return abandon("the command ended: \(child.awaitEnding())")
            }
            let reply = answer(to: request.number, child, isCancelled)
            hasAnswered = self.child != nil
            return reply
        } catch { return .failed("\(error)") }
    }

    /// Reads lines until the one that answers.
    private func answer(
        to number: Int, _ child: LineProcess, _ isCancelled: () -> Bool
    ) -> ModelReply? {
        let limit = description.timeout + (hasAnswered ? 0 : description.startup)
        let deadline = Date.now.addingTimeInterval(limit)
        let soon = Date.now.addingTimeInterval(Self.patience)
        var isMissed = hasAnswered
        while true {
            switch child.line(until: isMissed ? deadline : min(soon, deadline), isCancelled: isCancelled) {
            case .timeout where !isMissed && soon < deadline:
                isMissed = true
                notices.say(
                    "silence",
                    "no answer yet after \(Int(Self.patience)) s: if the program has one, it does not flush its output; "
                        + "it runs in \(folder.path)")
            case .timeout: return abandon("no answer within \(limit) s")
            case .tooLong: return abandon("an answer of more than \(LineProcess.longestLine) bytes")
            case .cancelled:
                _ = abandon("cancelled")
                return nil
            case .end: return abandon("the command ended before it answered: \(child.awaitEnding())")
            case .line(let text):
                // Answers to requests that were given up, and what programs print besides, are passed over.
                guard let (identifier, reply) = ProtocolText.reply(text) else {
                    passOver(text)
                    continue
                }
                guard identifier == nil || identifier == number else { continue }
                return reply
            }
        }
    }

    private func passOver(_ text: String) {
        let line = text.trimmingCharacters(in: .whitespaces)
        guard !line.isEmpty else { return }
        notices.say("line", "the program wrote what is no answer: \(line.prefix(120))")
    }

    /// Ends the process; the failure tells the last that it wrote on standard error.
    private func abandon(_ reason: String) -> ModelReply {
        child?.kill()
        let said = child?.lastErrors ?? ""
        child = nil
        guard !said.isEmpty else { return .failed(reason) }
        let missing = description.missingInput(namedIn: said)
        let advice =
            missing.map { "; it runs in a folder of its own: add inputs = [\"\($0)\"] to [model]" } ?? ""
        return .failed("\(reason): \(said)\(advice)")
    }

    func end() {
        child?.stop()
        child = nil
    }
}

extension ProcessDescription {
    /// Asks the program for its parameters; nil where it does not say within `seconds`.
    ///
    /// - Throws: ``CommandError`` where it cannot be started.
    public func describe(within seconds: Double = 10) throws -> [Parameter]? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hugoniot-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try link(into: folder)
        let child = try LineProcess(command, folder: folder)
        defer { child.stop() }
        guard child.send(ProtocolText.describe) else { return nil }
        let deadline = Date.now.addingTimeInterval(min(seconds, timeout + startup))
        while case .line(let text) = child.line(until: deadline) {
            if let parameters = ProtocolText.parameters(text) { return parameters }
            // A program that does not know the question says so.
            if ProtocolText.reply(text) != nil { return nil }
        }
        return nil
    }

    /// Makes the inputs known in a folder in which the program runs.
    fileprivate func link(into folder: URL) throws {
        for input in inputs {
            let place = folder.appending(path: (input as NSString).lastPathComponent)
            if (try? FileManager.default.destinationOfSymbolicLink(atPath: place.path)) != nil { continue }
            try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: input)
        }
    }

    /// A file beside the calibration that the program's complaint names and that it is not given; nil where there is none.
    fileprivate func missingInput(namedIn text: String) -> String? {
        let given = Set(inputs.map { ($0 as NSString).lastPathComponent })
        let names = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
        return names.filter { $0.contains(".") && !given.contains($0) && !isPartOfCommand($0) }
            .sorted { ($1.count, $0) < ($0.count, $1) }.first { text.contains($0) }
    }

    /// Complaints name the program itself, too.
    private func isPartOfCommand(_ name: String) -> Bool {
        command.contains { ($0 as NSString).lastPathComponent == name }
    }
}
