import Foundation
import Schema

/// The bytes of a file, and its name for messages.
struct GeometryFile: Sendable {
    let path: String
    let bytes: [UInt8]

    init(path: String) throws(InvalidInput) {
        self.path = path
        do {
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            let exists = FileManager.default.fileExists(atPath: path)
            throw InvalidInput(
                Diagnostic(
                    at: Place(file: path),
                    message: exists
                        ? "the file cannot be read: \(error.localizedDescription)" : "there is no such file",
                    hint: "a path in a case is relative to where the command runs"))
        }
        if bytes.isEmpty { throw problem("the file is empty") }
    }

    /// A message about the file, or a line of it.
    func problem(
        _ message: String, line: Int? = nil, allowed: String? = nil, hint: String? = nil
    ) -> InvalidInput {
        InvalidInput(
            Diagnostic(at: Place(file: path, line: line), message: message, allowed: allowed, hint: hint))
    }

    /// A little-endian number of four bytes. The caller has checked that they exist.
    func word(at offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
    }
}

/// The lines of a text file and their words.
struct TextLines {
    private let bytes: [UInt8]
    private let separators: Set<UInt8>
    private let comment: UInt8
    private var offset = 0
    /// The number of the line that ``next()`` returned, from 1.
    private(set) var number = 0

    init(_ file: GeometryFile, separators: String = " \t", comment: Character = "#") {
        bytes = file.bytes
        self.separators = Set(separators.utf8)
        self.comment = comment.asciiValue ?? 35
        // The mark that some programs put before UTF-8.
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { offset = 3 }
    }

    /// The words of the next line, without comments; nil after the last.
    mutating func next() -> [String]? {
        guard offset < bytes.count else { return nil }
        number += 1
        var words: [String] = []
        var start = offset
        var isComment = false
        while offset < bytes.count, bytes[offset] != 10, bytes[offset] != 13 {
            let byte = bytes[offset]
            if byte == comment { isComment = true }
            if isComment || separators.contains(byte) {
                if start < offset { words.append(text(start..<offset)) }
                start = offset + 1
            }
            offset += 1
        }
        if start < offset, !isComment { words.append(text(start..<offset)) }
        if offset + 1 < bytes.count, bytes[offset] == 13, bytes[offset + 1] == 10 { offset += 1 }
        offset += 1
        return words
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
