import Archive

/// Foreign data as samples of a dataset. A new kind of source is one file with a type of this protocol and a line in
/// ``ImporterRegistry``.
public protocol DatasetImporter {
    /// The word of the command line, such as `pdebench`.
    static var format: String { get }
    /// What the sources have to be, for messages and help.
    static var sources: String { get }

    /// Opens the sources. Throws `ImportError` or `ArchiveError` where they are not of this layout.
    init(sources: [String]) throws

    /// What all samples share.
    var layout: ImportLayout { get }
    /// How many samples there are.
    var sampleCount: Int { get }
    /// The splits that the sources tell; nil where they tell none.
    var splits: [DatasetSplit]? { get }
    /// The parameters and the geometry of a sample. Throws `ImportError` or `ArchiveError`.
    func origin(_ index: Int) throws -> DatasetSampleOrigin
    /// The arrays of a sample. Throws `ImportError` or `ArchiveError`.
    func sample(_ index: Int) throws -> DatasetSample
}

extension DatasetImporter {
    /// None.
    public var splits: [DatasetSplit]? { nil }
}

/// What all samples of foreign data share.
public struct ImportLayout: Sendable {
    /// What the samples are.
    public var task: DatasetTask
    /// The grid's axes, x first.
    public var axes: [RunAxis]
    /// The names of the input channels.
    public var inputChannels: [String]
    /// The names of the output channels.
    public var outputChannels: [String]
    /// The times of a rollout; empty for steady samples.
    public var times: [Double]
    /// The parameters.
    public var parameters: [DatasetParameter]
    /// Whether samples come with signed distance and mask.
    public var hasGeometry: Bool

    /// What all samples share.
    public init(
        task: DatasetTask, axes: [RunAxis], inputChannels: [String], outputChannels: [String],
        times: [Double] = [], parameters: [DatasetParameter] = [], hasGeometry: Bool = false
    ) {
        self.task = task
        self.axes = axes
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.times = times
        self.parameters = parameters
        self.hasGeometry = hasGeometry
    }

    /// Axes of cells of length 1, for data that do not say where their cells are; `shape` is (z,) y, x.
    static func unitAxes(_ shape: [Int]) -> [RunAxis] {
        zip(["x", "y", "z"], shape.reversed()).map {
            .uniform(name: $0, cells: $1, lower: 0, upper: Double($1))
        }
    }
}

/// The importers that there are.
public enum ImporterRegistry {
    /// In the alphabetical order of their words.
    public static var all: [any DatasetImporter.Type] {
        [
            FlowBenchImporter.self, ArrayPairImporter.self, PDEBenchImporter.self, TheWellImporter.self,
            TorchImporter.self,
        ]
    }

    /// The words of the command line.
    public static var formats: [String] { all.map { $0.format } }
}
