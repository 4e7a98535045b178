/// Pairs of arrays of inputs and outputs, one after the other.
struct ArrayPairs {
    /// Samples of all pairs.
    let count: Int
    /// The shape of one sample's inputs: channel, (z,) y, x.
    let inputShape: [Int]
    /// The shape of one sample's outputs: (time,) channel, (z,) y, x.
    let outputShape: [Int]
    private let arrays: [(inputs: NumPyArray, outputs: NumPyArray)]

    /// `sources` are inputs and outputs in turn. Throws `ImportError`.
    init(_ sources: [String], _ needed: String) throws {
        guard !sources.isEmpty, sources.count.isMultiple(of: 2) else {
            throw ImportError(
                sources.last ?? "no source", "inputs and outputs come in pairs; \(sources.count) given",
                advice: "needed: \(needed)")
        }
        try self.init(
            stride(from: 0, to: sources.count, by: 2).map {
                (try NumPyArray.read(sources[$0]), try NumPyArray.read(sources[$0 + 1]))
            })
    }

    init(_ arrays: [(inputs: NumPyArray, outputs: NumPyArray)]) throws {
        self.arrays = arrays
        inputShape = Array(arrays[0].inputs.shape.dropFirst())
        outputShape = Array(arrays[0].outputs.shape.dropFirst())
        count = arrays.reduce(0) { $0 + ($1.inputs.shape.first ?? 0) }
        for (inputs, outputs) in arrays { try Self.check(inputs, outputs, inputShape, outputShape) }
    }

    private static func check(
        _ inputs: NumPyArray, _ outputs: NumPyArray, _ inputShape: [Int], _ outputShape: [Int]
    ) throws {
        let (from, to) = (inputs.shape, outputs.shape)
        let hasTime = to.count == from.count + 1
        guard (3...5).contains(from.count), to.count == from.count || hasTime, from[0] == to[0], from[0] > 0,
            Array(from.dropFirst(2)) == Array(to.dropFirst(hasTime ? 3 : 2))
        else {
            throw ImportError(
                outputs.name,
                "outputs of shape \(to) do not fit the inputs of shape \(from) in \(inputs.name); needed: (sample, "
                    + "channel, (z,) y, x) and (sample, (time,) channel, (z,) y, x)")
        }
        guard Array(from.dropFirst()) == inputShape, Array(to.dropFirst()) == outputShape else {
            throw ImportError(
                inputs.name, "its samples have another shape than those of the first pair",
                advice: "import them into a dataset of their own")
        }
    }

    /// All inputs of a sample.
    func inputs(_ index: Int) throws -> [Float] {
        let (pair, row) = place(index)
        return try arrays[pair].inputs.part([row])
    }

    /// One input channel of a sample.
    func inputs(_ index: Int, _ channel: Int) throws -> [Float] {
        let (pair, row) = place(index)
        return try arrays[pair].inputs.part([row, channel])
    }

    /// All outputs of a sample.
    func outputs(_ index: Int) throws -> [Float] {
        let (pair, row) = place(index)
        return try arrays[pair].outputs.part([row])
    }

    private func place(_ index: Int) -> (pair: Int, row: Int) {
        var row = index
        for (pair, array) in arrays.enumerated() {
            if row < array.inputs.shape[0] { return (pair, row) }
            row -= array.inputs.shape[0]
        }
        return (arrays.count - 1, row)
    }
}
