import Flow
import Fluids

/// What is computed of every sample of a campaign, and what of it is kept.
public struct SampleTask: Sendable, Equatable {
    /// When a computation is done, and which of its states are kept.
    public enum Kind: Sendable, Equatable {
        /// One state: where the flow has become steady, or its average in time.
        case steady(SteadyOptions)
        /// The states at these times, ascending; 0 is the initial state.
        case rollout(times: [Double])
    }

    /// When a computation is done, and which of its states are kept.
    public var kind: Kind
    /// Cells of the kept fields along each axis, x first; at most those of the case.
    public var cells: [Int]
    /// The input channels: `sdf`, `mask`, `x`, `y`, `z`, `initial_` and an output's name, or the name of a constant.
    public var inputs: [String]
    /// The output channels, see ``ChannelNames/outputs(rank:)``.
    public var outputs: [String]

    /// What is computed and kept.
    public init(kind: Kind, cells: [Int], inputs: [String], outputs: [String]) {
        self.kind = kind
        self.cells = cells
        self.inputs = inputs
        self.outputs = outputs
    }

    /// The stored states of a sample: 1 for a steady one.
    public var stateCount: Int {
        switch kind {
        case .steady: 1
        case .rollout(let times): times.count
        }
    }
}

/// When a flow counts as steady.
public struct SteadyOptions: Sendable, Equatable {
    /// The residual below which it is steady; nil: it runs to the end time. See ``ResidualMonitor``.
    public var tolerance: Double?
    /// The time before which it is not asked whether it is steady.
    public var earliest: Double
    /// The last part of the time to the end over which a flow that did not become steady is averaged; nil: its last
    /// state is kept.
    public var averagingTime: Double?
    /// Steps between two looks at the residual.
    public var checkEvery: Int

    /// How a flow is marched to steadiness.
    public init(
        tolerance: Double? = 1e-2, earliest: Double = 0, averagingTime: Double? = nil, checkEvery: Int = 16
    ) {
        self.tolerance = tolerance
        self.earliest = earliest
        self.averagingTime = averagingTime
        self.checkEvery = checkEvery
    }
}

extension Campaign {
    /// Computes one of the samples.
    ///
    /// - Parameters:
    ///   - recipe: The sample.
    ///   - cflFactor: What the case's CFL number is multiplied by.
    ///   - onStep: Called before every step; throws to stop.
    /// - Throws: `InvalidInput` where the values of the sample make no valid case; what ``SampleRunner`` throws.
    public func compute(
        _ recipe: SampleRecipe, cflFactor: Double = 1,
        onStep: (_ step: Int, _ time: Double) throws -> Void = { _, _ in }
    ) throws -> SampleResult {
        var flowCase = try caseFile(of: recipe).flowCase
        flowCase.numerics.threads = run.threads
        flowCase.numerics.cfl *= cflFactor
        flowCase.numerics.timeStep = flowCase.numerics.timeStep.map { $0 * cflFactor }
        let constants = Dictionary(zip(parameters.map(\.name), recipe.parameters)) { $1 }
        return try SampleRunner.run(flowCase, task: task, constants: constants, onStep: onStep)
    }
}

/// The names that channels may have.
public enum ChannelNames {
    /// Fields that can be outputs; `initial_` before one of them makes an input.
    public static func outputs(rank: Int) -> [String] {
        QuantityRegistry.names(rank: rank)
    }

    /// Inputs that every case has.
    public static func inputs(rank: Int) -> [String] {
        ["sdf", "mask"] + ["x", "y", "z"].prefix(rank) + outputs(rank: rank).map { "initial_\($0)" }
    }
}
