internal import CHDF5
import Foundation

/// A file that is being written under a temporary name, `NAME.tmp` beside its final `NAME`. It gets that name only when it
/// is known to be whole: closed, without a failure on the way, readable, and on the disk.
final class PartialFile: Sendable {
    let output: String
    /// The temporary file, locked.
    let file: OpenFile

    var path: String { file.path }

    /// The temporary name of `output`.
    static func path(for output: String) -> String { output + ".tmp" }

    /// The journal of a file that is written for so long that it has to survive a kill; see `HDF5File`.
    static func journal(for path: String) -> String { path + ".journal" }

    /// Begins the temporary file, emptying what a killed process left; `path` is its name where `NAME.tmp` is taken.
    /// Throws `ArchiveError`.
    init(creating output: String, at path: String? = nil) throws {
        self.output = output
        let path = path ?? Self.path(for: output)
        file = try TemporaryName.create(path)
        // What an unfinished flush left belongs to what has just been emptied.
        unlink(Self.journal(for: path))
    }

    /// Takes up the temporary file that a stopped process left. Throws `ArchiveError`.
    init(continuing output: String) throws {
        self.output = output
        let path = Self.path(for: output)
        guard let file = try TemporaryName.take(path) else {
            throw ArchiveError(.missing, "there is no file \(path)")
        }
        self.file = file
    }

    /// Makes sure that `bytes` more can be written. Throws `ArchiveError` of kind `diskFull`, with the file
    /// as it was.
    func reserve(_ bytes: Int, for purpose: String) throws {
        #if os(Linux)
            var information = stat()
            guard fstat(file.descriptor, &information) == 0 else { return try checkFreeSpace(bytes, purpose) }
            // Blocks beyond the end of the file become its own without changing its size.
            if chdf5_reserve(file.descriptor, information.st_size, off_t(bytes)) == 0 { return }
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
        guard fsync(file.descriptor) == 0 else { throw Self.unwritable(path, errno) }
    }

    /// Closes an HDF5 file, makes sure that it is whole, and gives it its final name, replacing a file of that name in one
    /// step. Throws `ArchiveError` or `HDF5Error`; then the name is what it was.
    func commit(closing hdf5: HDF5File) throws {
        try hdf5.close()
        try HDF5File.requireReadable(path)
        try takeName()
    }

    /// Writes a whole file. Throws `ArchiveError`; then a file of that name is as it was.
    static func write(_ data: Data, to output: String, for purpose: String) throws {
        let partial = try PartialFile(creating: output)
        do {
            try partial.reserve(data.count, for: purpose)
            try data.withUnsafeBytes { try partial.append($0) }
            try partial.takeName()
        } catch {
            partial.discard()
            throw error
        }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let done = Foundation.write(
                file.descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if done < 0, errno == EINTR { continue }
            guard done > 0 else { throw Self.unwritable(path, done < 0 ? errno : ENOSPC) }
            rest = rest.dropFirst(done)
        }
    }

    /// The content is on the disk before the name is: otherwise a power cut could leave an empty file of that name.
    private func takeName() throws {
        releaseReserve()
        try synchronise()
        guard rename(path, output) == 0 else { throw Self.unwritable(output, errno) }
        unlink(Self.journal(for: path))
        file.close()
        try Self.synchroniseFolder(of: output)
    }

    /// Gives back blocks that were reserved beyond the end of the file.
    func releaseReserve() {
        if let count = file.byteCount { ftruncate(file.descriptor, off_t(count)) }
    }

    /// Leaves the file under its temporary name, to be continued.
    func leave() {
        guard file.isOpen else { return }
        releaseReserve()
        // What it holds after a failure completes the file when that is opened again.
        if OpenFile(Self.journal(for: path), flags: O_RDONLY | O_NOFOLLOW)?.byteCount == 0 {
            unlink(Self.journal(for: path))
        }
        file.close()
    }

    /// Removes the temporary file. Does nothing where it has its final name.
    func discard() {
        guard file.isOpen else { return }
        unlink(path)
        unlink(Self.journal(for: path))
        file.close()
    }

    /// Brings the names in a file's folder to the disk. Throws `ArchiveError`.
    static func synchroniseFolder(of path: String) throws {
        // A folder that may be written but not read cannot be synchronised.
        guard let folder = OpenFile(folder(of: path), flags: O_RDONLY) else { return }
        // Not every file system can; those say so by these codes.
        guard fsync(folder.descriptor) == 0 || [EINVAL, ENOTSUP, EBADF, EROFS].contains(errno) else {
            throw unwritable(path, errno)
        }
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
        case EIO:
            return ArchiveError(
                .inputOutput, "cannot write \(path): \(reason); try again, and look after the disk")
        default:
            return ArchiveError(
                .unwritable, "cannot write \(path): \(reason); choose another place with --output")
        }
    }
}
