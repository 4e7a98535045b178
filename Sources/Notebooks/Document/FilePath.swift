import Foundation

/// Paths as texts.
enum FilePath {
    /// The folder of a file; "." where the path has none.
    static func folder(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    /// The path without its last suffix.
    static func withoutExtension(_ path: String) -> String {
        // Foundation ends the process at ".".
        path.hasSuffix(".") ? path : (path as NSString).deletingPathExtension
    }

    /// The suffix without its dot; empty where there is none.
    static func suffix(of path: String) -> String { (path as NSString).pathExtension }

    /// The last part of a path.
    static func name(of path: String) -> String { (path as NSString).lastPathComponent }

    /// A path that starts from a folder unless it is absolute.
    static func resolve(_ path: String, from folder: String) -> String {
        if path.hasPrefix("/") { return path }
        return (("\(folder)/\(path)") as NSString).standardizingPath
    }

    /// The path from the root of the file system, whatever folder the process is in later.
    static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    /// The path without links; nil where there is nothing.
    static func real(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    /// Whether there is a regular file.
    static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }
}
