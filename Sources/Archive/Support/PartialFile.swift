internal import CHDF5
import Foundation

/// A file that is being written under a temporary name, `NAME.tmp` beside its final `NAME`, so that no half
/// file ever carries the final name.
final class PartialFile: Sendable {
    let output: String
    let path: String
    private let descriptor: Int32

    /// The temporary name of `output`.
    static func path(for output: String) -> String { output + ".tmp" }

    /// Opens or creates the temporary file and makes sure that nobody else writes it. Throws `ArchiveError`.
    init(output: String) throws {
        self.output = output
        path = Self.path(for: output)
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.unwritable(path, errno) }
        // HDF5 takes the same lock when it opens the file, but only after it has emptied it.
        do { try Self.requireUnlocked(descriptor, path) } catch {
            close(descriptor)
            throw error
        }
    }

    /// Makes sure that nobody writes the file `path`, if it exists. Throws `ArchiveError`.
    static func requireUnlocked(_ path: String) throws {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        try requireUnlocked(descriptor, path)
    }

    private static func requireUnlocked(_ descriptor: Int32, _ path: String) throws {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            throw ArchiveError(.busy, "another process is writing \(path); wait for it or stop it")
        }
        flock(descriptor, LOCK_UN)
    }

    deinit { close(descriptor) }

    /// Makes sure that `bytes` more can be written. Throws `ArchiveError` of kind `diskFull`, with the file
    /// as it was.
    func reserve(_ bytes: Int, for purpose: String) throws {
        #if os(Linux)
            var information = stat()
            guard fstat(descriptor, &information) == 0 else { return try checkFreeSpace(bytes, purpose) }
            // Blocks beyond the end of the file become its own without changing its size.
            if chdf5_reserve(descriptor, information.st_size, off_t(bytes)) == 0 { return }
            guard errno == ENOSPC || errno == EDQUOT else { return try checkFreeSpace(bytes, purpose) }
            throw diskFull(bytes, purpose)
        #else
            try checkFreeSpace(bytes, purpose)
        #endif
    }

    private func checkFreeSpace(_ bytes: Int, _ purpose: String) throws {
        guard let free = Self.freeBytes(beside: path), free < bytes else { return }
        throw diskFull(bytes, purpose)
    }

    /// The error of a full disk: what needed how much, and how much there is.
    func diskFull(_ bytes: Int, _ purpose: String) -> ArchiveError {
        let free = Self.freeBytes(beside: path).map(Wording.bytes) ?? "an unknown amount"
        return ArchiveError(
            .diskFull,
            """
            the disk is full: \(purpose) needs up to \(Wording.bytes(bytes)) in \(path), \(free) free; \
            what was written before is kept
            """)
    }

    /// Waits until the operating system has the file on disk. Throws `ArchiveError`.
    func synchronise() throws {
        guard fsync(descriptor) == 0 else { throw Self.unwritable(path, errno) }
    }

    /// Gives the file its final name, replacing a file of that name in one step. Throws `ArchiveError`.
    func commit() throws {
        releaseReserve()
        try synchronise()
        guard rename(path, output) == 0 else { throw Self.unwritable(output, errno) }
        synchroniseFolder()
    }

    /// Gives back blocks that were reserved beyond the end of the file.
    func releaseReserve() {
        var information = stat()
        if fstat(descriptor, &information) == 0 { ftruncate(descriptor, information.st_size) }
    }

    /// Removes the temporary file.
    func discard() { unlink(path) }

    private func synchroniseFolder() {
        let folder = open(Self.folder(of: output), O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    static func folder(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    /// Bytes that an ordinary user may still write beside `path`; nil where the system does not say.
    static func freeBytes(beside path: String) -> Int? {
        var information = statvfs()
        guard statvfs(folder(of: path), &information) == 0 else { return nil }
        return Int(information.f_bavail) * Int(information.f_frsize)
    }

    static func unwritable(_ path: String, _ code: Int32) -> ArchiveError {
        let reason = Wording.systemReason(code)
        switch code {
        case ENOENT:
            return ArchiveError(
                .unwritable,
                "cannot write \(path): the folder \(folder(of: path)) does not exist; create it first"
            )
        case ENOSPC, EDQUOT:
            let free = freeBytes(beside: path).map(Wording.bytes) ?? "an unknown amount"
            return ArchiveError(.diskFull, "cannot write \(path): the disk is full (\(free) free)")
        default:
            return ArchiveError(
                .unwritable, "cannot write \(path): \(reason); choose another place with --output")
        }
    }
}
