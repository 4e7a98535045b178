import Foundation

/// One snapshot on its way to the file: every field's values, in whatever number type the caller has.
struct PendingSnapshot: Sendable {
    let time: Double
    let step: Int
    let byteCount: Int
    let writeField: [String: @Sendable (HDF5Dataset, Hyperslab) throws -> Void]
}

/// Columns of equal length, written once.
struct FixedTable: Sendable {
    let columns: [(name: String, values: [Double])]
    let attributes: [String: AttributeValue]
}

/// The open HDF5 file of a run. Only the writer's queue touches it.
final class RunFileStore: Sendable {
    private let file: HDF5File
    private let partial: PartialFile
    private let fields: [(name: String, dataset: HDF5Dataset)]
    private let times: HDF5Dataset
    private let steps: HDF5Dataset

    init(file: HDF5File, partial: PartialFile, fieldNames: [String]) throws {
        self.file = file
        self.partial = partial
        fields = try fieldNames.map { ($0, try file.root.dataset("fields/\($0)")) }
        times = try file.root.dataset("time")
        steps = try file.root.dataset("step")
    }

    /// Writes a snapshot: it is in the file as a whole or not at all. Throws `HDF5Error` or
    /// `ArchiveError`.
    func append(_ snapshot: PendingSnapshot) throws {
        // Headroom: chunk index, object headers, and the little that deflate adds to noise.
        try partial.reserve(
            snapshot.byteCount + snapshot.byteCount / 64 + 1 << 20,
            for: "the snapshot at step \(snapshot.step)")
        let row = try times.shape().first ?? 0
        for field in fields {
            try field.dataset.resize(rows: row + 1)
            try snapshot.writeField[field.name]?(
                field.dataset, .row(row, ofShape: try field.dataset.shape()))
        }
        try steps.append([Int64(snapshot.step)])
        try times.append([snapshot.time])
        try file.flush()
    }

    /// Writes buffered rows of time series. Throws `HDF5Error` or `ArchiveError`.
    func append(_ series: [String: SeriesBuffer]) throws {
        for (path, buffer) in series.sorted(by: { $0.key < $1.key }) where buffer.rowCount > 0 {
            try SeriesTable(file.root, path).append(buffer)
        }
    }

    /// The columns of a time series as they are in the file; empty where there are none. Throws `HDF5Error`.
    func columns(of path: String) throws -> [String: [Double]] {
        guard try file.root.contains(path) else { return [:] }
        let group = try file.root.group(path)
        let names = try group.childNames()
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try group.dataset($0).read()) })
    }

    /// Writes a group with one dataset a column, replacing what a run left that stopped while it ended. Throws
    /// `HDF5Error`.
    func write(_ table: FixedTable, to path: String) throws {
        try reserve(8 * table.columns.reduce(1 << 12) { $0 + $1.values.count }, for: "/\(path)")
        if try file.root.contains(path) { try file.root.remove(path) }
        let group = try makeGroup(path)
        for column in table.columns { try group.createDataset(column.name, column.values) }
        try group.attributes.write(table.attributes)
    }

    /// Writes attributes of a group. Throws `HDF5Error`.
    func write(_ attributes: [String: AttributeValue], to path: String) throws {
        try makeGroup(path).attributes.write(attributes)
    }

    private func makeGroup(_ path: String) throws -> HDF5Group {
        try path.split(separator: "/").reduce(file.root) { parent, name in
            try parent.groupCreatingIfMissing(String(name))
        }
    }

    func reserve(_ bytes: Int, for purpose: String) throws { try partial.reserve(bytes, for: purpose) }

    func flush() throws { try file.flush() }

    /// Completes the file and gives it its final name. Throws `HDF5Error` or `ArchiveError`.
    func finish(with attributes: [String: AttributeValue]) throws {
        try file.root.attributes.write(attributes)
        try partial.commit(closing: file)
    }

    /// Closes the file under its temporary name. Throws `HDF5Error`.
    func suspend(with attributes: [String: AttributeValue] = [:]) throws {
        defer { partial.leave() }
        try file.root.attributes.write(attributes)
        try file.close()
    }

    /// Closes and removes the file.
    func discard() {
        try? file.close()
        partial.discard()
    }
}
