import Archive
import Flow
import Foundation
import Schema

/// A case and the files that its bodies name, as they are when a calibration begins: what is edited meanwhile does not
/// change the model between two of its evaluations.
struct FrozenCase {
    /// The path of the case.
    let path: String
    private let document: Document
    /// Files of bodies by the path that the case gives, in the order of the case.
    private let files: [(name: String, bytes: Data)]

    /// Reads the case. What is wrong in it, and files that are missing, are found when it is read into a case.
    ///
    /// - Throws: `InvalidInput` where it cannot be read.
    init(path: String) throws(InvalidInput) {
        self.path = path
        document = try Document(path: path)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        var names: [String] = []
        for name in Self.paths(in: document.root).compactMap(\.text) where !names.contains(name) {
            names.append(name)
        }
        files = names.compactMap { name in
            let file = URL(fileURLWithPath: name, relativeTo: folder)
            return (try? Data(contentsOf: file)).map { (name, $0) }
        }
    }

    /// Digests of what was read, with the names of the files.
    var digests: [(String, String)] {
        let own = ((path as NSString).lastPathComponent, Fingerprint.sha256(of: document.sourceText))
        let others = files.map { file in
            (
                (file.name as NSString).lastPathComponent,
                file.bytes.withUnsafeBytes { Fingerprint.sha256(of: $0) }
            )
        }
        return [own] + others
    }

    /// The case, its bodies' files replaced by copies in a folder, which is made where there are any.
    func document(withCopiesIn folder: String) throws -> Document {
        guard !files.isEmpty else { return document }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var copies: [String: String] = [:]
        for (index, file) in files.enumerated() {
            // The ending tells what is in it.
            let copy = URL(fileURLWithPath: folder).appending(
                path: "\(index)-\((file.name as NSString).lastPathComponent)")
            try file.bytes.write(to: copy)
            copies[file.name] = copy.standardizedFileURL.path
        }
        let places = Self.paths(in: document.root).map(\.valuePlace)
        return document.replacingStrings { node, text in
            places.contains(node.valuePlace) ? copies[text].map { .string($0) } : nil
        }
    }

    /// The nodes that name a body's file.
    private static func paths(in node: Node) -> [Node] {
        let own = node["shape"]?.text == "file" ? [node["path"]].compactMap { $0 } : []
        return own + (node.elements + node.entries.map(\.node)).flatMap(paths)
    }
}
