internal import CFileDriver
internal import CHDF5
import Foundation

/// An open HDF5 file. It closes when the last reference goes; call `close()` to see errors of the last write.
///
/// Superblock version 0 is written on purpose: it has no "open for writing" mark, so what was flushed stays readable after
/// the writing process was killed.
public final class HDF5File: Sendable {
    /// How an existing file is opened.
    public enum Mode: Sendable { case readOnly, readWrite }

    /// The file's path on disk.
    public let path: String
    /// The root group, `/`.
    public let root: HDF5Group
    private let handle: HDF5Handle
    private let location: HDF5Location
    private let storage: FileStorage

    private init(_ storage: FileStorage, _ action: String, _ open: (hid_t) -> hid_t) throws {
        let path = storage.file.path
        let location = HDF5Location(file: path, path: "/", storage: storage)
        let access = try HDF5Handle("prepare access to", location) { storage.accessList() }
        handle = try HDF5Handle(action, location, keeping: storage) { open(access.id) }
        self.path = path
        self.location = location
        self.storage = storage
        root = try HDF5Group(parent: handle, name: "/", location)
    }

    /// Creates a file, emptying one that exists. Throws `HDF5Error`.
    public static func create(_ path: String) throws -> HDF5File {
        try create(FileStorage(try openLocked(path, O_RDWR | O_CREAT, "create the file"), .readWrite))
    }

    /// Begins the file that `partial` is to become. Throws `HDF5Error` or `ArchiveError`.
    static func create(_ partial: PartialFile, _ manner: FileStorage.Manner = .direct) throws -> HDF5File {
        try create(FileStorage(partial.file, isOwn: false, .readWrite, manner))
    }

    private static func create(_ storage: FileStorage) throws -> HDF5File {
        try HDF5File(storage, "create the file") {
            H5Fcreate(storage.file.path, chdf5_truncate(), hid_t(H5P_DEFAULT), $0)
        }
    }

    /// Opens an existing file, after a child process has read it as a whole: HDF5 is not safe against files that lie.
    /// Throws `HDF5Error`; see `RunFileReader` and `inspect` for friendlier errors.
    public static func open(_ path: String, _ mode: Mode = .readOnly) throws -> HDF5File {
        let flags = mode == .readOnly ? O_RDONLY : O_RDWR
        let file = try openLocked(path, flags | O_NONBLOCK, "open the file", isShared: mode == .readOnly)
        try rehearse(path, writes: mode == .readWrite)
        return try open(FileStorage(file, mode), mode)
    }

    /// Goes on with the file that a stopped process left. Throws `HDF5Error` or `ArchiveError`.
    static func open(continuing partial: PartialFile, _ manner: FileStorage.Manner) throws -> HDF5File {
        try rehearse(partial.path, writes: true)
        return try open(FileStorage(partial.file, isOwn: false, .readWrite, manner), .readWrite)
    }

    private static func open(_ storage: FileStorage, _ mode: Mode) throws -> HDF5File {
        let flags = mode == .readOnly ? chdf5_read_only() : chdf5_read_write()
        return try HDF5File(storage, "open the file") { H5Fopen(storage.file.path, flags, $0) }
    }

    /// Makes sure that a file that this process has closed, and still has locked, can be read. Throws `HDF5Error`.
    static func requireReadable(_ path: String) throws {
        guard let file = OpenFile(path, flags: O_RDONLY) else {
            throw systemFailure(path, "open the file", errno)
        }
        let written = try open(FileStorage(file, .readOnly), .readOnly)
        _ = try written.root.childNames()
        try written.close()
    }

    private static func openLocked(
        _ path: String, _ flags: Int32, _ action: String, isShared: Bool = false
    ) throws -> OpenFile {
        guard let file = OpenFile(path, flags: flags) else { throw systemFailure(path, action, errno) }
        guard file.lock(isShared: isShared) else {
            throw HDF5Error(action: action, path: "/", file: path, reason: "unable to lock file")
        }
        return file
    }

    private static func systemFailure(_ path: String, _ action: String, _ code: Int32) -> HDF5Error {
        HDF5Error(
            action: action, path: "/", file: path,
            reason: "\(HDF5Error.systemPrefix)open it: \(Wording.systemReason(code))")
    }

    private static func rehearse(_ path: String, writes: Bool) throws {
        let signal = alone { cfile_rehearse(path, PartialFile.journal(for: path), writes) }
        guard signal != 0 else { return }
        if signal < 0 {
            throw HDF5Error(action: "open the file", path: "/", file: path, reason: "its structure is broken")
        }
        let what =
            signal == SIGXCPU
            ? "reading it does not come to an end"
            : "reading it ends a process by signal \(signal) (\(String(cString: strsignal(signal))))"
        throw HDF5Error(
            action: "open the file", path: "/", file: path, reason: "\(what): its structure is broken")
    }

    /// Makes everything written so far the state of the file. Throws `HDF5Error`.
    public func flush() throws {
        try hdf5("flush the file", location) { H5Fflush(handle.id, H5F_SCOPE_GLOBAL) }
    }

    /// Writes what is left and closes the file with all its objects. Throws `HDF5Error`, also for whatever could not be
    /// written before.
    public func close() throws {
        defer { storage.close() }
        try handle.closeFile(location)
    }
}
