import Foundation

/// A lock on a file that ends with the process that holds it, whatever ends that process.
public final class FileLock: Sendable {
    private let file: OpenFile

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - path: The file that stands for the lock; created where it is missing.
    ///   - isShared: Whether others may share it.
    /// - Throws: `ArchiveError` of kind `busy` where another process has it.
    public init(_ path: String, isShared: Bool = false, busy message: String) throws {
        guard let file = OpenFile(path, flags: O_RDWR | O_CREAT | O_NOFOLLOW) else {
            throw PartialFile.unwritable(path, errno)
        }
        guard flock(file.descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw PartialFile.unwritable(path, errno) }
            throw ArchiveError(.busy, message)
        }
        self.file = file
    }
}
