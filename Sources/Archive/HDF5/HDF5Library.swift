internal import CHDF5
import Synchronization

/// HDF5 is entered by one thread at a time: its builds differ in thread safety, and its error stack must be
/// read by the thread that failed before another call clears it. The value says whether the library was
/// prepared.
private let libraryGate = Mutex(false)

/// Where an operation happens, for error messages.
struct HDF5Location: Sendable {
    let file: String
    let path: String
    /// What the file is read from and written to, which knows what failed.
    let storage: FileStorage?

    func child(_ name: String) -> HDF5Location {
        HDF5Location(file: file, path: path == "/" ? "/\(name)" : "\(path)/\(name)", storage: storage)
    }

    func failure(_ action: String, _ reason: String) -> HDF5Error {
        HDF5Error(action: action, path: path, file: file, reason: reason)
    }
}

/// Runs `body` while no other thread is in HDF5.
func alone<Result>(_ body: () -> Result) -> Result {
    libraryGate.withLock { prepared in
        if !prepared {
            // Files are closed by their owners. At exit HDF5 would close what is open once more, while other threads
            // may still be in it: "infinite loop closing library".
            H5dont_atexit()
            H5open()
            prepared = true
        }
        // In thread-safe builds the automatic printing is a setting of each thread.
        H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
        return body()
    }
}

/// Runs one HDF5 call under the library's lock and turns a negative result into an error with its first
/// cause. A call on a file that could not be read or written, now or earlier, is an error whatever HDF5 says.
@discardableResult
func hdf5<Result: SignedInteger>(
    _ action: @autoclosure () -> String, _ location: HDF5Location, _ call: () -> Result
) throws -> Result {
    let (result, reason) = alone { () -> (Result, String?) in
        let result = call()
        let own = result < 0 ? currentReason() : nil
        return (result, location.storage?.failure ?? own)
    }
    if let reason { throw location.failure(action(), reason) }
    return result
}

/// Runs a call whose failure nobody can act on, such as closing in `deinit`.
func hdf5Quietly(_ call: () -> Void) {
    alone(call)
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
    /// Kept open as long as this: what a file lies on, the file of a group, the group of a dataset.
    private let parent: (any AnyObject & Sendable)?
    private let isOpen = Atomic(true)

    /// Opens an identifier by `call`, or throws why that failed.
    init(
        _ action: @autoclosure () -> String, _ location: HDF5Location,
        keeping parent: (any AnyObject & Sendable)? = nil,
        _ call: () -> hid_t
    ) throws {
        self.parent = parent
        var opened: hid_t = -1
        do {
            id = try hdf5(action(), location) {
                opened = call()
                return opened
            }
        } catch {
            // HDF5 was content, but the file had failed before.
            if opened >= 0 { hdf5Quietly { _ = H5Idec_ref(opened) } }
            throw error
        }
    }

    /// Closes a file handle now, so that the errors of writing its last bytes are seen.
    func closeFile(_ location: HDF5Location) throws {
        guard isOpen.exchange(false, ordering: .acquiringAndReleasing) else { return }
        try hdf5("close the file", location) { H5Fclose(id) }
    }

    deinit {
        guard isOpen.load(ordering: .acquiring) else { return }
        hdf5Quietly { _ = H5Idec_ref(id) }
    }
}
