import Numerics

/// What a block sees of a copy of the state and of Σ: its own rows and the halos around them.
struct BlockView<Codec: StorageCodec> {
    let state: FieldStore<Codec>
    let halo: Halo<Codec>
    let sigma: FieldStore<Codec>?
    let sigmaHalo: Halo<Codec>?
}

/// A cell of the whole grid.
struct CellPlace: Sendable, Hashable {
    let row: Int32
    /// In its row.
    let cell: Int32
}
