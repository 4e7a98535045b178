import Foundation

/// Keeps two processes from working in one store at the same time; the system takes it back when a process dies.
final class StoreLock {
    private let descriptor: Int32

    /// Takes the lock. Throws ``StoreBusy`` where another process has it.
    init(_ store: Store) throws {
        try Store.makeFolder(store.folder)
        let path = store.folder + "/lock"
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path])
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StoreBusy(folder: store.folder)
        }
    }

    deinit { close(descriptor) }
}

/// Another process works in the store.
public struct StoreBusy: Error, CustomStringConvertible {
    /// The store.
    public let folder: String
    /// What to do about it.
    public var description: String {
        "another notebook runs in the store \(folder): wait for it, or name another one with --store"
    }
}
