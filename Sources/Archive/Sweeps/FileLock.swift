import Foundation

/// A lock on a file that ends with the process that holds it, whatever ends that process.
public final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - path: The file that stands for the lock; created where it is missing.
    ///   - isShared: Whether others may share it.
    /// - Throws: `ArchiveError` of kind `busy` where another process has it.
    public init(_ path: String, isShared: Bool = false, busy message: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw PartialFile.unwritable(path, errno) }
        guard flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EWOULDBLOCK else { throw PartialFile.unwritable(path, code) }
            throw ArchiveError(.busy, message)
        }
    }

    deinit { close(descriptor) }
}
