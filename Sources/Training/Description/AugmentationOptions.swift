import Schema

/// How samples are changed at random, as a file says it.
public struct AugmentationOptions: Sendable {
    /// Axes of random mirrors, 0 for x.
    public var mirrors: [Int]
    /// Whether axes are turned into each other by quarter turns.
    public var turns: Bool
    /// Whether axes are exchanged.
    public var exchanges: Bool
    /// The most points that a moving frame travels in a step; 0: frames rest.
    public var boost: Int
    /// The deviation of the noise on the given state, as a part of the state's own.
    public var noise: Double
    /// Channels that symmetries leave as they are.
    public var scalars: [String]

    init(_ section: Section) {
        mirrors = ["x", "y", "z"].enumerated().compactMap {
            section[TrainingSchema.mirrors].contains($0.element) ? $0.offset : nil
        }
        turns = section[TrainingSchema.turns]
        exchanges = section[TrainingSchema.exchanges]
        boost = section[TrainingSchema.boost]
        noise = section[TrainingSchema.noise]
        scalars = (section.node?[TrainingSchema.scalars.name]?.elements ?? []).compactMap(\.text)
    }

    /// Every symmetry of the grid that follows from the ones that are asked for; the first is none.
    func symmetries(dimension: Int) -> [GridSymmetry] {
        var generators = mirrors.filter { $0 < dimension }.map {
            GridSymmetry.mirror($0, dimension: dimension)
        }
        for a in 0..<dimension {
            for b in (a + 1)..<max(dimension, a + 1) {
                if turns { generators.append(.quarterTurn(a, b, dimension: dimension)) }
                if exchanges { generators.append(.exchange(a, b, dimension: dimension)) }
            }
        }
        return GridSymmetry.group(generators, dimension: dimension)
    }
}

/// How a rollout is learned, as a file says it.
public struct RolloutOptions: Sendable {
    /// Steps that follow each other before the error is taken.
    public var steps: Int
    /// Whether only the last step is differentiated and counts.
    public var pushesForward: Bool

    init(_ section: Section) {
        steps = section[TrainingSchema.steps]
        pushesForward = section[TrainingSchema.pushForward]
    }

    /// The steps that gradients run through.
    var differentiatedSteps: Int { pushesForward ? 1 : steps }
}

/// The penalty on the residual of the steady Euler equations, as a file says it.
public struct ResidualOptions: Sendable {
    /// What its mean square is multiplied by before it is added to the loss; 0: no penalty.
    public var weight: Double
    /// The ratio of specific heats of an ideal gas; nil: the fluid of the dataset.
    public var heatRatio: Double?

    init(_ section: Section, isPresent: Bool) {
        weight = isPresent ? section[TrainingSchema.penalty] : 0
        heatRatio = section[TrainingSchema.heatRatio]
    }
}

/// How a trained model predicts; kept in the model file.
public struct PredictionOptions: Sendable, Codable, Equatable {
    /// The grid that the network sees.
    public enum Grid: String, Sendable, Codable, CaseIterable {
        /// That of the data.
        case own
        /// That of training; finer data are reduced to it, predictions interpolated.
        case training
    }

    /// Predictions are means over these symmetries, each undone after the network.
    public var symmetries: [GridSymmetry] = []
    /// Channels that symmetries leave as they are.
    public var scalars: [String] = []
    /// The grid that the network sees.
    public var grid = Grid.own

    /// One prediction on the grid of the data.
    public init() {}

    init(_ section: Section, _ augmentation: AugmentationOptions, dimension: Int) {
        if section[TrainingSchema.averaged] { symmetries = augmentation.symmetries(dimension: dimension) }
        scalars = augmentation.scalars
        grid = section[TrainingSchema.grid]
    }
}
