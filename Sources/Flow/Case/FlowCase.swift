import Fluids

/// Everything that one computation needs, as read from a case file. Plain values, no defaults hidden
/// elsewhere.
public struct FlowCase: Sendable {
    /// What is computed, for people.
    public var title: String
    /// Where the problem comes from.
    public var reference: String
    /// When `hugoniot check-cases` runs it.
    public var tier: CaseTier
    /// Multiples of `domain.cells` at which the case is rerun to measure its order; empty: once, as it is.
    public var convergenceFactors: [Int]
    /// The gas.
    public var gas: Gas
    /// The box and its cells.
    public var domain: Domain
    /// The sides of the box, one entry per dimension.
    public var boundaries: [AxisBoundaries]
    /// The state at t = 0.
    public var initial: InitialState
    /// Solids in the flow; where they overlap, the first one in the list has the wall.
    public var bodies: [Body]
    /// Method and precision.
    public var numerics: NumericsOptions
    /// When to stop.
    public var time: TimeOptions
    /// What is written, and when.
    public var output: OutputOptions
    /// Points whose state is recorded.
    public var probes: [Probe]
    /// What the computed fields are compared with.
    public var exact: ExactSolution?
    /// Results and their expected values.
    public var expectations: [Expectation]
}

/// How long a case may take.
public enum CaseTier: String, Sendable, CaseIterable {
    /// Runs in every test.
    case quick
    /// Runs on request.
    case long
}

/// A point whose state is recorded.
public struct Probe: Sendable {
    /// Names the time series.
    public var name: String
    /// One coordinate per dimension.
    public var position: [Double]
    /// Steps between records.
    public var everySteps: Int
}

/// One line of `[expect]`: a named result, its value and the relative (or absolute) tolerance.
public struct Expectation: Sendable {
    /// The name of the result, such as `error.density.l1`.
    public var key: String
    /// The expected value, if one is given.
    public var value: Double?
    /// Allowed deviation from `value`.
    public var tolerance: Double
    /// Whether the tolerance is a difference; a share of `value` otherwise.
    public var absolute: Bool
    /// The smallest allowed value.
    public var minimum: Double?
    /// The largest allowed value.
    public var maximum: Double?
}
