import Foundation
import Schema

/// Pictures that prose shows, kept in the page: each once, however often it is shown.
struct EmbeddedImages {
    private static let kinds = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp",
        "svg": "image/svg+xml",
    ]

    /// The most bytes of a picture.
    private static let largestSize = 32 << 20

    private let folder: String
    private var names: [String: String] = [:]
    private(set) var styles: [String] = []

    init(folder: String) { self.folder = folder }

    /// The markup of a picture; a picture that is not there is its text, and a problem.
    mutating func markup(_ address: String, alternative: String) -> (html: String, problem: String?) {
        let text = HTML.escaped(alternative)
        let refused = { (problem: String) in (html: "<em>\(text)</em>", problem: Optional(problem)) }
        // What the address means counts, not how it is written.
        let address = address.removingPercentEncoding ?? address
        guard !address.contains(":"), !address.hasPrefix("/"), let path = path(of: address) else {
            return refused("the picture \(address) is not embedded: only files beside the notebook are")
        }
        guard let kind = Self.kinds[FilePath.suffix(of: address).lowercased()] else {
            return refused("\(address) is no picture; allowed: png, jpg, gif, webp, svg")
        }
        if let name = names[path] { return ("<img class=\"\(name)\" alt=\"\(text)\">", nil) }
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.type] as? FileAttributeType == .typeRegular else {
            return refused("there is no picture \(address)")
        }
        guard let size = attributes?[.size] as? Int, size <= Self.largestSize,
            let data = FileManager.default.contents(atPath: path)
        else {
            return refused("the picture \(address) has more than \(Self.largestSize >> 20) MB")
        }
        let name = "picture-\(names.count + 1)"
        names[path] = name
        styles.append(".\(name){content:url(data:\(kind);base64,\(data.base64EncodedString()))}")
        return ("<img class=\"\(name)\" alt=\"\(text)\">", nil)
    }

    /// Where a picture lies, all links followed; nil where that is not in the notebook's folder.
    private func path(of address: String) -> String? {
        guard !address.unicodeScalars.contains(where: { $0.value < 0x20 }), let own = FilePath.real(folder)
        else { return nil }
        // One that is not there cannot be followed; it is told by its name.
        let path = FilePath.real("\(own)/\(address)") ?? FilePath.resolve(address, from: own)
        return path.hasPrefix(own.hasSuffix("/") ? own : own + "/") ? path : nil
    }
}
