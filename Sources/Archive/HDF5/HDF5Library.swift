internal import CHDF5
import Foundation
import Synchronization

/// HDF5 is entered by one thread at a time: its builds differ in thread safety, and its error stack must be
/// read by the thread that failed before another call clears it. The value says whether the library was
/// prepared.
private let libraryGate = Mutex(false)

/// Where an operation happens, for error messages.
struct HDF5Location: Sendable {
    let file: String
    let path: String

    func child(_ name: String) -> HDF5Location {
        HDF5Location(file: file, path: path == "/" ? "/\(name)" : "\(path)/\(name)")
    }

    func failure(_ action: String, _ reason: String) -> HDF5Error {
        HDF5Error(action: action, path: path, file: file, reason: reason)
    }
}

/// Runs one HDF5 call under the library's lock and turns a negative result into an error with its first
/// cause.
@discardableResult
func hdf5<Result: SignedInteger>(
    _ action: @autoclosure () -> String, _ location: HDF5Location, _ call: () -> Result
) throws -> Result {
    let (result, reason) = libraryGate.withLock { prepared -> (Result, String) in
        if !prepared {
            // Files are closed by their owners. At exit HDF5 would close what is open once more, while other threads
            // may still be in it: "infinite loop closing library".
            H5dont_atexit()
            H5open()
            H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
            prepared = true
        }
        // In thread-safe builds the automatic printing is a setting of each thread.
        H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
        let result = call()
        return (result, result < 0 ? currentReason() : "")
    }
    guard result >= 0 else { throw location.failure(action(), reason) }
    return result
}

/// Runs a call whose failure nobody can act on, such as closing in `deinit`.
func hdf5Quietly(_ call: () -> Void) {
    libraryGate.withLock { _ in
        H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
        call()
    }
}

private func currentReason() -> String {
    var text = [CChar](repeating: 0, count: 1024)
    chdf5_error_reason(&text, text.count)
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let reason = String(decoding: bytes, as: UTF8.self)
    return reason.isEmpty ? "HDF5 gave no reason" : reason
}

/// Owns one HDF5 identifier and releases it exactly once.
final class HDF5Handle: Sendable {
    let id: hid_t
    /// Kept open as long as this: the file of a group, the group of a dataset.
    private let parent: HDF5Handle?
    private let isOpen = Atomic(true)

    /// Opens an identifier by `call`, or throws why that failed.
    init(
        _ action: @autoclosure () -> String, _ location: HDF5Location, keeping parent: HDF5Handle? = nil,
        _ call: () -> hid_t
    ) throws {
        id = try hdf5(action(), location, call)
        self.parent = parent
    }

    /// Closes a file handle now, so that the errors of writing its last bytes are seen.
    func closeFile(_ location: HDF5Location) throws {
        guard isOpen.exchange(false, ordering: .acquiringAndReleasing) else { return }
        try hdf5("close the file", location) { unlockingFile(id) { H5Fclose(id) } }
    }

    deinit {
        guard isOpen.load(ordering: .acquiring) else { return }
        hdf5Quietly { _ = unlockingFile(id) { H5Idec_ref(id) } }
    }
}

/// The descriptor that an open file is read and written through; nil for identifiers of other things.
func descriptor(ofFile id: hid_t) -> Int32? {
    var place: UnsafeMutableRawPointer?
    guard H5Iget_type(id) == H5I_FILE, H5Fget_vfd_handle(id, hid_t(H5P_DEFAULT), &place) >= 0, let place
    else { return nil }
    return place.load(as: Int32.self)
}

/// Closes an identifier by `close`. A file's lock goes with it, even while a process that another thread has just
/// started holds a copy of the descriptor: until that process runs its own program, it has copies of all of them, and the
/// lock would live as long.
private func unlockingFile<Result>(_ id: hid_t, _ close: () -> Result) -> Result {
    let copy = descriptor(ofFile: id).map { fcntl($0, F_DUPFD_CLOEXEC, 0) } ?? -1
    let result = close()
    if copy >= 0 {
        _ = flock(copy, LOCK_UN)
        _ = Foundation.close(copy)
    }
    return result
}
