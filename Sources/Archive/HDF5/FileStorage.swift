internal import CFileDriver
internal import CHDF5
import Foundation

/// What an open HDF5 file is read from and written to. HDF5 is never told that a write failed, because it does not survive
/// that; the failure stays here, and every call on the file, closing included, ends with it.
final class FileStorage: Sendable {
    /// How what is written reaches the disk.
    enum Manner {
        /// Directly: the file counts for nothing before it is closed.
        case direct
        /// By flushes that happen as a whole or not at all, whatever kills the process.
        case journaled
        /// The same for the structure of the file; the values of arrays go to their places at once.
        case journaledStructure
    }

    let file: OpenFile
    private let ownsFile: Bool
    private let journal: OpenFile?
    // Used under the lock of the library only.
    nonisolated(unsafe) private let storage: OpaquePointer

    /// Takes what an unfinished flush left in the journal beside the file: to the file itself where `mode` is to write.
    /// Closing closes `file`, too, where it is its own. Throws `HDF5Error` or `ArchiveError`.
    init(
        _ file: OpenFile, isOwn: Bool = true, _ mode: HDF5File.Mode, _ manner: Manner = .direct
    ) throws {
        let place = HDF5Location(file: file.path, path: "/", storage: nil)
        guard let storage = cfile_storage_create(file.descriptor) else {
            throw place.failure("open", "there is no memory")
        }
        self.storage = storage
        self.file = file
        ownsFile = isOwn
        do {
            let path = PartialFile.journal(for: file.path)
            if manner == .direct {
                journal = nil
                try Self.takeLeft(storage, mode, path, place)
            } else {
                let own = try TemporaryName.take(path) ?? TemporaryName.create(path)
                journal = own
                try Self.takeLeft(storage, mode, own, place)
                cfile_storage_use_journal(storage, own.descriptor, manner == .journaledStructure)
            }
        } catch {
            cfile_storage_free(storage)
            throw error
        }
    }

    deinit { cfile_storage_free(storage) }

    private static func takeLeft(
        _ storage: OpaquePointer, _ mode: HDF5File.Mode, _ path: String, _ place: HDF5Location
    ) throws {
        let flags = (mode == .readOnly ? O_RDONLY : O_RDWR) | O_NOFOLLOW | O_NONBLOCK
        guard let left = OpenFile(path, flags: flags) else { return }
        try takeLeft(storage, mode, left, place)
    }

    private static func takeLeft(
        _ storage: OpaquePointer, _ mode: HDF5File.Mode, _ left: OpenFile, _ place: HDF5Location
    ) throws {
        guard cfile_storage_take_journal(storage, left.descriptor) > 0, mode == .readWrite else { return }
        let code = cfile_storage_settle_journal(storage, left.descriptor)
        guard code == 0 else {
            throw place.failure("complete the last flush of", Self.reason("write", code))
        }
    }

    /// What the operating system refused first; nil where it refused nothing. To be asked under the lock of the library.
    var failure: String? {
        let code = cfile_storage_failure(storage)
        guard code != 0 else { return nil }
        return Self.reason(String(cString: cfile_storage_failed_action(storage)), code)
    }

    private static func reason(_ action: String, _ code: Int32) -> String {
        "\(HDF5Error.systemPrefix)\(action) it: \(Wording.systemReason(code))"
    }

    /// A property list by which HDF5 opens this; to be asked under the lock of the library.
    func accessList() -> hid_t { cfile_access_list(storage) }

    /// Ends the use of the file, which HDF5 has closed.
    func close() {
        journal?.close()
        if ownsFile { file.close() }
    }
}
