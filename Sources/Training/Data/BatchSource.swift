import Archive
import Numerics
import Operators

/// Fields of several items as networks take them, normalised, channels last.
struct Batch: Sendable {
    var count: Int
    var input: [Float]
    var target: [Float]
    /// One a point; empty where the loss is not weighted.
    var weights: [Float]
}

/// Makes batches out of items of a dataset; only the batches at hand are in memory.
struct BatchSource: Sendable {
    let reader: FieldReader
    let inputs: ChannelNormaliser
    let outputs: ChannelNormaliser
    let weights: PointWeights
    let isWeighted: Bool

    /// A batch; `mirrors` has one list of mirrors an item, or is empty.
    func batch(_ items: ArraySlice<TrainingItem>, mirrors: [[MirrorSymmetry]] = []) throws -> Batch {
        let layout = reader.layout
        let points = layout.cellShape.reduce(1, *)
        let (given, predicted) = (layout.givenChannels.count, layout.outputChannels.count)
        var batch = Batch(
            count: items.count, input: [Float](repeating: 0, count: items.count * points * given),
            target: [Float](repeating: 0, count: items.count * points * predicted),
            weights: isWeighted ? [Float](repeating: 0, count: items.count * points) : [])
        for (position, item) in items.enumerated() {
            let fields = try fields(item, mirrors.isEmpty ? [] : mirrors[position])
            Self.put(fields.input, given, points, position, &batch.input)
            Self.put(fields.target, predicted, points, position, &batch.target)
            guard isWeighted else { continue }
            batch.weights.replaceSubrange(
                (position * points)..<((position + 1) * points), with: weights.values(fields, points: points))
        }
        return batch
    }

    /// Normalised fields; in bodies, whose values mean nothing, the target is the mean.
    private func fields(_ item: TrainingItem, _ mirrors: [MirrorSymmetry]) throws -> ItemFields {
        var fields = try reader.read(item)
        for mirror in mirrors { fields = mirror.apply(fields, reader.layout) }
        inputs.normalise(&fields.input)
        outputs.normalise(&fields.target)
        if let mask = fields.mask {
            let state = reader.layout.task == .rollout ? reader.layout.inputChannels.count : Int.max
            Self.clear(&fields.target, mask, from: 0)
            if state < Int.max { Self.clear(&fields.input, mask, from: state) }
        }
        return fields
    }

    /// Sets the channels from a number on to 0 where the mask is 0.
    static func clear(_ field: inout [Float], _ mask: [UInt8], from channel: Int) {
        for start in stride(from: channel * mask.count, to: field.count, by: mask.count) {
            for i in mask.indices where mask[i] == 0 { field[start + i] = 0 }
        }
    }

    private static func put(
        _ field: [Float], _ channels: Int, _ points: Int, _ position: Int, _ target: inout [Float]
    ) {
        field.withUnsafeBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                ChannelOrder.last(
                    from, points: points, channels: channels, into: to + position * points * channels)
            }
        }
    }
}
