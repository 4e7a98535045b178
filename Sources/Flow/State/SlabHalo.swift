import Numerics

/// Copies of the planes around a worker's slab, taken before anyone writes: what lets a stage overwrite its
/// own input.
final class SlabHalo<Codec: StorageCodec>: @unchecked Sendable {
    let slab: Range<Int>
    private let depth: Int
    private let shape: GridShape
    private let periodic: Bool
    let store: FieldStore<Codec>

    /// - Parameter depth: planes kept on each side.
    init(slab: Range<Int>, depth: Int, shape: GridShape, periodic: Bool, variables: Int) {
        self.slab = slab
        self.depth = depth
        self.periodic = periodic
        self.shape = shape
        store = FieldStore(
            variables: variables, rows: slab.isEmpty ? 0 : 2 * depth * shape.middleCells,
            cells: shape.rowCells)
    }

    /// Copies the surrounding planes of `source`.
    func save(_ source: FieldStore<Codec>) {
        guard !slab.isEmpty else { return }
        for layer in 0..<depth {
            copy(source, plane: slab.lowerBound - depth + layer, to: layer)
            copy(source, plane: slab.upperBound + layer, to: depth + layer)
        }
    }

    private func copy(_ source: FieldStore<Codec>, plane: Int, to place: Int) {
        guard periodic || (0..<shape.marchCells).contains(plane) else { return }
        let rows = shape.middleCells
        store.copyRows(
            source, from: shape.wrapped(plane: plane) * rows, to: place * rows, count: rows)
    }

    /// Where plane `index` is kept; nil inside the slab.
    @inline(__always) func place(of index: Int) -> (store: FieldStore<Codec>, plane: Int)? {
        if slab.contains(index) { return nil }
        return index < slab.lowerBound
            ? (store, index - slab.lowerBound + depth) : (store, index - slab.upperBound + depth)
    }
}
