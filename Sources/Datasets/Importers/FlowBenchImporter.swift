import Archive

/// FlowBench (Tali and others 2024, arXiv:2409.18032): pairs of NumPy archives. Inputs are (sample, channel, y, x) with
/// the channels Reynolds number, signed distance and mask; outputs (sample, channel, y, x), or with times
/// (sample, time, channel, y, x), with the channels u, v, p and perhaps more.
public struct FlowBenchImporter: DatasetImporter {
    /// `flowbench`
    public static let format = "flowbench"
    /// Pairs of archives.
    public static let sources = "INPUTS.npz OUTPUTS.npz [INPUTS.npz OUTPUTS.npz]..."

    /// What all samples share.
    public let layout: ImportLayout
    /// How many samples there are.
    public var sampleCount: Int { pairs.count }
    private let pairs: ArrayPairs

    /// Opens the archives. Throws `ImportError`.
    public init(sources: [String]) throws {
        pairs = try ArrayPairs(sources, Self.sources)
        let (from, to) = (pairs.inputShape, pairs.outputShape)
        guard from.count == 3, from[0] == 3 else {
            throw ImportError(
                sources[0],
                "its samples have the shape \(from); FlowBench has (3, y, x): Reynolds number, signed distance, mask",
                advice: "arrays of another layout: import npz")
        }
        let isRollout = to.count == 4
        let names = ["velocity_x", "velocity_y", "pressure", "temperature"]
        let channelCount = to[isRollout ? 1 : 0]
        layout = ImportLayout(
            task: isRollout ? .rollout : .steady, axes: ImportLayout.unitAxes(Array(from.dropFirst())),
            inputChannels: ["reynolds", "sdf", "mask"],
            outputChannels: (0..<channelCount).map { $0 < names.count ? names[$0] : "output_\($0)" },
            times: isRollout ? (0..<to[0]).map(Double.init) : [],
            parameters: [DatasetParameter("reynolds")], hasGeometry: true)
    }

    /// The Reynolds number, and the mask as the geometry. Throws `ImportError`.
    public func origin(_ index: Int) throws -> DatasetSampleOrigin {
        let reynolds = try pairs.inputs(index, 0).first ?? 0
        let mask = try pairs.inputs(index, 2).map { $0 == 0 ? Float(0) : 1 }
        return DatasetSampleOrigin(parameters: [Double(reynolds)], geometry: ImportedGeometry.name(mask))
    }

    /// The channels of the source; signs of the distance turned where they contradict the mask. Throws `ImportError`.
    public func sample(_ index: Int) throws -> DatasetSample {
        let mask = try pairs.inputs(index, 2).map { $0 == 0 ? UInt8(0) : 1 }
        let distance = ImportedGeometry.oriented(try pairs.inputs(index, 1), mask)
        return DatasetSample(
            inputs: try pairs.inputs(index, 0) + distance + mask.map { Float($0) },
            outputs: try pairs.outputs(index), signedDistance: distance, mask: mask)
    }
}
