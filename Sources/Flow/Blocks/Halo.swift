import Numerics

/// Copies of the planes around a block's own, in stored form: all that it knows of others. Filled by an exchange, when
/// nobody writes.
final class Halo<Codec: StorageCodec>: Sendable {
    /// The planes that the block owns.
    let planes: Range<Int>
    /// Planes kept beyond either end.
    let depth: Int
    /// Whether planes beyond the domain are those at its other end.
    let wraps: Bool
    private let shape: GridShape
    private let store: FieldStore<Codec>

    init(block: Int, of partition: Partition, depth: Int, shape: GridShape, periodic: Bool, variables: Int) {
        planes = partition.planes[block]
        self.depth = depth
        self.shape = shape
        wraps = periodic
        store = FieldStore(
            variables: variables, rows: planes.isEmpty ? 0 : 2 * depth * shape.middleCells,
            cells: shape.rowCells)
    }

    /// The planes that the block owns and those of the halo that exist; beyond the domain where the axis is periodic.
    var visiblePlanes: Range<Int> {
        let wide = planes.lowerBound - depth..<planes.upperBound + depth
        return wraps ? wide : wide.clamped(to: 0..<shape.marchCells)
    }

    /// Takes the surrounding planes of a field from the blocks that own them.
    func fill(from field: BlockedField<Codec>) {
        guard !planes.isEmpty else { return }
        for layer in 0..<depth {
            copy(field, plane: planes.lowerBound - depth + layer, to: layer)
            copy(field, plane: planes.upperBound + layer, to: depth + layer)
        }
    }

    private func copy(_ field: BlockedField<Codec>, plane: Int, to place: Int) {
        guard wraps || (0..<shape.marchCells).contains(plane) else { return }
        let rows = shape.middleCells
        let (source, row) = field.place(ofRow: shape.wrapped(plane: plane) * rows)
        store.copyRows(source, from: row, to: place * rows, count: rows)
    }

    /// A row of plane `plane`, which lies within the halo's reach: the block's own, or a copy.
    @inline(__always) func row(
        _ variable: Int, plane: Int, middle: Int, own: FieldStore<Codec>
    ) -> UnsafeMutableRawPointer {
        let rows = shape.middleCells
        if planes.contains(plane) { return own.row(variable, (plane - planes.lowerBound) * rows + middle) }
        let place = plane < planes.lowerBound ? plane - planes.lowerBound : plane - planes.upperBound
        return store.row(variable, (place + depth) * rows + middle)
    }
}
