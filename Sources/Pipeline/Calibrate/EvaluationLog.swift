import Archive
import Calibration
import Foundation

/// All answers of a model in a file that only grows, one JSON object a line: what was written survives whatever ends the
/// process. An answer is used again for the same number, site and parameters only: where a resumed calibration goes
/// another way, it runs the model anew.
final class EvaluationLog: EvaluationStore {
    private let path: String
    private let handle: FileHandle
    private var known: [Key: Answer] = [:]
    private var lastSynchronised = 0.0
    /// How many answers were taken from what was there.
    private(set) var reused = 0

    private struct Key: Hashable {
        var number: Int
        var site: Int
    }

    private struct Answer {
        var parameters: [String: Double]
        var reply: ModelReply
    }

    /// Opens the log of a study. What another run left is taken up where `resume` is true.
    ///
    /// - Parameters:
    ///   - fingerprint: Tells studies apart.
    ///   - files: Digests of the other files that the answers depend on, by name.
    /// - Throws: `ToolError` where the log is another study's, where one of the files has changed since, and where it
    ///   cannot be written.
    init(_ path: String, fingerprint: String, files: [String: String], resume: Bool) throws {
        self.path = path
        let header = Header(study: fingerprint, files: files)
        var length = 0
        if resume, let data = FileManager.default.contents(atPath: path), !data.isEmpty {
            var lines = data.split(separator: 10, omittingEmptySubsequences: false)
            // What follows the last end of a line was being written when the process ended.
            let rest = lines.popLast()?.count ?? 0
            try header.requireSame(lines.first, in: path)
            length = data.count - rest
            for line in lines.dropFirst() { Self.read(line, into: &known) }
        }
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ToolError("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.truncate(atOffset: UInt64(length))
        try handle.seekToEnd()
        if length == 0 {
            try write(header.text())
            try synchronise()
            try AtomicOutput.synchronizeFolder(of: path)
        }
    }

    func reply(to request: ModelRequest) -> ModelReply? {
        guard let answer = known[Key(number: request.number, site: request.site)],
            answer.parameters.count == request.parameters.count,
            request.parameters.allSatisfy({ answer.parameters[$0.name] == $0.value })
        else { return nil }
        reused += 1
        return answer.reply
    }

    func keep(_ reply: ModelReply, to request: ModelRequest) throws {
        let parameters = request.parameters.map { "\(quoted($0.name)): \($0.value)" }.joined(separator: ", ")
        var line = "{\"run\": \(request.number), \"site\": \(request.site), \"parameters\": {\(parameters)}, "
        switch reply {
        case .value(let value): line += "\"value\": \(value)"
        case .failed(let reason): line += "\"error\": \(quoted(reason))"
        case .outputs(let outputs):
            let list = outputs.sorted { $0.key < $1.key }.map { name, values in
                "\(quoted(name)): [\(values.map(ProtocolText.number).joined(separator: ", "))]"
            }
            line += "\"outputs\": {\(list.joined(separator: ", "))}"
        }
        try write(line + "}")
        // Models that answer thousands of times a second are not made to wait for the disk each time: what a power cut
        // takes of the last second is computed again.
        if monotonicSeconds() - lastSynchronised >= 1 { try synchronise() }
    }

    private func write(_ line: String) throws {
        try working { try handle.write(contentsOf: Data((line + "\n").utf8)) }
    }

    /// Brings the log to the disk, so that no answer is lost when the power fails.
    func synchronise() throws {
        try working { try handle.synchronize() }
        lastSynchronised = monotonicSeconds()
    }

    private func working(_ body: () throws -> Void) throws {
        do { try body() } catch {
            throw ToolError(
                "\(path) cannot be written: \(error.localizedDescription); what was written before is kept",
                advice: "make room, then go on with --resume", status: .failed)
        }
    }

    /// The first line of the log.
    private struct Header: Codable {
        var format = "hugoniot-evaluations"
        var formatVersion = 1
        var study: String
        var files: [String: String]

        enum CodingKeys: String, CodingKey {
            case format, study, files
            case formatVersion = "format_version"
        }

        func text() throws -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }

        /// Throws `ToolError` where a log that begins with `line` holds answers to other questions.
        func requireSame(_ line: Data?, in path: String) throws {
            let other = line.flatMap { try? JSONDecoder().decode(Header.self, from: $0) }
            guard let other, other.format == format, other.formatVersion == formatVersion,
                other.study == study
            else {
                throw ToolError(
                    "\(path) belongs to another calibration, or the file was changed since",
                    advice: "begin anew with --overwrite, or give another --output")
            }
            let names = Set(files.keys).union(other.files.keys)
            let changed = names.filter { files[$0] != other.files[$0] }.sorted()
            guard changed.isEmpty else {
                throw ToolError(
                    "\(changed.joined(separator: ", ")) changed since the calibration began: answers from before and "
                        + "from now on would not belong together",
                    advice: "restore what it was, begin anew with --overwrite, or give another --output")
            }
        }
    }

    /// A line of the log.
    private struct Line: Decodable {
        var run, site: Int
        var parameters: [String: Double]
        var value: Double?
        /// null: left out by the model.
        var outputs: [String: [Double?]]?
        var error: String?

        var reply: ModelReply? {
            error.map(ModelReply.failed) ?? value.map(ModelReply.value)
                ?? outputs.map { known in
                    ModelReply.outputs(known.mapValues { values in values.map { $0 ?? .nan } })
                }
        }
    }

    private static func read(_ text: Data, into known: inout [Key: Answer]) {
        guard let line = try? JSONDecoder().decode(Line.self, from: Data(text)), let reply = line.reply
        else { return }
        known[Key(number: line.run, site: line.site)] = Answer(parameters: line.parameters, reply: reply)
    }

    private func quoted(_ text: String) -> String { ProtocolText.quoted(text) }
}
