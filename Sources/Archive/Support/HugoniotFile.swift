import Foundation

/// The marks that every Hugoniot HDF5 file carries on its root, and the checks of opening one.
public enum HugoniotFile {
    /// Which `format_version` of a format this Hugoniot reads, the last of which it writes.
    static func versions(of format: String) -> FormatVersions {
        format == CheckpointFile.format ? CheckpointFile.versions : FormatVersions()
    }

    /// Opens an HDF5 file, telling apart a missing, unreadable, non-HDF5, truncated and busy file. Throws
    /// `ArchiveError`.
    public static func openHDF5(_ path: String, _ mode: HDF5File.Mode = .readOnly) throws -> HDF5File {
        try requireHDF5(path)
        return try readingMarks(path) { try HDF5File.open(path, mode) }
    }

    private static func requireHDF5(_ path: String) throws {
        try requireReadable(path)
        guard try hasSignature(path) else {
            throw ArchiveError(.notHDF5, "\(path) is not an HDF5 file: it lacks the HDF5 signature")
        }
    }

    /// Opens an HDF5 file and checks its `format` and `format_version`. Throws `ArchiveError`.
    public static func open(
        _ path: String, format: String, _ mode: HDF5File.Mode = .readOnly
    ) throws -> HDF5File {
        let file = try openHDF5(path, mode)
        try requireFormat(file, format)
        return file
    }

    private static func requireFormat(_ file: HDF5File, _ format: String) throws {
        let path = file.path
        let found = try readingMarks(path) { try file.root.attributes.read("format")?.text }
        guard found == format else {
            let what = found.map { "it says format = \"\($0)\"" } ?? "it has no 'format' attribute"
            throw ArchiveError(.foreign, "\(path) is HDF5 but no \(format) file: \(what)")
        }
        try checkVersion(
            path, try readingMarks(path) { try file.root.attributes.read("format_version")?.integer },
            versions(of: format))
    }

    /// Goes on with the file that a stopped process left, of a `format` and its version. Throws `ArchiveError`.
    static func open(
        continuing partial: PartialFile, format: String, _ manner: FileStorage.Manner
    ) throws -> HDF5File {
        try requireHDF5(partial.path)
        let file = try readingMarks(partial.path) { try HDF5File.open(continuing: partial, manner) }
        try requireFormat(file, format)
        return file
    }

    /// What the file says it is, such as `hugoniot-run`; nil for other HDF5 files. Throws `ArchiveError` where
    /// it is no HDF5 file.
    public static func format(of path: String) throws -> String? {
        let file = try openHDF5(path)
        return try readingMarks(path) { try file.root.attributes.read("format")?.text }
    }

    static func checkVersion(_ path: String, _ version: Int?, _ known: FormatVersions) throws {
        guard let version else {
            throw ArchiveError(.damaged, "\(path) has no 'format_version' attribute; it is damaged")
        }
        guard version <= known.readable.upperBound else {
            throw ArchiveError(
                .newerVersion,
                """
                \(path) has format_version \(version), this Hugoniot reads up to \
                \(known.readable.upperBound); install a newer Hugoniot to open it
                """)
        }
        guard version >= known.readable.lowerBound else {
            throw ArchiveError(
                .olderVersion,
                """
                \(path) has format_version \(version), this Hugoniot reads from \
                \(known.readable.lowerBound) on: \(known.reason)
                """)
        }
    }

    static func mark(_ root: HDF5Group, format: String) throws {
        try root.attributes.write("format", .text(format))
        try root.attributes.write("format_version", .integer(Int64(versions(of: format).readable.upperBound)))
    }

    private static func readingMarks<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as HDF5Error { throw translate(error, path) }
    }

    private static func requireReadable(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ArchiveError(.missing, "there is no file \(path)")
        }
        guard !isFolder.boolValue else { throw ArchiveError(.notHDF5, "\(path) is a folder, not a file") }
        var information = stat()
        guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            throw ArchiveError(.notHDF5, "\(path) is no plain file")
        }
        guard access(path, R_OK) == 0 else {
            throw ArchiveError(.unwritable, "cannot read \(path): \(Wording.systemReason(errno))")
        }
    }

    /// HDF5 allows a block of the user's own before the signature: it lies at byte 0, 512, 1024, 2048 and so
    /// on.
    private static func hasSignature(_ path: String) throws -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw ArchiveError(.unwritable, "cannot read \(path): \(Wording.systemReason(errno))")
        }
        defer { try? file.close() }
        let signature = Data([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])
        let size = try file.seekToEnd()
        var offset: UInt64 = 0
        while offset + 8 <= size {
            try file.seek(toOffset: offset)
            if try file.read(upToCount: 8) == signature { return true }
            offset = offset == 0 ? 512 : offset * 2
        }
        return false
    }

    static func translate(_ error: HDF5Error, _ path: String) -> ArchiveError {
        let reason = error.reason
        if error.isDiskFull {
            return ArchiveError(.diskFull, "the disk is full: \(error); what was written before is kept")
        }
        if error.isOfTheSystem {
            return ArchiveError(.inputOutput, "\(error); what was written before is kept")
        }
        if reason.contains("truncated file") || reason.contains("eof") || reason.contains("addr overflow") {
            return ArchiveError(
                .truncated,
                "\(path) is truncated: it ends before the size that it says it has; copy it again or start over"
            )
        }
        if reason.contains("unable to lock file") {
            return ArchiveError(.busy, "\(path) is being written by another process; wait until it is done")
        }
        return ArchiveError(.damaged, "\(path) is damaged: \(error)")
    }
}
