import Foundation
import Numerics
import Schema

/// CMA-ES restarted under two regimes of equal expense, BIPOP (Hansen 2009, doi:10.1145/1570256.1570333): one doubles the
/// population at each restart, the other takes small populations and steps at random.
public struct CovarianceAdaptation: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The first step as a share of the ranges.
        public var step = 0.2
        /// The population of the first run; 0 for 4 + 3 ln d.
        public var population = 0
        /// How many restarts are allowed.
        public var restarts = 100
        /// The defaults.
        public init() {}
    }

    private let settings: Settings
    private let initial: [Double]
    private let smallest: Int
    private var random: RandomStream
    private var run: CovarianceRun
    private var isLarge = true
    private var doublings = 0
    private var expense = (large: 0, small: 0)
    private var evaluations = 0
    private var best = Double.infinity
    private var restarts = 0
    /// See ``Method/ending``.
    public private(set) var ending: String?
    private var decisions: [Decision] = []

    /// See ``Method/record``.
    public var record: MethodRecord { MethodRecord(decisions: decisions) }

    /// See ``Method/stage``.
    public var stage: String { "CMA-ES, population \(run.population)" }

    /// Starts at the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        initial = context.initial
        smallest =
            settings.population > 0
            ? settings.population : CovarianceRun.defaultPopulation(dimension: context.dimension)
        random = RandomStream(seed: context.seed, stream: 1)
        run = CovarianceRun(mean: clamped(context.initial), step: settings.step, population: smallest)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        ending == nil ? run.ask(&random).map { Proposal($0) } : []
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        run.tell(outcomes.map(\.cost))
        evaluations += outcomes.count
        best = min(best, run.best.cost)
        if isLarge { expense.large += outcomes.count } else { expense.small += outcomes.count }
        if let reason = run.ending { restart(after: reason) }
    }

    private mutating func restart(after reason: String) {
        guard restarts < settings.restarts else {
            ending = reason
            return
        }
        restarts += 1
        // The first run belongs to neither regime.
        if restarts == 1 { expense.large = 0 }
        isLarge = restarts == 1 || expense.large <= expense.small
        let start = initial.map { _ in 0.1 + 0.8 * random.uniform() }
        if isLarge {
            doublings += 1
            run = CovarianceRun(
                mean: start, step: settings.step,
                population: Self.largePopulation(smallest, doublings: doublings))
        } else {
            let population = Self.smallPopulation(smallest, doublings: doublings, draw: random.uniform())
            let step = settings.step * pow(10, -2 * random.uniform())
            run = CovarianceRun(mean: start, step: step, population: population)
        }
        decisions.append(
            Decision(
                evaluations: evaluations, best: best,
                reason: "\(reason): restart with a population of \(run.population)"))
    }

    /// λ·2^k, with a limit to k.
    private static func largePopulation(_ smallest: Int, doublings: Int) -> Int {
        smallest << min(doublings, 12)
    }

    /// λ·(½·2^k)^(u²) with u uniform in 0 … 1: between the smallest population and half of the large one, of
    /// Hansen, 2009, doi:10.1145/1570256.1570333.
    package static func smallPopulation(_ smallest: Int, doublings: Int, draw: Double) -> Int {
        let most = Double(largePopulation(smallest, doublings: doublings)) / 2
        return max(smallest, Int(Double(smallest) * pow(most / Double(smallest), draw * draw)))
    }
}

extension MethodKind {
    static let covarianceAdaptation = MethodKind(
        "cma-es", "Evolution of a normal distribution, restarted with small and large populations (BIPOP).",
        keys: [
            CovarianceAdaptation.Keys.step, CovarianceAdaptation.Keys.population,
            CovarianceAdaptation.Keys.restarts,
        ]
    ) { section, context in
        var settings = CovarianceAdaptation.Settings()
        settings.step = section[CovarianceAdaptation.Keys.step]
        settings.population = section[CovarianceAdaptation.Keys.population]
        settings.restarts = section[CovarianceAdaptation.Keys.restarts]
        return CovarianceAdaptation(settings, context)
    }
}

extension CovarianceAdaptation {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let step = Key.number(
            "step", .above(0, upTo: 1), default: defaults.step, "First step as a share of the ranges.")
        static let population = Key.integer(
            "population", 0...100_000, default: defaults.population,
            "Points a generation in the first run; 0 for 4 + 3 ln d.")
        static let restarts = Key.integer(
            "restarts", 0...10_000, default: defaults.restarts, "How many restarts are allowed.")
    }
}
