import Archive
import Operators

/// What a model is given and what it predicts, by the names of the dataset's channels.
///
/// In a rollout the state at one time, the outputs, is given beside the inputs, and the state at the next time is
/// predicted; inputs called `initial_…` repeat a state, and are left out.
public struct FieldLayout: Sendable, Codable, Equatable {
    /// Whether the model predicts a state, or the next one.
    public var task: DatasetTask
    /// Channels of `/inputs` that are given.
    public var inputChannels: [String]
    /// Channels of `/outputs` that are predicted, and given where time goes on.
    public var outputChannels: [String]
    /// Channels given that are constant over a sample.
    public var constants: [Int]
    /// The extents of the grid of training: (z,) y, x.
    public var cellShape: [Int]
    /// Where its points lie.
    public var points: PointPlacement

    /// A layout.
    public init(
        task: DatasetTask, inputChannels: [String], outputChannels: [String], constants: [Int] = [],
        cellShape: [Int], points: PointPlacement = .cells
    ) {
        self.task = task
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.constants = constants
        self.cellShape = cellShape
        self.points = points
    }

    /// Layouts of before there was a choice have their points at the centres of cells.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        task = try container.decode(DatasetTask.self, forKey: .task)
        inputChannels = try container.decode([String].self, forKey: .inputChannels)
        outputChannels = try container.decode([String].self, forKey: .outputChannels)
        constants = try container.decode([Int].self, forKey: .constants)
        cellShape = try container.decode([Int].self, forKey: .cellShape)
        points = try container.decodeIfPresent(PointPlacement.self, forKey: .points) ?? .cells
    }

    /// All channels that the network is given.
    public var givenChannels: [String] {
        task == .rollout ? inputChannels + outputChannels : inputChannels
    }

    /// What the network maps.
    public var mapping: FieldMapping {
        FieldMapping(
            inputs: givenChannels.count, outputs: outputChannels.count, dimension: cellShape.count,
            constants: constants)
    }
}
