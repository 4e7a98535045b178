import Foundation

/// Keeps cleaning and running apart: any number of runs share a store, cleaning has it alone. The system takes the lock
/// back when a process dies.
final class StoreLock {
    private let descriptor: Int32

    /// Takes the lock. Throws ``StoreBusy`` where another process has it.
    init(_ store: Store, isShared: Bool) throws {
        try Store.makeFolder(store.folder)
        let path = store.folder + "/lock"
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: path])
        }
        guard flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            close(descriptor)
            throw StoreBusy(folder: store.folder)
        }
    }

    deinit { close(descriptor) }
}

/// Keeps one result from being computed twice at the same time, by two cells that ask the same or by two processes.
final class ResultLock {
    private let descriptor: Int32

    /// Waits for the lock; nil where somebody asks to stop meanwhile, or the lock cannot be made.
    init?(_ path: String, isInterrupted: () -> Bool) {
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return nil }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if isInterrupted() {
                close(descriptor)
                return nil
            }
            usleep(20_000)
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
        "the store \(folder) is being cleaned, or a notebook runs in it: wait, or name another one with --store"
    }
}
