import Foundation

/// The first lines of a request: what is asked for, and the headers.
///
/// RFC 9112, sections 3 and 5, without what no browser sends: folded headers, lines that end otherwise than in CRLF, a
/// header that occurs twice.
struct RequestHead: Sendable {
    let method: String
    /// Path and query, as they were sent.
    let target: String
    /// Values by names in small letters.
    let headers: [String: String]

    /// Reads the lines before the empty one. Throws `Refusal` for what is not a request.
    init(_ bytes: some Collection<UInt8>) throws {
        let lines = try Self.lines(bytes)
        let words = lines[0].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 3, words[1].hasPrefix("/"), words[2].hasPrefix("HTTP/1."),
            words[0].utf8.allSatisfy(Self.isLetter)
        else { throw Refusal(400, "this is not HTTP") }
        (method, target) = (words[0], words[1])
        headers = try Self.headers(lines.dropFirst())
    }

    /// At least one line, of printable letters and tabs.
    private static func lines(_ bytes: some Collection<UInt8>) throws -> [String] {
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        let isPrintable = { (byte: UInt8) in byte >= 0x20 && byte != 0x7F || byte == 9 }
        guard lines.allSatisfy({ $0.utf8.allSatisfy(isPrintable) }) else {
            throw Refusal(400, "this is not HTTP")
        }
        return lines
    }

    private static func headers(_ lines: some Sequence<String>) throws -> [String: String] {
        var headers: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy(isLetter) else {
                throw Refusal(400, "a header is not NAME: VALUE")
            }
            let value = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
            guard headers.updateValue(value, forKey: parts[0].lowercased()) == nil else {
                throw Refusal(400, "there are two headers \(parts[0])")
            }
        }
        return headers
    }

    /// What methods and names of headers are made of.
    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
