import Foundation

/// Writes a dataset file while its samples finish, in any order.
///
/// The file is laid out at its full size as `OUTPUT.tmp` and takes its name in ``finish()``. A sample is written in
/// place, its status last, and everything is on the disk before ``write(_:at:)`` returns: a process that is killed
/// leaves a readable `OUTPUT.tmp`, in which the sample that it was writing is still pending, and
/// ``init(resuming:_:)`` takes it up. The same samples give the same bytes, in whatever order they came and
/// however often the writer was interrupted: nothing in the file depends on the clock, which is why the seconds that
/// a sample took are not in it.
///
/// One thread at a time may use a writer; a second process is refused.
public final class DatasetFileWriter {
    /// The final name of the file.
    public let output: String
    /// The name of the file until `finish`.
    public let partialPath: String
    /// The layout of the file.
    public let description: DatasetDescription
    /// How far each sample is.
    public private(set) var statuses: [SampleStatus]

    private let partial: PartialFile
    private let file: HDF5File
    let rows: DatasetRows

    /// Lays out a new file. Throws `ArchiveError` where the description contradicts itself, the output or an
    /// interrupted file exists and `overwrite` is false, the disk has no room for the whole, or another process
    /// writes the file. Where `isResumable` is false, nothing but the finished file counts, and writing is faster.
    public init(
        creating output: String, _ description: DatasetDescription, overwrite: Bool = false,
        isResumable: Bool = true
    ) throws {
        try DatasetLayout.validate(description)
        if !overwrite { try Self.requireAbsent(output) }
        self.output = output
        self.description = description
        partialPath = PartialFile.path(for: output)
        statuses = description.samples.map { _ in .pending }
        partial = try PartialFile(creating: output)
        do {
            try partial.reserve(
                description.byteCount, for: "a dataset of \(description.samples.count) samples")
            file = try HDF5File.create(partial, isResumable ? .journaledStructure : .direct)
            try DatasetCreation.layOut(file.root, description, deflateLevel: 0)
            try file.flush()
            rows = try DatasetRows(file.root, description)
        } catch {
            partial.discard()
            throw Self.explain(error, partial.path)
        }
    }

    /// Takes up the interrupted file `OUTPUT.tmp`. Throws `ArchiveError` where it is missing, damaged, of another
    /// description, or being written by another process.
    public init(resuming output: String, _ description: DatasetDescription) throws {
        try DatasetLayout.validate(description)
        self.output = output
        self.description = description
        partialPath = PartialFile.path(for: output)
        guard FileManager.default.fileExists(atPath: partialPath) else {
            throw ArchiveError(
                .missing, "there is no interrupted dataset to continue: \(partialPath) does not exist")
        }
        partial = try PartialFile(continuing: output)
        do {
            file = try HugoniotFile.open(
                continuing: partial, format: DatasetLayout.format, .journaledStructure)
            try DatasetResumption.requireSame(file, description)
            rows = try DatasetRows(file.root, description)
            statuses = try rows.readStatuses()
            try rows.restoreSplits(description.splits)
        } catch {
            throw Self.explain(error, partialPath)
        }
    }

    /// Whether an interrupted file of this name exists.
    public static func isInterrupted(_ output: String) -> Bool {
        FileManager.default.fileExists(atPath: PartialFile.path(for: output))
    }

    /// Writes one sample, replacing what was there. Throws `ArchiveError` for values that do not fit or are not
    /// finite, with the file as it was, and where the disk fails.
    public func write(_ sample: DatasetSample, at index: Int) throws {
        try requireIndex(index)
        try DatasetLayout.validate(sample, at: index, description)
        try explaining {
            try unset(index)
            try rows.write(sample, at: index)
            try settle(index, .completed, reason: "")
        }
    }

    /// Lists a sample as failed, for a reason; its arrays become NaN. Throws `ArchiveError`.
    public func fail(at index: Int, reason: String) throws {
        try requireIndex(index)
        try explaining {
            try unset(index)
            try rows.clear(index)
            try settle(index, .failed, reason: reason)
        }
    }

    /// Reads a completed sample back. Throws `ArchiveError`.
    public func sample(_ index: Int) throws -> DatasetSample {
        try requireIndex(index)
        return try explaining { try rows.read(index) }
    }

    /// Stores the statistics of the channels. Throws `ArchiveError` where their number does not fit.
    public func write(inputs: ChannelStatistics, outputs: ChannelStatistics) throws {
        try explaining {
            try rows.write(inputs, group: "inputs")
            try rows.write(outputs, group: "outputs")
        }
    }

    /// Takes failed samples out of the splits, packs the file where compression was asked for, and gives it its final
    /// name. Throws `ArchiveError` where samples are pending or the disk fails; then `OUTPUT.tmp` remains.
    public func finish() throws {
        let pending = statuses.filter { $0 == .pending }.count
        guard pending == 0 else {
            throw DatasetLayout.mismatch(
                "\(partialPath) cannot be finished: \(pending) of \(statuses.count) samples are pending")
        }
        try explaining {
            try rows.shortenSplits(to: statuses)
            if description.deflateLevel > 0 { return try packAndCommit() }
            try partial.commit(closing: file)
        }
    }

    /// Closes the file as it is, for another writer to take up. Throws `ArchiveError`.
    public func close() throws {
        defer { partial.leave() }
        try explaining { try file.close() }
    }

    /// Closes and removes the file.
    public func discard() {
        try? file.close()
        partial.discard()
    }

    private func packAndCommit() throws {
        let packed = try PartialFile(creating: output, at: output + ".packed.tmp")
        do {
            let whole = try HDF5File.create(packed)
            try DatasetPacking.pack(file.root, description, statuses, into: whole)
            try packed.commit(closing: whole)
        } catch {
            packed.discard()
            throw error
        }
        discard()
    }

    private func unset(_ index: Int) throws {
        guard statuses[index] != .pending else { return }
        try settle(index, .pending, reason: "")
    }

    /// The arrays reach the file before the status that speaks for them.
    private func settle(_ index: Int, _ status: SampleStatus, reason: String) throws {
        try rows.writeReason(reason, at: index)
        try file.flush()
        try rows.write(status, at: index)
        try file.flush()
        statuses[index] = status
    }

    private func requireIndex(_ index: Int) throws {
        guard !statuses.indices.contains(index) else { return }
        throw DatasetLayout.mismatch("there is no sample \(index); there are 0 to \(statuses.count - 1)")
    }

    private func explaining<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw Self.explain(error, partialPath) }
    }

    private static func explain(_ error: any Error, _ path: String) -> any Error {
        (error as? HDF5Error).map { HugoniotFile.translate($0, path) } ?? error
    }

    private static func requireAbsent(_ output: String) throws {
        if FileManager.default.fileExists(atPath: output) {
            throw ArchiveError(.exists, "\(output) exists already; replace it with --overwrite")
        }
        guard isInterrupted(output) else { return }
        throw ArchiveError(
            .interrupted,
            """
            \(PartialFile.path(for: output)) holds an interrupted dataset; discard it with --overwrite, or, where a \
            sweep makes it, continue it with --resume
            """)
    }
}
