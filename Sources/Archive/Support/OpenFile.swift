import Foundation
import Synchronization

/// A file that this process has open, perhaps locked. Programs that it starts inherit nothing of it.
final class OpenFile: Sendable {
    let path: String
    let descriptor: Int32
    private let isOpened = Atomic(true)

    /// Whether it has not been closed.
    var isOpen: Bool { isOpened.load(ordering: .acquiring) }

    /// Takes over a descriptor.
    init(_ path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Opens a file; nil, and `errno`, where that fails.
    convenience init?(_ path: String, flags: Int32) {
        let descriptor = open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return nil }
        self.init(path, descriptor: descriptor)
    }

    /// Locks the file; false where another process has it. Systems without locks have no others.
    func lock(isShared: Bool = false) -> Bool {
        guard ProcessInfo.processInfo.environment["HDF5_USE_FILE_LOCKING"] != "FALSE" else { return true }
        return flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 || errno != EWOULDBLOCK
    }

    /// Closes the file. Its lock goes with it, even while a process that another thread has just started holds a copy of
    /// the descriptor: until that process runs its own program, it has copies of all of them.
    func close() {
        guard isOpened.exchange(false, ordering: .acquiringAndReleasing) else { return }
        flock(descriptor, LOCK_UN)
        Foundation.close(descriptor)
    }

    deinit { close() }

    /// Whether the file is a plain one that no other name leads to: what is written to it changes nothing else.
    var isPlain: Bool {
        var information = stat()
        return fstat(descriptor, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
            && information.st_nlink == 1
    }

    /// Whether its name still leads to it.
    var hasItsName: Bool {
        var own = stat()
        var named = stat()
        return fstat(descriptor, &own) == 0 && lstat(path, &named) == 0 && own.st_ino == named.st_ino
            && own.st_dev == named.st_dev
    }

    /// Bytes of the file; nil where the system does not say.
    var byteCount: Int? {
        var information = stat()
        return fstat(descriptor, &information) == 0 ? Int(information.st_size) : nil
    }
}

/// Files that are written under a name of their own before they get their final one. Such a name is never followed
/// elsewhere: in a folder that others may write to, a link of this name would make us overwrite its target.
enum TemporaryName {
    /// Creates an empty file, or empties what a killed process left. Throws `ArchiveError`.
    static func create(_ path: String) throws -> OpenFile {
        // Between two looks at the folder another process may create or remove the file.
        for _ in 0..<100 {
            if let file = OpenFile(path, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW) {
                guard file.lock() else { throw busy(path) }
                return file
            }
            guard errno == EEXIST else { throw PartialFile.unwritable(path, errno) }
            guard let left = try take(path) else { continue }
            guard ftruncate(left.descriptor, 0) == 0 else { throw PartialFile.unwritable(path, errno) }
            return left
        }
        throw busy(path)
    }

    /// Opens what a killed process left, as it is; nil where there is nothing. Throws `ArchiveError` where another
    /// process writes it, and where it is no plain file.
    static func take(_ path: String) throws -> OpenFile? {
        guard let file = OpenFile(path, flags: O_RDWR | O_NOFOLLOW | O_NONBLOCK) else {
            switch errno {
            case ENOENT: return nil
            case ELOOP: throw notPlain(path)
            default: throw PartialFile.unwritable(path, errno)
            }
        }
        guard file.isPlain else { throw notPlain(path) }
        guard file.lock() else { throw busy(path) }
        return file.hasItsName ? file : nil
    }

    private static func busy(_ path: String) -> ArchiveError {
        ArchiveError(.busy, "another process is writing \(path); wait for it or stop it")
    }

    private static func notPlain(_ path: String) -> ArchiveError {
        ArchiveError(
            .unwritable,
            "cannot write \(path): it is a link or no plain file, and what it leads to would be overwritten; remove it"
        )
    }
}
