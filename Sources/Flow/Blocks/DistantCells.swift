import Numerics

/// Single cells of other blocks that a block has to know, decoded: donors of walls may lie farther away than its halo.
final class DistantCells<Codec: StorageCodec>: Sendable {
    typealias Scalar = Codec.Scalar

    private let places: [CellPlace]
    private let memory: AlignedMemory

    init(_ places: [CellPlace], variables: Int) {
        self.places = places
        memory = AlignedMemory(bytes: max(1, variables * places.count) * MemoryLayout<Scalar>.stride)
    }

    /// The value of a variable in the cell of a slot.
    @inline(__always) func value(_ variable: Int, _ slot: Int) -> Scalar {
        memory.values(of: Scalar.self)[variable * places.count + slot]
    }

    /// Takes one variable of every cell from the blocks that own them.
    ///
    /// - Parameters:
    ///   - variable: The number under which it is kept here.
    ///   - stored: The number under which the field stores it.
    func fetch(_ variable: Int, stored: Int, reference: Scalar, from field: BlockedField<Codec>) {
        let target = memory.values(of: Scalar.self) + variable * places.count
        for (slot, place) in places.enumerated() {
            let (store, row) = field.place(ofRow: Int(place.row))
            target[slot] = Codec.value(
                store.row(stored, row), cells: store.cells, cell: Int(place.cell), reference: reference)
        }
    }
}
