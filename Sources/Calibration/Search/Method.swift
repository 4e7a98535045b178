/// A point that a method wants evaluated.
public struct Proposal: Sendable, Equatable {
    /// Unit coordinates, each within [0, 1].
    public var point: [Double]
    /// Whether derivatives would be used; a model that has them at a price need not compute them otherwise.
    public var wantsDerivatives: Bool

    /// A point, by default one whose derivatives are not used.
    public init(_ point: [Double], wantsDerivatives: Bool = false) {
        self.point = point
        self.wantsDerivatives = wantsDerivatives
    }
}

/// A way to search the unit cube, driven from outside: it is asked for points and told their outcomes, in turn.
///
/// A method is a value. What it does next depends on its settings, its seed and what it was told, and on nothing
/// else; telling a fresh copy the same outcomes brings it to the same state, which is how an interrupted search
/// is resumed.
public protocol Method: Sendable {
    /// The points to evaluate next, in any order and all at once where there are workers; empty where the
    /// method is through.
    mutating func ask() -> [Proposal]
    /// The outcomes of all points asked last, in the order in which they were asked.
    mutating func tell(_ outcomes: [Outcome])
    /// What it is doing, in a word or two.
    var stage: String { get }
    /// Why it is through; nil while it is not.
    var ending: String? { get }
    /// What it has found on the way besides points and costs.
    var record: MethodRecord { get }
}

extension Method {
    /// Methods of one stage find nothing but points and costs.
    public var record: MethodRecord { MethodRecord() }
}

/// What a method has found on the way besides points and costs, for reports and result files.
public struct MethodRecord: Sendable {
    /// What it decided and why, oldest first.
    public var decisions: [Decision]
    /// Where drifting parameters went; nil for methods that take parameters as constant.
    public var track: ParameterTrack?
    /// The minima that descents ended in; nil for methods that do not descend from several starts.
    public var tally: BasinTally?
    /// The noise of the answers, in standard deviations of the observations, where it was measured; nil where it was not, 0
    /// where there is none.
    public var noise: Double?

    /// A record, of nothing unless told.
    public init(
        decisions: [Decision] = [], track: ParameterTrack? = nil, tally: BasinTally? = nil,
        noise: Double? = nil
    ) {
        (self.decisions, self.track, self.tally, self.noise) = (decisions, track, tally, noise)
    }
}

/// Drifting parameters, after each block of the observations.
public struct ParameterTrack: Sendable {
    /// When the last observation of each block was made; empty where that is not known.
    public var times: [Double]
    /// The mean and the standard deviation of every unit coordinate after each block.
    public var states: [(mean: [Double], deviation: [Double])]

    /// A track.
    public init(times: [Double], states: [(mean: [Double], deviation: [Double])]) {
        (self.times, self.states) = (times, states)
    }
}

/// A decision that a report shows: a hand-over, a restart, a switch.
public struct Decision: Sendable, Equatable {
    /// How many evaluations the method had been told.
    public let evaluations: Int
    /// The best cost then.
    public let best: Double
    /// What was decided, and why.
    public let reason: String

    /// Records a decision.
    public init(evaluations: Int, best: Double, reason: String) {
        self.evaluations = evaluations
        self.best = best
        self.reason = reason
    }
}
