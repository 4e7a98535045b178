import Foundation
import Schema

/// The files that a TOML file names, and those that these name: whatever string in it is the path of a file, from its own
/// folder. More than a verb reads costs a needless computation at worst; less would serve old results.
enum ReferencedFiles {
    /// The file itself and all that it names, each once.
    static func of(_ path: String) -> [String] {
        var found: [String] = []
        visit((path as NSString).standardizingPath, &found)
        return found
    }

    private static func visit(_ path: String, _ found: inout [String]) {
        guard !found.contains(path) else { return }
        found.append(path)
        guard path.hasSuffix(".toml"), let document = try? Document(path: path) else { return }
        let folder = (path as NSString).deletingLastPathComponent
        for text in strings(document.root) where text.count < 1000 && !text.isEmpty && !text.contains("\n") {
            let candidate = text.hasPrefix("/") ? text : "\(folder.isEmpty ? "." : folder)/\(text)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder),
                !isFolder.boolValue
            else { continue }
            visit((candidate as NSString).standardizingPath, &found)
        }
    }

    private static func strings(_ node: Node) -> [String] {
        switch node.value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(strings)
        case .table(let entries): entries.flatMap { strings($0.node) }
        default: []
        }
    }
}
