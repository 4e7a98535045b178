/// What a run file says about bodies as a whole, known when the run ends.
extension RunFileWriter {
    /// The time series of the forces on the body `name` as it is in the file, with what was written before an
    /// interruption. Throws `ArchiveError`.
    public func forces(_ name: String) throws -> [String: [Double]] {
        try flush()
        return try now { store in try store.columns(of: RunFileLayout.forceGroup(name)) }
    }

    /// Adds attributes to the forces on the body `name`, such as its Strouhal number. Throws `ArchiveError`.
    public func writeForceAttributes(_ name: String, _ attributes: [String: AttributeValue]) throws {
        try now { store in try store.write(attributes, to: RunFileLayout.forceGroup(name)) }
    }

    /// Writes the state at the wall of the body `name` to `/surface/NAME`, a column each quantity, a row each
    /// surface element. To be called once, before `finish`.
    ///
    /// - Throws: `ArchiveError` for columns of different lengths and for values that are not finite.
    public func writeSurface(
        _ name: String, columns: [(name: String, values: [Double])], attributes: [String: AttributeValue]
    ) throws {
        let count = columns.first?.values.count ?? 0
        for column in columns {
            guard column.values.count == count else {
                throw ArchiveError(
                    .mismatch,
                    "\(column.name) of the wall of \(name) has \(column.values.count) rows, not \(count)")
            }
            guard column.values.allSatisfy(\.isFinite) else {
                throw ArchiveError(.nonFinite, "\(column.name) on the wall of \(name) is not finite")
            }
        }
        let table = FixedTable(columns: columns, attributes: attributes)
        try now { store in try store.write(table, to: RunFileLayout.surfaceGroup(name)) }
    }
}
