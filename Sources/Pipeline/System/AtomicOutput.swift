import Foundation

/// Writes files so that no half file ever carries the final name: the content goes to a temporary name in the
/// same folder, which is renamed when complete.
public enum AtomicOutput {
    /// Checks that a file of this name can be written; what verbs are asked to write is an ``Output``.
    ///
    /// - Throws: `ToolError` where the folder is missing or takes no files, or what is there may not be replaced.
    package static func check(_ path: String, overwrite: Bool) throws {
        let folder = self.folder(of: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            throw ToolError(
                "\(path): the folder \(folder) does not exist", advice: "create it: mkdir -p \(folder)")
        }
        guard isFolder.boolValue else {
            throw ToolError("\(path): \(folder) is a file, not a folder", advice: "name another --output")
        }
        var status = stat()
        if stat(path, &status) == 0 {
            switch status.st_mode & S_IFMT {
            case S_IFDIR: throw ToolError("\(path) is a folder", advice: "name a file in it")
            case S_IFREG: break
            default:
                throw ToolError("\(path) is a device or a pipe, not a file", advice: "name another --output")
            }
            if !overwrite {
                throw ToolError(
                    "\(path) exists already", advice: "replace it with --overwrite, or name another --output")
            }
        }
        try probe(folder, path)
    }

    /// Makes a file in the folder and removes it: permissions say less, and a folder such as /proc takes none.
    private static func probe(_ folder: String, _ path: String) throws {
        let name = "\(folder)/.\(getpid()).\(UInt32.random(in: 0 ... .max)).tmp"
        let descriptor = open(name, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw ToolError(
                "\(path): the folder \(folder) takes no new file: \(String(cString: strerror(errno)))",
                advice: "name another --output")
        }
        close(descriptor)
        unlink(name)
    }

    /// Writes a file through a temporary name that `body` fills; nothing remains where `body` throws.
    ///
    /// - Throws: what `body` throws, or `ToolError` where the file cannot take its name.
    public static func write(
        to path: String, overwrite: Bool = true, _ body: (_ temporaryPath: String) throws -> Void
    ) throws {
        try check(path, overwrite: overwrite)
        let temporary = temporaryPath(for: path)
        try create(temporary)
        do {
            try body(temporary)
            try synchronize(temporary)
            try rename(temporary, to: path)
            try synchronizeFolder(of: path)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Makes the temporary file new: in a folder that others may write to, what stands there may be a link, and its target
    /// would be overwritten.
    private static func create(_ temporary: String) throws {
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw systemError("\(temporary) cannot be written") }
        close(descriptor)
    }

    /// Brings the names in a file's folder to the disk.
    static func synchronizeFolder(of path: String) throws {
        let descriptor = open(folder(of: path), O_RDONLY | O_CLOEXEC)
        // A folder that may be written but not read cannot be synchronised, and not every file system can.
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || [EINVAL, ENOTSUP, EBADF, EROFS].contains(errno) else {
            throw systemError("the folder of \(path) cannot be brought to disk")
        }
    }

    /// Writes a text file.
    public static func write(_ text: String, to path: String, overwrite: Bool = true) throws {
        try write(Data(text.utf8), to: path, overwrite: overwrite)
    }

    /// Writes a file of these bytes.
    public static func write(_ data: Data, to path: String, overwrite: Bool = true) throws {
        try write(to: path, overwrite: overwrite) { temporary in
            try fill(temporary, with: data)
        }
    }

    /// Fills the temporary file that ``write(to:overwrite:_:)`` names.
    static func fill(_ temporary: String, with data: Data) throws {
        let descriptor = open(temporary, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw systemError("\(temporary) cannot be written") }
        defer { close(descriptor) }
        guard data.withUnsafeBytes({ writeAll($0, to: descriptor) }) else {
            throw systemError("\(temporary) cannot be written")
        }
    }

    /// Writes all bytes: the system may take a part of them only, which `Data` does not notice. False, and `errno`, where
    /// that fails.
    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let block = UnsafeRawBufferPointer(rebasing: rest)
            let done = Foundation.write(descriptor, block.baseAddress, block.count)
            if done < 0, errno == EINTR { continue }
            guard done > 0 else {
                if done == 0 { errno = ENOSPC }
                return false
            }
            rest = rest.dropFirst(done)
        }
        return true
    }

    /// The temporary name of a file: same folder, so that the rename is atomic; same suffix, so that writers
    /// which choose a format by suffix choose rightly.
    package static func temporaryPath(for path: String) -> String {
        "\(folder(of: path))/.\(getpid()).\((path as NSString).lastPathComponent)"
    }

    private static func folder(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    /// The content has to be on disk before the name is: otherwise a power cut can leave an empty file.
    private static func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw systemError("\(path) cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw systemError("\(path) cannot be brought to disk") }
    }

    private static func rename(_ temporary: String, to path: String) throws {
        guard Foundation.rename(temporary, path) == 0 else { throw systemError("\(path) cannot be written") }
    }

    private static func systemError(_ what: String) -> ToolError {
        ToolError("\(what): \(String(cString: strerror(errno)))", status: .failed)
    }
}
