import Foundation
import Numerics
import Schema

/// Strong selection, weak mutation: a walker takes a step of gain Δ = f_old − f_new with the probability of fixation
/// (1 − e^(−2βΔ)) / (1 − e^(−2NβΔ)) (Kimura 1962, doi:10.1093/genetics/47.6.713; as a search Paixão et al. 2017,
/// doi:10.1007/s00453-016-0212-1). Unlike Metropolis it prefers large gains to small ones.
public struct StrongSelection: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The number of independent walkers.
        public var walkers = 4
        /// N: how hard losses are refused.
        public var populationSize = 20.0
        /// β at the start relative to one over the spread of the first costs; it grows by 10⁸ over the budget.
        public var strength = 1.0
        /// The defaults.
        public init() {}
    }

    private let settings: Settings
    private let budget: Double
    private var random: RandomStream
    private var walk: RandomWalk
    private var scale: Double?
    private var evaluations = 0

    /// See ``Method/stage``.
    public var stage: String { "strong selection, weak mutation" }
    /// See ``Method/ending``.
    public var ending: String? { nil }

    /// Starts with a Latin hypercube and the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        budget = Double(max(1, context.budget))
        random = RandomStream(seed: context.seed, stream: 18)
        walk = RandomWalk(settings.walkers, step: 0.2, isAdaptedByGain: true, context, &random)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] { walk.ask(&random).map { Proposal($0) } }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        let costs = outcomes.map(\.cost)
        if scale == nil {
            let finite = costs.filter(\.isFinite)
            scale = max((finite.max() ?? 1) - (finite.min() ?? 0), 1e-12)
        }
        let growth = pow(1e8, min(1, Double(evaluations) / budget))
        let strength = settings.strength * growth / (scale ?? 1)
        walk.tell(costs, &random) { [settings] from, to in
            Self.fixation(2 * strength * (from - to), settings.populationSize)
        }
    }

    /// (1 − e^(−s)) / (1 − e^(−N s)), 1/N for s = 0.
    static func fixation(_ selection: Double, _ size: Double) -> Double {
        if abs(selection) < 1e-12 { return 1 / size }
        // A hopeless loss: numerator and denominator would overflow.
        if -size * selection > 700 { return 0 }
        return expm1(-selection) / expm1(-size * selection)
    }
}

extension MethodKind {
    static let strongSelection = MethodKind(
        "sswm", "Walkers that accept steps by the probability of fixation: large gains before small ones.",
        keys: [
            StrongSelection.Keys.walkers, StrongSelection.Keys.populationSize, StrongSelection.Keys.strength,
        ]
    ) { section, context in
        var settings = StrongSelection.Settings()
        settings.walkers = section[StrongSelection.Keys.walkers]
        settings.populationSize = section[StrongSelection.Keys.populationSize]
        settings.strength = section[StrongSelection.Keys.strength]
        return StrongSelection(settings, context)
    }
}

extension StrongSelection {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let walkers = Key.integer(
            "walkers", 1...100_000, default: defaults.walkers, "Number of independent walkers.")
        static let populationSize = Key.number(
            "population_size", .above(1), default: defaults.populationSize, "How hard losses are refused.")
        static let strength = Key.number(
            "strength", .above(0), default: defaults.strength,
            "Selection at the start, relative to the spread of the first costs.")
    }
}
