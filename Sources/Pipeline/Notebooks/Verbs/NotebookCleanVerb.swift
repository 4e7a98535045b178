import Foundation
import Notebooks

/// Removes results from the store that no notebook asks for any more.
public struct NotebookCleanVerb: Verb {
    /// Notebooks, and folders of notebooks. All notebooks beside them keep their results too.
    public var paths: [String]
    /// The store; nil: the standard one of the first notebook.
    public var store: String?
    /// Counts, and removes nothing.
    public var isDryRun: Bool

    /// A cleaning as the command line describes it.
    public init(paths: [String], store: String? = nil, isDryRun: Bool = false) {
        (self.paths, self.store, self.isDryRun) = (paths, store, isDryRun)
    }

    /// Removes. Throws where a notebook cannot be read: what it asks for is not known then.
    public func perform(on console: Console) throws -> NotebookCleanReport {
        let named = try NotebookPlace.files(paths)
        let folders = Set(named.map { ($0 as NSString).deletingLastPathComponent })
        let all = Set(named).union(folders.flatMap { NotebookPlace.siblings(in: $0.isEmpty ? "." : $0) })
        guard let first = named.first else { throw ToolError("no notebook is named") }
        let target = Store(folder: store ?? Store.standardFolder(of: first))
        let build = ToolBuild.environment.build
        var addresses: Set<String> = []
        var keys: Set<String> = []
        for path in all.sorted() {
            let place = try NotebookPlace(path, store: store)
            let current = try place.keys().values
            addresses.formUnion(current.map { $0.address(build: build) })
            keys.formUnion(place.lock.cells.values.map(\.key))
        }
        // Accepted results stay as well, until those of this build replace them.
        let accepted = target.entries().filter { keys.contains($0.entry.key) && $0.entry.build == build }
        addresses.formUnion(accepted.map(\.address))
        return NotebookCleanReport(
            store: target.folder,
            removed: try target.clean(keeping: addresses, of: all.sorted(), isDryRun: isDryRun),
            isDryRun: isDryRun)
    }
}

/// What was removed.
public struct NotebookCleanReport: VerbReport {
    /// The store.
    public var store: String
    /// What was, or would be, removed.
    public var removed: CleaningResult
    /// Whether nothing was removed.
    public var isDryRun: Bool

    private enum CodingKeys: String, CodingKey {
        case store, removed
        case isDryRun = "dry_run"
    }

    /// One line.
    public func text(on terminal: Terminal) -> String {
        "\(store): \(removed.results) results, \(removed.objects) files, \(removed.interrupted) interrupted, "
            + "\(ProgressText.bytes(removed.bytes)) \(isDryRun ? "would be removed" : "removed")"
    }
}
