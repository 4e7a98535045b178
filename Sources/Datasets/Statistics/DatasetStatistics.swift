import Archive

/// Gathers the statistics of the channels of a dataset, sample by sample.
public struct DatasetStatistics: Sendable {
    private var inputs: [StreamingMoments]
    private var outputs: [StreamingMoments]
    private let cellCount: Int

    /// Statistics of no sample yet.
    public init(inputChannels: Int, outputChannels: Int, cellCount: Int) {
        self.cellCount = cellCount
        inputs = Array(repeating: StreamingMoments(), count: inputChannels)
        outputs = Array(repeating: StreamingMoments(), count: outputChannels)
    }

    /// Takes in the fluid cells of a sample: all cells where it has no mask.
    public mutating func add(_ sample: DatasetSample) {
        Self.add(sample.inputs, sample.mask, cellCount, to: &inputs)
        Self.add(sample.outputs, sample.mask, cellCount, to: &outputs)
    }

    /// Of the input and the output channels; nil where there was no fluid cell.
    public var channels: (inputs: ChannelStatistics, outputs: ChannelStatistics)? {
        guard (inputs + outputs).allSatisfy({ $0.count > 0 }) else { return nil }
        return (Self.table(inputs), Self.table(outputs))
    }

    /// `values`: (time,) channel, cells; times one after the other.
    private static func add(
        _ values: [Float], _ mask: [UInt8]?, _ cells: Int, to moments: inout [StreamingMoments]
    ) {
        for block in 0..<values.count / cells {
            let field = values[block * cells..<(block + 1) * cells]
            let channel = block % moments.count
            if let mask {
                moments[channel].add(zip(field, mask).filter { $1 != 0 }.map(\.0))
            } else {
                moments[channel].add(field)
            }
        }
    }

    private static func table(_ moments: [StreamingMoments]) -> ChannelStatistics {
        ChannelStatistics(
            mean: moments.map(\.mean), standardDeviation: moments.map(\.standardDeviation),
            minimum: moments.map(\.minimum), maximum: moments.map(\.maximum))
    }
}
