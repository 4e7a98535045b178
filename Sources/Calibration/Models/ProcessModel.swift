import Foundation

/// An outside program as a model. Every worker has a process and a folder of its own.
public struct ProcessModel: Model {
    private let description: ProcessDescription
    private let sites: [String]

    /// A program for the sites of a study.
    public init(_ description: ProcessDescription, sites: [String]) {
        self.description = description
        self.sites = sites
    }

    /// See ``Model/makeRunner(worker:)``.
    public func makeRunner(worker: Int) throws -> any ModelRunner {
        try ProcessRunner(description, worker: worker, sites: sites)
    }
}

/// A command that cannot be started.
public struct CommandError: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String
}

/// One worker's process: started when it is needed, killed when it is silent for too long, started again when it died.
final class ProcessRunner: ModelRunner {
    private let description: ProcessDescription
    private let folder: URL
    private let sites: [String]
    private var child: LineProcess?

    init(_ description: ProcessDescription, worker: Int, sites: [String]) throws {
        self.description = description
        self.sites = sites
        folder = URL(fileURLWithPath: description.folder).appending(path: "worker-\(worker)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        child = try LineProcess(description.command, folder: folder)
    }

    func run(_ request: ModelRequest, isCancelled: () -> Bool) -> ModelReply? {
        do {
            let child = try child ?? LineProcess(description.command, folder: folder)
            self.child = child
            guard child.send(ProtocolText.request(request, site: sites[request.site])) else {
                return abandon("the command ended: \(child.awaitEnding())")
            }
            return answer(to: request.number, child, isCancelled)
        } catch { return .failed("\(error)") }
    }

    /// Reads lines until the one that answers.
    private func answer(
        to number: Int, _ child: LineProcess, _ isCancelled: () -> Bool
    ) -> ModelReply? {
        let deadline = Date.now.addingTimeInterval(description.timeout)
        while true {
            switch child.line(until: deadline, isCancelled: isCancelled) {
            case .timeout: return abandon("no answer within \(description.timeout) s")
            case .tooLong: return abandon("an answer of more than \(LineProcess.longestLine) bytes")
            case .cancelled:
                _ = abandon("cancelled")
                return nil
            case .end: return abandon("the command ended before it answered: \(child.awaitEnding())")
            case .line(let text):
                // Answers to requests that were given up, and what programs print besides, are passed over.
                guard let (identifier, reply) = ProtocolText.reply(text),
                    identifier == nil || identifier == number
                else { continue }
                return reply
            }
        }
    }

    private func abandon(_ reason: String) -> ModelReply {
        child?.kill()
        child = nil
        return .failed(reason)
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
