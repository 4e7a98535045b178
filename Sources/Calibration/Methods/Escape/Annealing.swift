import Foundation
import Numerics
import Schema

/// Simulated annealing: a worse point is accepted with the probability min(1, e^(−Δ/T)) of Metropolis et al. (1953,
/// doi:10.1063/1.1699114) at a temperature that falls over the budget (Kirkpatrick, Gelatt & Vecchi 1983,
/// doi:10.1126/science.220.4598.671).
///
/// T starts at the spread of the first costs and falls geometrically; at constant temperature (`cooling = 1`) it is the
/// walk of Metropolis itself.
public struct Annealing: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The number of independent walkers.
        public var walkers = 4
        /// The first temperature; 0 for the spread of the first costs.
        public var temperature = 0.0
        /// The last temperature relative to the first.
        public var cooling = 1e-8
        /// The first length of steps as a share of the ranges.
        public var step = 0.2
        /// The defaults.
        public init() {}
    }

    private let settings: Settings
    private let budget: Double
    private var random: RandomStream
    private var walk: RandomWalk
    private var firstTemperature: Double?
    private var evaluations = 0
    /// How many generations have passed since the worst walker joined the best.
    private var sinceGathering = 0

    /// See ``Method/stage``.
    public var stage: String { "annealing" }
    /// See ``Method/ending``.
    public var ending: String? { nil }

    /// Starts with a Latin hypercube and the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        budget = Double(max(1, context.budget))
        random = RandomStream(seed: context.seed, stream: 17)
        walk = RandomWalk(settings.walkers, step: settings.step, context, &random)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] { walk.ask(&random).map { Proposal($0) } }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        let costs = outcomes.map(\.cost)
        let temperature = temperature(costs)
        walk.tell(costs, &random) { from, to in exp(-max(0, to - from) / temperature) }
        gather()
    }

    private mutating func temperature(_ costs: [Double]) -> Double {
        if firstTemperature == nil {
            let finite = costs.filter(\.isFinite)
            let spread = (finite.max() ?? 1) - (finite.min() ?? 0)
            firstTemperature = settings.temperature > 0 ? settings.temperature : max(spread, 1e-12)
        }
        return (firstTemperature ?? 1) * pow(settings.cooling, min(1, Double(evaluations) / budget))
    }

    /// While it cools, the worst walker joins the best from time to time.
    private mutating func gather() {
        sinceGathering += 1
        guard settings.cooling < 1, sinceGathering > 100, let worst = walk.walkers.ranking.last else {
            return
        }
        sinceGathering = 0
        walk.place(worst, at: walk.walkers.best.point, cost: walk.walkers.best.cost)
    }
}

extension MethodKind {
    static let annealing = MethodKind(
        "annealing", "Walkers that accept worse points less and less (Metropolis).",
        keys: [
            Annealing.Keys.walkers, Annealing.Keys.temperature, Annealing.Keys.cooling, Annealing.Keys.step,
        ]
    ) { section, context in
        var settings = Annealing.Settings()
        settings.walkers = section[Annealing.Keys.walkers]
        settings.temperature = section[Annealing.Keys.temperature]
        settings.cooling = section[Annealing.Keys.cooling]
        settings.step = section[Annealing.Keys.step]
        return Annealing(settings, context)
    }
}

extension Annealing {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let walkers = Key.integer(
            "walkers", 1...100_000, default: defaults.walkers, "Number of independent walkers.")
        static let temperature = Key.number(
            "temperature", .atLeast(0), default: defaults.temperature,
            "First temperature; 0 for the spread of the first costs.")
        static let cooling = Key.number(
            "cooling", .above(0, upTo: 1), default: defaults.cooling,
            "Last temperature relative to the first; 1 keeps it.")
        static let step = Key.number(
            "step", .above(0, upTo: 1), default: defaults.step,
            "First length of steps as a share of the ranges.")
    }
}
