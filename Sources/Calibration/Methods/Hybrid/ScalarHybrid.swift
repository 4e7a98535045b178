import Numerics
import Schema

/// The default for a model that answers with a cost alone: a descent, a global search where the cost is separable,
/// then evolution and further descents side by side, each with the share of the runs that it earns.
public struct ScalarHybrid: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The share of the budget that the first descent may take.
        public var descentShare = 0.1
        /// The first step of the evolution as a share of the ranges.
        public var step = 0.2
        /// The defaults.
        public init() {}
    }

    private enum Phase { case descent, separability, coordinates, portfolio }

    private let settings: Settings
    private let context: MethodContext
    private var phase = Phase.descent
    private var random: RandomStream
    private var descent: QuasiNewton
    private var test: SeparabilityTest?
    private var testsPassed = 0
    private var isTested = false
    private var first: (point: [Double], cost: Double)?
    private var coordinates: CoordinateSearch?
    private var portfolio: Portfolio?
    private var asked: [Proposal] = []
    private var evaluations = 0
    private var trace: [(evaluations: Int, cost: Double, gradient: Double)] = []
    private var best: (point: [Double], cost: Double)
    private var ownDecisions: [Decision] = []

    /// Starts at the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        self.context = context
        best = (clamped(context.initial), .infinity)
        random = RandomStream(seed: context.seed, stream: 2)
        descent = QuasiNewton(Self.descentSettings(context), context)
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
        case .portfolio: portfolio?.stage ?? ""
        }
    }

    /// See ``Method/ending``.
    public var ending: String? { portfolio?.ending }

    /// See ``Method/record``.
    public var record: MethodRecord {
        MethodRecord(decisions: ownDecisions + (portfolio?.record.decisions ?? []))
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        switch phase {
        case .descent: asked = descent.ask()
        case .separability: asked = test?.proposals ?? []
        case .coordinates: asked = coordinates?.ask() ?? []
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
        case .portfolio: portfolio?.tell(outcomes)
        }
    }

    private mutating func considerDescent() {
        if descent.iterations >= 5 || descent.ending != nil, !isTested, context.dimension > 1, let first,
            first.point != best.point
        {
            isTested = true
            return startTest(first)
        }
        if let reason = descent.ending { return enterPortfolio("the descent ended: \(reason)") }
        trace.append((evaluations, best.cost, descent.gradientRatio))
        let share = Double(evaluations) / Double(context.budget)
        if share > 3 * settings.descentShare || share > settings.descentShare && !isDescending {
            enterPortfolio("the descent has had its share of the budget")
        }
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
            phase = .descent
            return considerDescent()
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
            context, step: settings.step, best: best, isMinimum: descent.gradientRatio < 1e-4,
            evaluations: evaluations)
        phase = .portfolio
    }

    private mutating func note(_ reason: String) {
        ownDecisions.append(Decision(evaluations: evaluations, best: best.cost, reason: reason))
    }
}

extension MethodKind {
    static let scalarHybrid = MethodKind(
        "hybrid-scalar", "Descents and evolution, which share the runs as they earn them.",
        usesDerivatives: true,
        keys: [ScalarHybrid.Keys.descentShare, ScalarHybrid.Keys.step]
    ) { section, context in
        var settings = ScalarHybrid.Settings()
        settings.descentShare = section[ScalarHybrid.Keys.descentShare]
        settings.step = section[ScalarHybrid.Keys.step]
        return ScalarHybrid(settings, context)
    }
}

extension ScalarHybrid {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let descentShare = Key.number(
            "descent_share", .within(0...1), default: defaults.descentShare,
            "Share of the budget that the first descent may take.")
        static let step = Key.number(
            "step", .above(0, upTo: 1), default: defaults.step,
            "First step of the evolution as a share of the ranges.")
    }
}
