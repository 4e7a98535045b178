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
    private var answered = false

    init(_ description: ProcessDescription, worker: Int, sites: [String]) throws {
        self.description = description
        self.sites = sites
        folder = URL(fileURLWithPath: description.folder).appending(path: "worker-\(worker)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        child = try LineProcess(description.command, folder: folder)
    }

    func run(_ request: ModelRequest) -> ModelReply {
        do {
            let child = try child ?? LineProcess(description.command, folder: folder)
            self.child = child
            guard child.send(ProtocolText.request(request, site: sites[request.site])) else {
                return abandon("the command ended: \(child.ending)")
            }
            return answer(to: request.number, child)
        } catch { return .failed("\(error)") }
    }

    /// Reads lines until the one that answers.
    private func answer(to number: Int, _ child: LineProcess) -> ModelReply {
        let deadline = Date.now.addingTimeInterval(description.timeout)
        while true {
            switch child.line(until: deadline) {
            case .timeout: return abandon("no answer within \(description.timeout) s")
            case .end: return abandon("the command ended before it answered: \(child.ending)")
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
