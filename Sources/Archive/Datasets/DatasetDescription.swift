/// What the samples of a dataset are.
public enum DatasetTask: String, Sendable, Codable {
    /// One state a sample.
    case steady
    /// A trajectory a sample: states on a list of times.
    case rollout
}

/// A quantity that differs between the samples of a dataset.
public struct DatasetParameter: Sendable, Codable, Equatable {
    /// Its name, such as `mach`.
    public var name: String
    /// Its unit; empty for a number without one.
    public var unit: String

    /// A parameter.
    public init(_ name: String, unit: String = "") {
        self.name = name
        self.unit = unit
    }
}

/// A named list of samples.
public struct DatasetSplit: Sendable, Codable, Equatable {
    /// `train`, `validation`, `test` or `test_…`.
    public var name: String
    /// The numbers of its samples, from 0.
    public var samples: [Int]

    /// A split.
    public init(_ name: String, _ samples: [Int]) {
        self.name = name
        self.samples = samples
    }
}

/// Where a sample comes from; known before it is computed.
public struct DatasetSampleOrigin: Sendable, Equatable {
    /// The values of the dataset's parameters, in their order.
    public var parameters: [Double]
    /// The seed of whatever is random in it.
    public var seed: UInt64
    /// Which geometry it has: samples with the same text share a body.
    public var geometry: String
    /// The family of that geometry; may be empty.
    public var family: String

    /// The origin of a sample.
    public init(parameters: [Double], seed: UInt64 = 0, geometry: String = "", family: String = "") {
        self.parameters = parameters
        self.seed = seed
        self.geometry = geometry
        self.family = family
    }
}

/// A dataset file before its samples are in it: everything that fixes its layout.
public struct DatasetDescription: Sendable {
    /// What the samples are.
    public var task: DatasetTask
    /// The grid's axes, x first; one, two or three.
    public var axes: [RunAxis]
    /// The names of the input channels, in their order.
    public var inputChannels: [String]
    /// The names of the output channels, in their order.
    public var outputChannels: [String]
    /// The times of a rollout; empty for steady samples.
    public var times: [Double]
    /// The parameters, in their order.
    public var parameters: [DatasetParameter]
    /// Every sample, in the order of the file.
    public var samples: [DatasetSampleOrigin]
    /// The splits as planned; samples that fail leave them when the file is finished.
    public var splits: [DatasetSplit]
    /// Whether the file has `/sdf` and `/mask`.
    public var hasGeometry: Bool
    /// The version of the program that writes.
    public var toolVersion: String
    /// Further attributes of the root: the campaign's text, the base case's, their digests.
    public var attributes: [String: AttributeValue]
    /// Deflate level of the finished file, 0 (off) to 9. Compression packs the finished samples into a second file,
    /// in their order, which then takes the final name.
    public var deflateLevel: Int

    /// Creates a description.
    public init(
        task: DatasetTask, axes: [RunAxis], inputChannels: [String], outputChannels: [String],
        times: [Double] = [], parameters: [DatasetParameter] = [], samples: [DatasetSampleOrigin],
        splits: [DatasetSplit] = [], hasGeometry: Bool = true, toolVersion: String,
        attributes: [String: AttributeValue] = [:], deflateLevel: Int = 0
    ) {
        self.task = task
        self.axes = axes
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.times = times
        self.parameters = parameters
        self.samples = samples
        self.splits = splits
        self.hasGeometry = hasGeometry
        self.toolVersion = toolVersion
        self.attributes = attributes
        self.deflateLevel = deflateLevel
    }

    /// The shape of one channel, slowest axis first: (z,) y, x.
    public var cellShape: [Int] { axes.reversed().map(\.cellCount) }
    /// The shape of the inputs of one sample: channel, (z,) y, x.
    public var inputShape: [Int] { [inputChannels.count] + cellShape }
    /// The shape of the outputs of one sample: (time,) channel, (z,) y, x.
    public var outputShape: [Int] {
        (task == .rollout ? [times.count] : []) + [outputChannels.count] + cellShape
    }
    /// Bytes of one sample, before compression.
    public var bytesPerSample: Int {
        4 * (inputShape.reduce(1, *) + outputShape.reduce(1, *)) + (hasGeometry ? 5 : 0)
            * cellShape.reduce(1, *)
    }
    /// Bytes of the file, before compression.
    public var byteCount: Int { samples.count * (bytesPerSample + 8 * parameters.count + 512) + 1 << 16 }
}
