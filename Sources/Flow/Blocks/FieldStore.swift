import Numerics

/// Rows of several variables in their stored form: a field, or some of its rows.
///
/// Row `r` of variable `v` is the x-row at middle index r mod middleCells of plane r / middleCells, counted from the
/// first row of this store.
final class FieldStore<Codec: StorageCodec>: Sendable {
    let variables: Int
    let rows: Int
    let cells: Int
    let rowBytes: Int
    private let memory: AlignedMemory
    private let offset: Int
    private let variableBytes: Int

    /// Rows of their own, all zero.
    convenience init(variables: Int, rows: Int, cells: Int) {
        let bytes = rows * Codec.rowBytes(cells: cells)
        self.init(
            AlignedMemory(bytes: variables * bytes), offset: 0, variableBytes: bytes, variables: variables,
            rows: rows, cells: cells)
    }

    private init(
        _ memory: AlignedMemory, offset: Int, variableBytes: Int, variables: Int, rows: Int, cells: Int
    ) {
        self.memory = memory
        self.offset = offset
        self.variableBytes = variableBytes
        self.variables = variables
        self.rows = rows
        self.cells = cells
        rowBytes = Codec.rowBytes(cells: cells)
    }

    /// Some rows of this store, in the same memory.
    func part(_ range: Range<Int>) -> FieldStore {
        FieldStore(
            memory, offset: offset + range.lowerBound * rowBytes, variableBytes: variableBytes,
            variables: variables, rows: range.count, cells: cells)
    }

    @inline(__always) func row(_ variable: Int, _ row: Int) -> UnsafeMutableRawPointer {
        memory.base + (offset + variable * variableBytes + row * rowBytes)
    }

    /// Copies `count` rows of every variable as they are stored.
    func copyRows(_ source: FieldStore, from first: Int, to target: Int, count: Int) {
        for variable in 0..<variables {
            row(variable, target).copyMemory(from: source.row(variable, first), byteCount: count * rowBytes)
        }
    }
}
