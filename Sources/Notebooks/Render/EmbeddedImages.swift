import Foundation
import Schema

/// Pictures that prose shows, kept in the page: each once, however often it is shown.
struct EmbeddedImages {
    private static let kinds = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp",
        "svg": "image/svg+xml",
    ]

    private let folder: String
    private var names: [String: String] = [:]
    private(set) var styles: [String] = []

    init(folder: String) { self.folder = folder }

    /// The markup of a picture; a picture that is not there is its text, and a problem.
    mutating func markup(_ address: String, alternative: String) -> (html: String, problem: String?) {
        let text = HTML.escaped(alternative)
        guard !address.contains(":"), !address.hasPrefix("/") else {
            return (
                "<em>\(text)</em>",
                "the picture \(address) is not embedded: only files beside the notebook are"
            )
        }
        let path = FilePath.resolve(address.removingPercentEncoding ?? address, from: folder)
        guard let kind = Self.kinds[FilePath.suffix(of: path).lowercased()] else {
            return ("<em>\(text)</em>", "\(address) is no picture; allowed: png, jpg, gif, webp, svg")
        }
        if let name = names[path] { return ("<img class=\"\(name)\" alt=\"\(text)\">", nil) }
        guard let data = FileManager.default.contents(atPath: path) else {
            return ("<em>\(text)</em>", "there is no picture \(address)")
        }
        let name = "picture-\(names.count + 1)"
        names[path] = name
        styles.append(".\(name){content:url(data:\(kind);base64,\(data.base64EncodedString()))}")
        return ("<img class=\"\(name)\" alt=\"\(text)\">", nil)
    }
}
