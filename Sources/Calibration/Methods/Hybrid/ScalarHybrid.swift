import Numerics

/// The default for a model that answers with a cost alone: a descent; a global search where the cost is separable; descents
/// from other starts, which end the search where all lead to the same minimum; else evolution and further descents side by
/// side, each with the share of the runs that it earns.
public struct ScalarHybrid: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The share of the budget that the first descent may take, at least a hundred evaluations for each parameter: a small
        /// budget then buys the beginning of what a large one does.
        public var descentShare = 0.1
        /// The first step of the evolution as a share of the ranges.
        public var step = 0.2
        /// The defaults.
        public init() {}
    }

    private enum Phase { case descent, separability, coordinates, confirmation, portfolio }

    /// The share of its first length to which the gradient has fallen at a minimum.
    static let stationary = 1e-4

    private let settings: Settings
    private let context: MethodContext
    private var phase = Phase.descent
    private var random: RandomStream
    private var descent: QuasiNewton
    private var test: SeparabilityTest?
    private var testsPassed = 0
    private var first: (point: [Double], cost: Double)?
    private var coordinates: CoordinateSearch?
    private var confirmation: Confirmation?
    private var portfolio: Portfolio?
    private var handOver: String?
    private var asked: [Proposal] = []
    private var evaluations = 0
    private var trace: [(evaluations: Int, cost: Double, gradient: Double)] = []
    private var best: (point: [Double], cost: Double)
    private var ownDecisions: [Decision] = []

    /// Starts at the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        self.context = context
        let start = context.scattered()
        best = (clamped(start.initial), .infinity)
        random = RandomStream(seed: context.seed, stream: 2)
        descent = QuasiNewton(Self.descentSettings(context), start)
    }

    /// Directions of all sizes are remembered: a gradient by differences is dear enough to keep.
    static func descentSettings(_ context: MethodContext) -> QuasiNewton.Settings {
        var settings = QuasiNewton.Settings()
        settings.memory = max(10, 2 * context.dimension)
        return settings
    }

    /// See ``Method/stage``.
    public var stage: String {
        switch phase {
        case .descent: descent.stage
        case .separability: "test of separability"
        case .coordinates: "coordinate search"
        case .confirmation: confirmation?.stage ?? ""
        case .portfolio: portfolio?.stage ?? ""
        }
    }

    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/record``.
    public var record: MethodRecord {
        MethodRecord(
            decisions: ownDecisions + (portfolio?.record.decisions ?? []), tally: confirmation?.tally)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        if ending != nil { return [] }
        switch phase {
        case .descent: asked = descent.ask()
        case .separability: asked = test?.proposals ?? []
        case .coordinates: asked = coordinates?.ask() ?? []
        case .confirmation: asked = confirmation?.ask() ?? []
        case .portfolio: asked = portfolio?.ask() ?? []
        }
        return asked
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        for (proposal, outcome) in zip(asked, outcomes) where outcome.cost < best.cost {
            best = (proposal.point, outcome.cost)
        }
        switch phase {
        case .descent:
            descent.tell(outcomes)
            if first == nil, descent.current.cost.isFinite { first = descent.current }
            considerDescent()
        case .separability: concludeTest(outcomes)
        case .coordinates:
            coordinates?.tell(outcomes)
            if let reason = coordinates?.ending { enterPortfolio(reason) }
        case .confirmation: confirm(outcomes)
        case .portfolio: portfolio?.tell(outcomes)
        }
    }

    private mutating func considerDescent() {
        if let reason = descent.ending { return leaveDescent("the descent ended: \(reason)") }
        trace.append((evaluations, best.cost, descent.gradientRatio))
        let least = 100 * Double(context.dimension)
        let share = Double(evaluations) / max(least, settings.descentShare * Double(context.budget))
        if share > 3 || share > 1 && !isDescending {
            leaveDescent("the descent has had its share of the budget")
        }
    }

    /// A minimum is sought again from other starts where the cost rises away from it on all sides; what is none, or one of
    /// many, is left to global searches.
    private mutating func leaveDescent(_ reason: String) {
        guard descent.ending != nil, descent.gradientRatio < Self.stationary else {
            return considerTest(reason)
        }
        confirmation = Confirmation(
            context, minimum: best, start: first?.cost ?? best.cost, random: random)
        note("\(reason): are there other minima?")
        phase = .confirmation
    }

    private mutating func considerTest(_ reason: String) {
        handOver = reason
        guard context.dimension > 1, let first, first.point != best.point else {
            return enterPortfolio(reason)
        }
        startTest(first)
    }

    private mutating func confirm(_ outcomes: [Outcome]) {
        confirmation?.tell(outcomes)
        guard let confirmation, let reason = confirmation.ending else { return }
        guard confirmation.isConfirmed else { return considerTest(reason) }
        ending = reason
        note(reason)
    }

    /// Whether the last third of the descent's evaluations gained at least a tenth of what the third before it did, or
    /// shortened the gradient to a third: slow but steady, or fast and nearly there.
    private var isDescending: Bool {
        func state(at share: Double) -> (evaluations: Int, cost: Double, gradient: Double) {
            trace.last { Double($0.evaluations) <= share * Double(evaluations) } ?? (0, .infinity, .infinity)
        }
        let (first, second) = (state(at: 1.0 / 3), state(at: 2.0 / 3))
        return second.cost - best.cost > 0.1 * (first.cost - second.cost)
            || descent.gradientRatio < 0.3 * second.gradient
    }

    private mutating func startTest(_ first: (point: [Double], cost: Double)) {
        test = SeparabilityTest(first, best, &random)
        phase = .separability
    }

    private mutating func concludeTest(_ outcomes: [Outcome]) {
        guard test?.isPassed(outcomes, precision: context.precision) == true else {
            return enterPortfolio(handOver ?? "")
        }
        testsPassed += 1
        if testsPassed < 2, let first { return startTest(first) }
        coordinates = CoordinateSearch(point: best.point, cost: best.cost)
        phase = .coordinates
        note("the cost is separable: every coordinate is searched for itself")
    }

    private mutating func enterPortfolio(_ reason: String) {
        note("\(reason): evolution and descents from elsewhere share the rest")
        portfolio = Portfolio(
            context, step: settings.step, best: best, isMinimum: descent.gradientRatio < Self.stationary,
            evaluations: evaluations)
        phase = .portfolio
    }

    private mutating func note(_ reason: String) {
        ownDecisions.append(Decision(evaluations: evaluations, best: best.cost, reason: reason))
    }
}
