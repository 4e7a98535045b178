import Archive
import Numerics
import Operators
import Tensors

/// What the prediction of a sample starts from, in physical units.
public struct SampleInputs: Sendable {
    /// The extents of the grid: (z,) y, x.
    public let cellShape: [Int]
    /// Channels of the dataset's inputs, (z,) y, x.
    public let conditions: [Float]
    /// The first state of a rollout: channel, (z,) y, x; empty for steady samples.
    public let state: [Float]
    let mask: [UInt8]?
    let steps: Int
}

/// A trained model: predicts samples of datasets in physical units.
public final class TrainedModel {
    /// The model file.
    public let path: String
    /// Everything that the file tells besides the weights.
    public private(set) var description: ModelDescription
    /// The network.
    public let network: OperatorNetwork<Float>
    private var knownSymmetries: (cellShape: [Int], symmetries: [(FieldSymmetry, FieldSymmetry)])?

    /// Reads a model file.
    ///
    /// - Parameter threads: 0 takes all processors.
    /// - Throws: `ArchiveError` and ``TrainingError`` for a missing, foreign or damaged file.
    public init(reading path: String, threads: Int = 0) throws {
        let file = try SafetensorsFile(reading: path)
        self.path = path
        description = try ModelDescription(file.metadata, path: path)
        let layout = description.layout
        let model = try ModelText.model(description.model, layout.mapping, path: path)
        network = try OperatorNetwork(
            model, spatial: layout.cellShape, seed: 0, workers: Workers(count: threads))
        try ModelFile.load(file, into: network.parameters, path: path)
    }

    /// How it predicts: as its file says, unless that is changed.
    public var prediction: PredictionOptions {
        get { description.prediction }
        set {
            description.prediction = newValue
            knownSymmetries = nil
        }
    }

    /// The number of weights.
    public var parameterCount: Int { network.parameters.count }

    /// The shape of the prediction of one sample: (time,) channel, (z,) y, x.
    public func predictionShape(of dataset: DatasetFileReader) -> [Int] {
        (description.layout.task == .rollout ? [dataset.times.count] : [])
            + [description.layout.outputChannels.count] + dataset.cellShape
    }

    /// Checks that samples of a dataset can be predicted.
    ///
    /// - Throws: ``TrainingError`` for missing channels and another task, `OperatorError` for a grid that the model
    ///   cannot work on.
    public func check(_ dataset: DatasetFileReader) throws {
        let layout = description.layout
        guard dataset.task == layout.task else {
            throw TrainingError(
                "\(path) was trained for \(layout.task.rawValue) samples, \(dataset.path) has \(dataset.task.rawValue) ones"
            )
        }
        _ = try FieldReader(dataset, layout)
        let seen = description.prediction.grid == .training ? layout.cellShape : dataset.cellShape
        if seen != dataset.cellShape {
            _ = try GridTransfer(from: dataset.cellShape, to: seen, layout.points)
        }
        try network.check(Shape([1] + seen + [layout.givenChannels.count]))
    }

    /// The prediction of a sample in physical units: channel, (z,) y, x; for a rollout time, channel, (z,) y, x, whose
    /// first state is the given one, and whose others follow from it by the model alone.
    ///
    /// - Throws: What ``check(_:)`` throws, and `ArchiveError`.
    public func predict(_ sample: Int, of dataset: DatasetFileReader) throws -> [Float] {
        try predict(inputs(sample, of: dataset))
    }

    /// What a prediction starts from, read from the dataset; apart from the prediction, so that each can be timed.
    ///
    /// - Throws: What ``check(_:)`` throws, and `ArchiveError`.
    public func inputs(_ sample: Int, of dataset: DatasetFileReader) throws -> SampleInputs {
        try check(dataset)
        let reader = try FieldReader(dataset, description.layout)
        let isRollout = description.layout.task == .rollout
        return SampleInputs(
            cellShape: dataset.cellShape, conditions: try reader.conditions(sample),
            state: isRollout ? try reader.state(sample, time: 0) : [],
            mask: isRollout ? try dataset.mask(sample) : nil, steps: max(0, dataset.times.count - 1))
    }

    /// The prediction that starts from these inputs.
    ///
    /// - Throws: `OperatorError` where the shape does not fit.
    public func predict(_ inputs: SampleInputs) throws -> [Float] {
        guard description.layout.task == .rollout else {
            return try predict(inputs.conditions, cellShape: inputs.cellShape)
        }
        var state = inputs.state
        var states = state
        for _ in 0..<inputs.steps {
            if let mask = inputs.mask { meanInBodies(&state, mask) }
            state = try predict(inputs.conditions + state, cellShape: inputs.cellShape)
            states += state
        }
        return states
    }

    /// The prediction for fields in physical units: given channels, (z,) y, x to predicted channels, (z,) y, x.
    ///
    /// - Throws: `OperatorError` where the shape does not fit.
    public func predict(_ fields: [Float], cellShape: [Int]) throws -> [Float] {
        let layout = description.layout
        let given = layout.givenChannels.count
        let points = cellShape.reduce(1, *)
        guard fields.count == given * points else {
            throw TrainingError(
                "fields of \(given) channels on \(points) points have \(given * points) values, not \(fields.count)"
            )
        }
        guard description.prediction.grid == .training, cellShape != layout.cellShape else {
            return try averaged(fields, cellShape)
        }
        let transfer = try GridTransfer(from: cellShape, to: layout.cellShape, layout.points)
        return transfer.interpolated(try averaged(transfer.reduced(fields), layout.cellShape))
    }

    /// The mean over the symmetries that predictions are averaged over.
    private func averaged(_ fields: [Float], _ cellShape: [Int]) throws -> [Float] {
        let symmetries = try symmetries(cellShape)
        guard symmetries.count > 1 else { return try predictOnce(fields, cellShape) }
        var sum: [Float] = []
        for (symmetry, inverse) in symmetries {
            let prediction = inverse.predicted(try predictOnce(symmetry.given(fields), cellShape))
            if sum.isEmpty { sum = prediction } else { for i in sum.indices { sum[i] += prediction[i] } }
        }
        let factor = 1 / Float(symmetries.count)
        return sum.map { factor * $0 }
    }

    /// Symmetries and what undoes them, made once for a grid.
    private func symmetries(_ cellShape: [Int]) throws -> [(FieldSymmetry, FieldSymmetry)] {
        if let known = knownSymmetries, known.cellShape == cellShape { return known.symmetries }
        let (layout, options) = (description.layout, description.prediction)
        let make = { (symmetry: GridSymmetry) in
            try FieldSymmetry(symmetry, layout, cellShape: cellShape, scalars: options.scalars)
        }
        let made = try options.symmetries.map { (try make($0), try make($0.inverse)) }
        knownSymmetries = (cellShape, made)
        return made
    }

    /// One pass through the network.
    private func predictOnce(_ fields: [Float], _ cellShape: [Int]) throws -> [Float] {
        let layout = description.layout
        let (given, predicted) = (layout.givenChannels.count, layout.outputChannels.count)
        let points = cellShape.reduce(1, *)
        var input = fields
        description.inputs.normalise(&input)
        input = Self.reordered(input, points, given, ChannelOrder.last)
        let shape = Shape([1] + cellShape + [given])
        let output = try input.withUnsafeBufferPointer { Array(try network.predict($0, shape: shape)) }
        var result = Self.reordered(output, points, predicted, ChannelOrder.first)
        description.outputs.restore(&result)
        return result
    }

    /// In bodies a state means nothing; training gave the mean there.
    private func meanInBodies(_ state: inout [Float], _ mask: [UInt8]) {
        for (channel, mean) in description.outputs.mean.enumerated() {
            for i in mask.indices where mask[i] == 0 { state[channel * mask.count + i] = Float(mean) }
        }
    }

    private static func reordered(
        _ values: [Float], _ points: Int, _ channels: Int,
        _ convert: (UnsafePointer<Float>, Int, Int, UnsafeMutablePointer<Float>) -> Void
    ) -> [Float] {
        [Float](unsafeUninitializedCapacity: values.count) { buffer, used in
            values.withUnsafeBufferPointer { source in
                if let from = source.baseAddress, let to = buffer.baseAddress {
                    convert(from, points, channels, to)
                }
            }
            used = values.count
        }
    }
}
