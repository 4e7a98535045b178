import Archive
import Calibration
import Foundation

/// All answers of a model in a file that only grows, one JSON object a line: what was written survives whatever ends the
/// process.
final class EvaluationLog: EvaluationStore {
    private let path: String
    private let handle: FileHandle
    private var known: [Key: ModelReply] = [:]

    private struct Key: Hashable {
        var number: Int
        var site: Int
    }

    /// Opens the log of a study. What another run left is taken up where `resume` is true.
    ///
    /// - Throws: `ToolError` where the log is another study's, `ArchiveError` where it cannot be written.
    init(_ path: String, fingerprint: String, resume: Bool) throws {
        self.path = path
        let header =
            "{\"format\": \"hugoniot-evaluations\", \"format_version\": 1, \"study\": \"\(fingerprint)\"}"
        var length = 0
        if resume, let data = FileManager.default.contents(atPath: path), !data.isEmpty {
            var lines = data.split(separator: 10, omittingEmptySubsequences: false)
            // What follows the last end of a line was being written when the process ended.
            let rest = lines.popLast()?.count ?? 0
            guard let first = lines.first, String(decoding: first, as: UTF8.self) == header else {
                throw ToolError(
                    "\(path) belongs to another calibration, or the file was changed since",
                    advice: "begin anew with --overwrite, or give another --output")
            }
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
        if length == 0 { try write(header) }
    }

    /// Answers that were there from the start.
    var count: Int { known.count }

    func reply(number: Int, site: Int) -> ModelReply? { known[Key(number: number, site: site)] }

    func keep(_ reply: ModelReply, to request: ModelRequest, point: [Double]) throws {
        let parameters = request.parameters.map { "\(quoted($0.name)): \($0.value)" }.joined(separator: ", ")
        var line = "{\"run\": \(request.number), \"site\": \(request.site), \"parameters\": {\(parameters)}, "
        switch reply {
        case .value(let value): line += "\"value\": \(value)"
        case .failed(let reason): line += "\"error\": \(quoted(reason))"
        case .outputs(let outputs):
            let list = outputs.sorted { $0.key < $1.key }.map { name, values in
                "\(quoted(name)): [\(values.map(\.description).joined(separator: ", "))]"
            }
            line += "\"outputs\": {\(list.joined(separator: ", "))}"
        }
        try write(line + "}")
    }

    private func write(_ line: String) throws {
        do {
            try handle.write(contentsOf: Data((line + "\n").utf8))
        } catch {
            throw ToolError(
                "\(path) cannot be written: \(error.localizedDescription); what was written before is kept",
                advice: "make room, then go on with --resume", status: .failed)
        }
    }

    private static func read(_ line: Data, into known: inout [Key: ModelReply]) {
        guard let object = try? JSONSerialization.jsonObject(with: line) as? [String: Any],
            let number = object["run"] as? Int, let site = object["site"] as? Int
        else { return }
        let key = Key(number: number, site: site)
        if let reason = object["error"] as? String {
            known[key] = .failed(reason)
        } else if let value = (object["value"] as? NSNumber)?.doubleValue {
            known[key] = .value(value)
        } else if let outputs = object["outputs"] as? [String: [NSNumber]] {
            known[key] = .outputs(outputs.mapValues { $0.map(\.doubleValue) })
        }
    }

    private func quoted(_ text: String) -> String {
        let data = try? JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
