import Numerics

/// Rows of several variables in their stored form.
///
/// Row `r` of variable `v` is the x-row at middle index r mod middleCells of plane r / middleCells.
final class FieldStore<Codec: StorageCodec>: Sendable {
    let variables: Int
    let rows: Int
    let cells: Int
    let rowBytes: Int
    let memory: AlignedMemory

    init(variables: Int, rows: Int, cells: Int) {
        self.variables = variables
        self.rows = rows
        self.cells = cells
        rowBytes = Codec.rowBytes(cells: cells)
        memory = AlignedMemory(bytes: variables * rows * rowBytes)
    }

    @inline(__always) func row(_ variable: Int, _ row: Int) -> UnsafeMutableRawPointer {
        memory.base + (variable * rows + row) * rowBytes
    }

    /// Copies `count` rows of every variable as they are stored.
    func copyRows(_ source: FieldStore, from first: Int, to target: Int, count: Int) {
        for variable in 0..<variables {
            row(variable, target).copyMemory(from: source.row(variable, first), byteCount: count * rowBytes)
        }
    }
}
