/// Refuses what must not reach a file.
enum SnapshotCheck {
    /// Every declared field once, each of the grid's size. Throws `ArchiveError`.
    static func requireFit<Scalar>(
        _ fields: [(name: String, values: [Scalar])], _ description: RunFileDescription
    ) throws {
        let names = fields.map(\.name)
        guard names.sorted() == description.fields.sorted() else {
            throw ArchiveError(
                .mismatch, "a snapshot has the fields \(names), the run file stores \(description.fields)")
        }
        for field in fields where field.values.count != description.cellCount {
            throw ArchiveError(
                .mismatch,
                "field \(field.name) has \(field.values.count) values, the grid \(description.cellCount) cells"
            )
        }
    }

    /// No NaN, no infinity; the message names the first one's cell. Throws `ArchiveError`.
    static func requireFinite<Scalar: HDF5Element>(
        _ fields: [(name: String, values: [Scalar])], _ description: RunFileDescription, time: Double,
        step: Int
    ) throws {
        for field in fields {
            let culprit = field.values.withUnsafeBytes {
                firstNonFinite($0, Scalar.elementType, storedAs: description.fieldType)
            }
            guard let index = culprit else { continue }
            let (cell, position) = place(index, description.axes)
            throw ArchiveError(
                .nonFinite,
                """
                \(field.name) is \(field.values[index]) at cell \(cell), position \(position), step \(step), \
                time \(time); the snapshot was not written
                """)
        }
    }

    /// No NaN, no infinity in a row of a time series. Throws `ArchiveError`.
    static func requireFinite(_ row: [(String, Double)], _ group: String) throws {
        guard let column = row.first(where: { !$0.1.isFinite }) else { return }
        throw ArchiveError(.nonFinite, "\(column.0) of /\(group) is \(column.1); the row was not written")
    }

    /// The index of the first value that is NaN or infinite, or would be in the file's narrower type. Works
    /// on raw bytes so that no generic caller makes it slow.
    static func firstNonFinite(
        _ bytes: UnsafeRawBufferPointer, _ type: ElementType, storedAs stored: ElementType
    ) -> Int? {
        switch (type, stored) {
        case (.float32, .float16): bytes.bindMemory(to: Float.self).firstIndex { !Float16($0).isFinite }
        case (.float64, .float16): bytes.bindMemory(to: Double.self).firstIndex { !Float16($0).isFinite }
        case (.float64, .float32): bytes.bindMemory(to: Double.self).firstIndex { !Float($0).isFinite }
        case (.float16, _): first(bytes.bindMemory(to: UInt16.self), withExponent: 0x7C00)
        case (.float32, _): first(bytes.bindMemory(to: UInt32.self), withExponent: 0x7F80_0000)
        case (.float64, _): first(bytes.bindMemory(to: UInt64.self), withExponent: 0x7FF0_0000_0000_0000)
        default: nil
        }
    }

    /// An IEEE number is not finite exactly where all bits of its exponent are set. Blocks are counted
    /// without a branch, which the compiler turns into vector instructions; only a block that holds a culprit
    /// is searched.
    private static func first<Bits: FixedWidthInteger>(
        _ values: UnsafeBufferPointer<Bits>, withExponent exponent: Bits
    ) -> Int? {
        let blockLength = 4096
        for start in stride(from: 0, to: values.count, by: blockLength) {
            let block = values[start..<min(start + blockLength, values.count)]
            var culprits: Bits = 0
            for value in block { culprits |= value & exponent == exponent ? 1 : 0 }
            if culprits != 0 { return block.firstIndex { $0 & exponent == exponent } }
        }
        return nil
    }

    private static func place(_ index: Int, _ axes: [RunAxis]) -> ([Int], [Double]) {
        var rest = index
        var cell: [Int] = []
        for axis in axes {
            cell.append(rest % axis.cellCount)
            rest /= axis.cellCount
        }
        return (cell, zip(axes, cell).map { $0.centers[$1] })
    }
}
