import Archive

/// A sample, and of a rollout the number of the state that is given.
struct TrainingItem: Sendable, Hashable {
    var sample: Int
    var time = 0
}

/// The fields of an item in physical units, channels first.
struct ItemFields: Sendable {
    var input: [Float]
    /// The state that is to be predicted; in unrolled training as many as there are steps, one after the other.
    var target: [Float]
    /// 1 in the fluid, 0 in bodies; nil where the dataset does not tell.
    var mask: [UInt8]?
    /// Signed distance to the bodies; nil where the dataset does not tell, or nobody asks.
    var distance: [Float]?
}

/// Reads what a layout names from a dataset.
struct FieldReader: Sendable {
    let dataset: DatasetFileReader
    let layout: FieldLayout
    /// Whether the signed distance is read too.
    var needsDistance = false
    /// Steps of a rollout that an item has.
    var steps = 1
    private let inputs: [Int]
    private let outputs: [Int]

    /// - Throws: ``TrainingError`` where the dataset lacks a channel.
    init(_ dataset: DatasetFileReader, _ layout: FieldLayout) throws {
        self.dataset = dataset
        self.layout = layout
        inputs = try layout.inputChannels.map {
            try Self.position($0, dataset.inputChannels, "input", dataset.path)
        }
        outputs = try layout.outputChannels.map {
            try Self.position($0, dataset.outputChannels, "output", dataset.path)
        }
    }

    private static func position(
        _ name: String, _ names: [String], _ what: String, _ path: String
    ) throws -> Int {
        guard let position = names.firstIndex(of: name) else {
            throw TrainingError(
                "\(path) has no \(what) channel \"\(name)\"; it has \(names.joined(separator: ", "))",
                advice: "predict a dataset with the channels that the model was trained with")
        }
        return position
    }

    /// The items of samples: one a steady sample, one a state of a rollout that as many states follow as there are steps.
    func items(_ samples: [Int]) -> [TrainingItem] {
        guard layout.task == .rollout else { return samples.map { TrainingItem(sample: $0) } }
        return samples.flatMap { sample in
            (0..<max(0, dataset.times.count - steps)).map { TrainingItem(sample: sample, time: $0) }
        }
    }

    /// What is given besides a state: channels first.
    func conditions(_ sample: Int) throws -> [Float] {
        if inputs == Array(dataset.inputChannels.indices) { return try dataset.inputs(sample) }
        return try inputs.flatMap { try dataset.input(sample, channel: $0) }
    }

    /// The outputs at a time: channels first.
    func state(_ sample: Int, time: Int) throws -> [Float] {
        if layout.task == .steady, outputs == Array(dataset.outputChannels.indices) {
            return try dataset.outputs(sample)
        }
        return try outputs.flatMap { try dataset.output(sample, channel: $0, time: time) }
    }

    /// All fields of an item.
    func read(_ item: TrainingItem) throws -> ItemFields {
        let isRollout = layout.task == .rollout
        let given = isRollout ? try state(item.sample, time: item.time) : []
        let times = isRollout ? (item.time + 1)...(item.time + steps) : 0...0
        return ItemFields(
            input: try conditions(item.sample) + given,
            target: try times.flatMap { try state(item.sample, time: $0) },
            mask: try dataset.mask(item.sample),
            distance: needsDistance ? try dataset.signedDistance(item.sample) : nil)
    }
}
