import Numerics

/// A field as the blocks of a grid hold it: each has its own rows, and only exchanges look into another's.
final class BlockedField<Codec: StorageCodec>: Sendable {
    let partition: Partition
    /// The rows of each block.
    let parts: [FieldStore<Codec>]
    private let whole: FieldStore<Codec>?
    private let rows: Int

    /// - Parameter isolated: whether every block gets memory of its own; else they are parts of one piece, which checkpoints
    ///   then take as it is.
    init(variables: Int, shape: GridShape, partition: Partition, isolated: Bool) {
        self.partition = partition
        rows = shape.rowCount
        let make = { (rows: Int) in
            FieldStore<Codec>(variables: variables, rows: rows, cells: shape.rowCells)
        }
        if isolated {
            whole = nil
            parts = (0..<partition.count).map { make(partition.rows($0).count) }
        } else {
            let all = make(shape.rowCount)
            whole = all
            parts = (0..<partition.count).map { all.part(partition.rows($0)) }
        }
    }

    /// The size of all rows in bytes.
    var bytes: Int { parts[0].variables * rows * parts[0].rowBytes }

    /// The block's store, and the place in it, of a row of the whole grid.
    @inline(__always) func place(ofRow row: Int) -> (store: FieldStore<Codec>, row: Int) {
        let block = partition.owner(ofRow: row)
        return (parts[block], row - partition.rows(block).lowerBound)
    }

    /// All rows in one piece: variable by variable, each row by row, however many blocks there are.
    func stored(as name: String) -> StoredArray {
        let source = whole ?? joined()
        return StoredArray(
            name: name, bytes: UnsafeRawBufferPointer(start: source.row(0, 0), count: bytes), owner: source)
    }

    /// Takes up what ``stored(as:)`` gave. False where sizes differ.
    func take(_ saved: UnsafeRawBufferPointer) -> Bool {
        guard saved.count == bytes, let start = saved.baseAddress else { return false }
        for block in parts.indices {
            let part = parts[block]
            for variable in 0..<part.variables {
                let first = variable * rows + partition.rows(block).lowerBound
                part.row(variable, 0).copyMemory(
                    from: start + first * part.rowBytes, byteCount: part.rows * part.rowBytes)
            }
        }
        return true
    }

    private func joined() -> FieldStore<Codec> {
        let all = FieldStore<Codec>(variables: parts[0].variables, rows: rows, cells: parts[0].cells)
        for (block, part) in parts.enumerated() {
            all.copyRows(part, from: 0, to: partition.rows(block).lowerBound, count: part.rows)
        }
        return all
    }
}
