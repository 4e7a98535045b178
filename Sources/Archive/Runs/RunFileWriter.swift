import Dispatch
import Foundation
import Synchronization

/// Writes a run file while the computation goes on.
///
/// Everything goes to `OUTPUT.tmp`, which is renamed to `OUTPUT` by `finish`. Snapshots are compressed and
/// written by a background queue that holds at most two; a third waits. After each snapshot the file is
/// flushed, as a whole or not at all: a killed process leaves an `OUTPUT.tmp` that is readable up to the last one,
/// perhaps with the help of the journal beside it, and which `init(resuming:)` takes up. Errors of the background appear at the next call, or at `finish`; from then on
/// the writer accepts nothing more.
///
/// One thread at a time may use a writer.
public final class RunFileWriter {
    /// The final name of the file.
    public let output: String
    /// The name of the file until `finish`.
    public let partialPath: String
    /// Snapshots in the file and on their way to it.
    public private(set) var snapshotCount: Int

    let description: RunFileDescription
    private let partial: PartialFile
    private let store: RunFileStore
    private let queue = DispatchQueue(label: "hugoniot.run-file-writer", qos: .utility)
    private let slots = DispatchSemaphore(value: 2)
    private let failure = SharedFailure()
    private var series: [String: SeriesBuffer] = [:]
    private var lastStep: Int?
    private var isOpen = true

    /// Rows of time series kept in memory at most until they are written.
    private static let seriesCapacity = 4096

    /// Begins a new run file. Throws `ArchiveError` where the output or an interrupted run's file exists and
    /// `overwrite` is false, or where the folder cannot be written.
    public init(creating output: String, _ description: RunFileDescription, overwrite: Bool = false) throws {
        try RunFileLayout.validate(description)
        if !overwrite { try Self.requireAbsent(output) }
        self.output = output
        self.description = description
        partial = try PartialFile(creating: output)
        partialPath = partial.path
        snapshotCount = 0
        do {
            let fixedBytes = description.geometry == nil ? 0 : 5 * description.cellCount
            try partial.reserve(fixedBytes + 1 << 20, for: "a new run file")
            let file = try HDF5File.create(partial, .journaled)
            try RunFileCreation.layOut(file, description)
            store = try RunFileStore(file: file, partial: partial, fieldNames: description.fields)
        } catch {
            partial.discard()
            throw Self.explain(error, partial)
        }
    }

    /// Continues the interrupted run whose file is `OUTPUT.tmp`: keeps what was computed up to the
    /// checkpoint's step and time, and appends from there. Throws `ArchiveError` where the file is missing,
    /// damaged or of another run.
    public init(
        resuming output: String, _ description: RunFileDescription, afterStep step: Int, time: Double
    ) throws {
        try RunFileLayout.validate(description)
        let path = PartialFile.path(for: output)
        guard FileManager.default.fileExists(atPath: path) else {
            throw ArchiveError(.missing, "there is no interrupted run to continue: \(path) does not exist")
        }
        self.output = output
        self.description = description
        partial = try PartialFile(continuing: output)
        partialPath = path
        do {
            let file = try HugoniotFile.open(continuing: partial, format: RunFileLayout.format, .journaled)
            snapshotCount = try RunFileResumption.prepare(file, description, afterStep: step, time: time)
            store = try RunFileStore(file: file, partial: partial, fieldNames: description.fields)
        } catch {
            throw Self.explain(error, partial)
        }
        lastStep = step
    }

    deinit { queue.sync {} }

    /// Hands over one snapshot: every field once, C order, x fastest, in any number type (converted to the
    /// file's).
    ///
    /// Returns as soon as the snapshot is queued; waits while two others are. The arrays are not copied
    /// unless the caller changes them meanwhile. Throws `ArchiveError` for a NaN or infinite value (unless
    /// `allowingNonFinite`), for fields that do not fit, for a step that does not advance, and for an earlier
    /// failure of the background.
    public func appendSnapshot<Scalar: HDF5Element>(
        time: Double, step: Int, fields: [(name: String, values: [Scalar])], allowingNonFinite: Bool = false
    ) throws {
        try requireWorking()
        try SnapshotCheck.requireFit(fields, description)
        try requireAdvance(step)
        if !allowingNonFinite { try SnapshotCheck.requireFinite(fields, description, time: time, step: step) }
        let writers = fields.map { field in
            (
                field.name,
                { @Sendable (dataset: HDF5Dataset, slab: Hyperslab) in
                    try dataset.write(field.values, at: slab)
                }
            )
        }
        let snapshot = PendingSnapshot(
            time: time, step: step,
            byteCount: fields.count * description.cellCount * description.fieldType.size,
            writeField: Dictionary(uniqueKeysWithValues: writers))
        lastStep = step
        snapshotCount += 1
        enqueue { [store, rows = takeRows()] in
            try store.append(rows)
            try store.append(snapshot)
        }
    }

    /// Adds one row to `/history`; the first row fixes the columns, which should begin with `step` and
    /// `time`. Written with the next snapshot or `flush`. Throws `ArchiveError`.
    public func appendHistory(_ row: [(String, Double)], allowingNonFinite: Bool = false) throws {
        try appendRow(row, to: RunFileLayout.historyGroup, allowingNonFinite)
    }

    /// Adds one row to the time series of the probe `name`. Throws `ArchiveError`.
    public func appendProbe(
        _ name: String, time: Double, values: [(String, Double)], allowingNonFinite: Bool = false
    ) throws {
        try appendRow([("time", time)] + values, to: RunFileLayout.probeGroup(name), allowingNonFinite)
    }

    /// Adds one row to the forces on the body `name`. Throws `ArchiveError`.
    public func appendForces(
        _ name: String, time: Double, values: [(String, Double)], allowingNonFinite: Bool = false
    ) throws {
        try appendRow([("time", time)] + values, to: RunFileLayout.forceGroup(name), allowingNonFinite)
    }

    /// Waits until everything handed over is safely on disk. To be called before a checkpoint is written, so
    /// that the file holds all that a resumed run will not compute again. Throws `ArchiveError`.
    public func flush() throws {
        try requireWorking()
        enqueue { [store, rows = takeRows()] in
            try store.reserve(1 << 20, for: "the time series")
            try store.append(rows)
            try store.flush()
        }
        queue.sync {}
        try requireWorking()
    }

    /// Completes the file: writes `finished` and `status`, gives it its final name, and writes `OUTPUT.xdmf`
    /// beside it unless told not to. Throws `ArchiveError`; the temporary file is then kept.
    public func finish(status: String = "completed", sidecar: Bool = true) throws {
        try flush()
        isOpen = false
        do {
            try store.finish(with: [
                "finished": .text(RunFileLayout.timestamp(Date())), "status": .text(status),
            ])
        } catch {
            throw Self.explain(error, partial)
        }
        if sidecar { try XDMFSidecar.write(forRunFile: output) }
    }

    /// Closes the file under its temporary name, to be continued by `init(resuming:)`. Works after a failure
    /// too: what was written before it stays. Throws `ArchiveError`.
    public func suspend(status: String = "interrupted") throws {
        guard isOpen else { return }
        queue.sync {}
        isOpen = false
        // The failure has been told. Whatever could not be written, the file is as it was after the last flush.
        if failure.error != nil {
            try? store.suspend()
            return
        }
        let rows = takeRows()
        do {
            try store.append(rows)
            try store.suspend(with: ["status": .text(status)])
        } catch {
            throw Self.explain(error, partial)
        }
    }

    /// Closes and removes the temporary file.
    public func discard() {
        queue.sync {}
        isOpen = false
        store.discard()
    }

    /// Whether an interrupted run's file waits beside `output`.
    public static func hasInterruptedRun(_ output: String) -> Bool {
        FileManager.default.fileExists(atPath: PartialFile.path(for: output))
    }

    private func appendRow(_ row: [(String, Double)], to group: String, _ allowingNonFinite: Bool) throws {
        try requireWorking()
        if !allowingNonFinite { try SnapshotCheck.requireFinite(row, group) }
        try series[group, default: SeriesBuffer(names: row.map(\.0))].append(row, to: group)
        guard let rows = series[group]?.rowCount, rows >= Self.seriesCapacity else { return }
        enqueue { [store, rows = takeRows()] in
            try store.reserve(1 << 22, for: "the time series")
            try store.append(rows)
            try store.flush()
        }
    }

    private func takeRows() -> [String: SeriesBuffer] {
        let taken = series
        for group in series.keys { series[group]?.removeAll() }
        return taken
    }

    private func enqueue(_ work: @escaping @Sendable () throws -> Void) {
        slots.wait()
        queue.async { [slots, failure, partial] in
            defer { slots.signal() }
            guard failure.error == nil else { return }
            do { try work() } catch { failure.record(Self.explain(error, partial)) }
        }
    }

    /// Does something with the file between two tasks of the background. Throws `ArchiveError`.
    func now<Result>(_ work: (RunFileStore) throws -> Result) throws -> Result {
        try requireWorking()
        do {
            return try queue.sync { try work(store) }
        } catch {
            throw Self.explain(error, partial)
        }
    }

    private func requireWorking() throws {
        guard isOpen else { throw ArchiveError(.mismatch, "\(output) is finished; nothing can be added") }
        if let error = failure.error { throw error }
    }

    private func requireAdvance(_ step: Int) throws {
        guard let lastStep, step <= lastStep else { return }
        throw ArchiveError(.mismatch, "a snapshot of step \(step) was given after one of step \(lastStep)")
    }

    private static func requireAbsent(_ output: String) throws {
        guard !FileManager.default.fileExists(atPath: output) else {
            throw ArchiveError(
                .exists,
                "\(output) exists already; choose another name with --output, or replace it with --overwrite")
        }
        guard !hasInterruptedRun(output) else {
            throw ArchiveError(
                .interrupted,
                """
                \(PartialFile.path(for: output)) holds an interrupted run; \
                continue it with --resume, or start afresh with --overwrite
                """)
        }
    }

    private static func explain(_ error: any Error, _ partial: PartialFile) -> ArchiveError {
        if let error = error as? ArchiveError { return error }
        guard let error = error as? HDF5Error else { return ArchiveError(.unwritable, "\(error)") }
        return HugoniotFile.translate(error, partial.path)
    }
}

/// The first error of the background, seen from both sides.
private final class SharedFailure: Sendable {
    private let first = Mutex<ArchiveError?>(nil)

    var error: ArchiveError? { first.withLock { $0 } }

    func record(_ error: ArchiveError) { first.withLock { $0 = $0 ?? error } }
}
