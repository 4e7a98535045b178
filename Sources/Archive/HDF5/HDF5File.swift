internal import CHDF5
import Foundation

/// An open HDF5 file. It closes when the last reference goes; call `close()` to see errors of the last write.
/// Superblock version 0 is written on purpose: it has no "open for writing" mark, so what was flushed stays
/// readable after the writing process was killed.
public final class HDF5File: Sendable {
    /// How an existing file is opened.
    public enum Mode: Sendable { case readOnly, readWrite }

    /// The file's path on disk.
    public let path: String
    /// The root group, `/`.
    public let root: HDF5Group
    private let handle: HDF5Handle
    private let location: HDF5Location

    private init(path: String, _ open: (HDF5Handle, HDF5Location) throws -> HDF5Handle) throws {
        let location = HDF5Location(file: path, path: "/")
        let access = try HDF5Handle("prepare access to", location) { H5Pcreate(chdf5_file_access()) }
        // Strong: closing the file closes its objects, so that no forgotten dataset keeps it open.
        try hdf5("prepare access to", location) { H5Pset_fclose_degree(access.id, H5F_CLOSE_STRONG) }
        handle = try open(access, location)
        Self.keepFromChildren(handle)
        self.path = path
        self.location = location
        root = try HDF5Group(parent: handle, name: "/", location)
    }

    /// A process that is started while the file is open must not inherit its descriptor: it would hold the file's lock
    /// for as long as it lives.
    private static func keepFromChildren(_ file: HDF5Handle) {
        guard let descriptor = descriptor(ofFile: file.id) else { return }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Creates a file, emptying one that exists. Throws `HDF5Error`.
    public static func create(_ path: String) throws -> HDF5File {
        try HDF5File(path: path) { access, location in
            try HDF5Handle("create the file", location) {
                H5Fcreate(path, chdf5_truncate(), hid_t(H5P_DEFAULT), access.id)
            }
        }
    }

    /// Opens an existing file. Throws `HDF5Error`; see `RunFileReader` and `inspect` for friendlier errors.
    public static func open(_ path: String, _ mode: Mode = .readOnly) throws -> HDF5File {
        let flags = mode == .readOnly ? chdf5_read_only() : chdf5_read_write()
        return try HDF5File(path: path) { access, location in
            try HDF5Handle("open the file", location) { H5Fopen(path, flags, access.id) }
        }
    }

    /// Hands everything written so far to the operating system. Throws `HDF5Error`.
    public func flush() throws {
        try hdf5("flush the file", location) { H5Fflush(handle.id, H5F_SCOPE_GLOBAL) }
    }

    /// Writes what is left and closes the file with all its objects. Throws `HDF5Error`.
    public func close() throws {
        try handle.closeFile(location)
    }
}
