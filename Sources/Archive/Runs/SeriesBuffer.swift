/// Rows of one time series that wait to be written, kept as columns.
struct SeriesBuffer: Sendable {
    let names: [String]
    private(set) var columns: [[Double]]

    init(names: [String]) {
        self.names = names
        columns = Array(repeating: [], count: names.count)
    }

    var rowCount: Int { columns.first?.count ?? 0 }

    /// Adds one row of the same columns in the same order. Throws `ArchiveError`.
    mutating func append(_ row: [(String, Double)], to group: String) throws {
        guard row.count == names.count, zip(row, names).allSatisfy({ $0.0 == $1 }) else {
            throw ArchiveError(
                .mismatch, "a row of /\(group) has the columns \(row.map(\.0)), the rows before had \(names)")
        }
        for index in row.indices { columns[index].append(row[index].1) }
    }

    mutating func removeAll() {
        for index in columns.indices { columns[index].removeAll(keepingCapacity: true) }
    }
}

/// A time series in a file: a group with one growing dataset a column.
struct SeriesTable {
    private let group: HDF5Group

    /// Opens the series at `path`, creating its groups where they are missing. Throws `HDF5Error`.
    init(_ root: HDF5Group, _ path: String) throws {
        group = try path.split(separator: "/").reduce(root) { parent, name in
            try parent.groupCreatingIfMissing(String(name))
        }
    }

    /// Writes buffered rows behind the stored ones. Throws `HDF5Error` or `ArchiveError`.
    func append(_ buffer: SeriesBuffer) throws {
        let existing = try group.childNames()
        guard existing.isEmpty || existing == buffer.names.sorted() else {
            throw ArchiveError(
                .mismatch, "\(group.path) has the columns \(existing), the new rows \(buffer.names.sorted())")
        }
        for (name, values) in zip(buffer.names, buffer.columns) { try append(values, to: name) }
    }

    private func append(_ values: [Double], to name: String) throws {
        let isInteger = RunFileLayout.integerColumns.contains(name)
        let dataset =
            try group.contains(name)
            ? group.dataset(name)
            : group.createDataset(name, isInteger ? .int64 : .float64, shape: [0], storage: .series())
        try dataset.append(values)
    }

    /// Cuts off what was computed after `step`, or after `time` in series without steps. Throws `HDF5Error`.
    func truncate(afterStep step: Int, time: Double) throws {
        let columns = try group.childNames().map { try group.dataset($0) }
        let complete = try columns.map { try $0.shape().first ?? 0 }.min() ?? 0
        let kept: Int
        if try group.contains("step") {
            let steps: [Int64] = try group.dataset("step").read()
            kept = steps.prefix(complete).prefix { $0 <= Int64(step) }.count
        } else if try group.contains("time") {
            let times: [Double] = try group.dataset("time").read()
            kept = times.prefix(complete).prefix { $0 <= time }.count
        } else {
            kept = complete
        }
        for column in columns { try column.resize(rows: kept) }
    }
}
