import Foundation

/// What was, or would be, removed from a store.
public struct CleaningResult: Sendable, Codable, Equatable {
    /// Results of cells.
    public var results = 0
    /// Files.
    public var objects = 0
    /// Folders of interrupted cells.
    public var interrupted = 0
    /// Bytes of all of them.
    public var bytes = 0
}

extension Store {
    /// Removes results of some notebooks, and of those that are no more, but those under `addresses`; then files that
    /// no result has.
    ///
    /// - Parameters:
    ///   - addresses: The results that are kept.
    ///   - notebooks: The notebooks whose results are asked for in `addresses`; results of others stay.
    ///   - isDryRun: Counts only.
    /// - Throws: ``StoreBusy`` where another process works in the store.
    public func clean(
        keeping addresses: Set<String>, of notebooks: [String], isDryRun: Bool = false
    ) throws -> CleaningResult {
        guard FileManager.default.fileExists(atPath: folder) else { return CleaningResult() }
        let lock = try StoreLock(self, isShared: false)
        defer { withExtendedLifetime(lock) {} }
        var found = CleaningResult()
        let known = Set(notebooks.map(FilePath.absolute))
        let isForeign = { (path: String) in !known.contains(path) && FilePath.isFile(path) }
        let kept = entries().filter { addresses.contains($0.address) || isForeign($0.entry.notebook) }
        let entryPaths = Set(kept.map { entryPath($0.address) })
        let objectPaths = Set(kept.flatMap { $0.entry.result.files.values })
        let working = Set(addresses.map(workingFolder))
        found.results = remove(files(in: "results").filter { !entryPaths.contains($0) }, isDryRun, &found)
        found.objects = remove(files(in: "objects").filter { !objectPaths.contains($0) }, isDryRun, &found)
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/working")) ?? []
        found.interrupted = remove(
            folders.map { "\(folder)/working/\($0)" }.filter { path in
                let owner = try? String(contentsOfFile: "\(path)/\(Self.ownerFile)", encoding: .utf8)
                return !working.contains(path) && !isForeign(owner ?? "")
            }, isDryRun, &found)
        return found
    }

    private func files(in name: String) -> [String] {
        let root = "\(folder)/\(name)"
        return ((try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []).map { "\(root)/\($0)" }
            .filter(FilePath.isFile)
    }

    private func remove(_ paths: [String], _ isDryRun: Bool, _ found: inout CleaningResult) -> Int {
        for path in paths {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            found.bytes += attributes?[.size] as? Int ?? 0
            if !isDryRun { try? FileManager.default.removeItem(atPath: path) }
        }
        return paths.count
    }
}
