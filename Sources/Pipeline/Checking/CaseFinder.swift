import Foundation

/// The case files behind the paths of a command line.
enum CaseFinder {
    /// The names of folders that hold other files than cases.
    private static let others: Set = ["campaigns", "calibrations", "trainings"]

    /// Files as they are, folders as all `.toml` files in them and below, but for those of other files, sorted.
    ///
    /// - Throws: `ToolError` where a path does not exist.
    static func files(_ paths: [String]) throws -> [String] {
        try paths.flatMap { path in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw ToolError(
                    "\(path): no such file or folder", advice: "check the path and the folder you are in")
            }
            guard isFolder.boolValue else { return [path] }
            let names = (FileManager.default.enumerator(atPath: path)?.allObjects ?? []).compactMap {
                $0 as? String
            }
            let cases = names.filter { name in
                name.hasSuffix(".toml")
                    && others.isDisjoint(with: (name as NSString).pathComponents.dropLast())
            }
            return cases.sorted().map {
                (path as NSString).appendingPathComponent($0)
            }
        }
    }
}
