import Archive
import Numerics
import Operators

/// Fields of several items as networks take them, normalised, channels last.
struct Batch: Sendable {
    var count: Int
    var input: [Float]
    /// One a step.
    var targets: [[Float]]
    /// One a point; empty where the loss is not weighted.
    var weights: [Float]
    /// Steps that are taken before the one that is learned, where steps are pushed forward.
    var pushes: Int
}

/// Makes batches out of items of a dataset; only the batches at hand are in memory.
struct BatchSource: Sendable {
    var reader: FieldReader
    let inputs: ChannelNormaliser
    let outputs: ChannelNormaliser
    let weights: PointWeights
    let isWeighted: Bool
    var augmentation = Augmentation()

    /// A batch; `streams` has random numbers for each item, or is empty where items are taken as they are.
    func batch(_ items: ArraySlice<TrainingItem>, streams: [RandomStream] = []) throws -> Batch {
        let layout = reader.layout
        let points = layout.cellShape.reduce(1, *)
        let (given, predicted) = (layout.givenChannels.count, layout.outputChannels.count)
        let size = points * predicted
        var batch = Batch(
            count: items.count, input: [Float](repeating: 0, count: items.count * points * given),
            targets: Array(repeating: [Float](repeating: 0, count: items.count * size), count: reader.steps),
            weights: isWeighted ? [Float](repeating: 0, count: items.count * points) : [],
            pushes: reader.steps - 1)
        for (position, item) in items.enumerated() {
            let fields = try fields(item, streams.isEmpty ? nil : streams[position])
            fields.input.withUnsafeBufferPointer {
                Self.put($0[...], given, points, position, &batch.input)
            }
            fields.target.withUnsafeBufferPointer {
                for step in 0..<reader.steps {
                    Self.put(
                        $0[(step * size)..<((step + 1) * size)], predicted, points, position,
                        &batch.targets[step])
                }
            }
            guard isWeighted else { continue }
            batch.weights.replaceSubrange(
                (position * points)..<((position + 1) * points), with: weights.values(fields, points: points))
        }
        return batch
    }

    /// Normalised fields; in bodies, whose values mean nothing, the target is the mean.
    private func fields(_ item: TrainingItem, _ stream: RandomStream?) throws -> ItemFields {
        let layout = reader.layout
        var fields = try reader.read(item)
        var random = stream ?? RandomStream(seed: 0)
        if stream != nil, augmentation.isActive { fields = augmentation.apply(fields, layout, &random) }
        inputs.normalise(&fields.input)
        let size = layout.outputChannels.count * layout.cellShape.reduce(1, *)
        for start in stride(from: 0, to: fields.target.count, by: size) {
            outputs.normalise(&fields.target, in: start..<(start + size))
        }
        let isRollout = layout.task == .rollout
        if isRollout, stream != nil {
            let conditions = layout.inputChannels.count * layout.cellShape.reduce(1, *)
            augmentation.disturb(&fields.input, from: conditions, &random)
        }
        if let mask = fields.mask {
            Self.clear(&fields.target, mask, from: 0)
            if isRollout { Self.clear(&fields.input, mask, from: layout.inputChannels.count) }
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
        _ source: Slice<UnsafeBufferPointer<Float>>, _ channels: Int, _ points: Int, _ position: Int,
        _ target: inout [Float]
    ) {
        target.withUnsafeMutableBufferPointer { target in
            guard let from = source.base.baseAddress, let to = target.baseAddress else { return }
            ChannelOrder.last(
                from + source.startIndex, points: points, channels: channels,
                into: to + position * points * channels)
        }
    }
}
