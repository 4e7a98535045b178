import Numerics
import Schema

/// DE/VS: differential evolution and vortex search in one population, whose roles are dealt anew each generation.
///
/// The larger share moves by differences towards the best (see ``DifferentialMove``), F ∈ [0.4, 0.9], Cr ∈ [0.7, 1]; the
/// rest is drawn from N(best, r²I) with the shrinking radius of vortex search. A better point replaces the one that it
/// was made for; the population shrinks linearly with the budget.
public struct VortexEvolution: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The number of points at the start; 0 for ten a parameter, 20 to 100.
        public var population = 0
        /// The share that differential evolution moves.
        public var differentialShare = 0.6
        /// The number of points at the end of the budget.
        public var smallest = 8
        /// The defaults.
        public init() {}
    }

    private let settings: Settings
    private let budget: Double
    private let first: Int
    private var random: RandomStream
    private var population: Population
    private var candidates: [[Double]] = []
    private var evaluations = 0
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "DE/VS, population \(population.count)" }

    /// Starts with a Latin hypercube and the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        budget = Double(max(1, context.budget))
        random = RandomStream(seed: context.seed, stream: 11)
        first = settings.population > 0 ? settings.population : min(100, max(20, 10 * context.dimension))
        population = Population(first, context, &random)
    }

    private var progress: Double { min(1, Double(evaluations) / budget) }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        candidates = evaluations == 0 ? population.points : moved()
        return candidates.map { Proposal($0) }
    }

    private mutating func moved() -> [[Double]] {
        let move = DifferentialMove(population: population)
        let ranking = population.ranking
        let center = population.best.point
        let radius = 0.5 * vortexRadius(progress: progress)
        return population.points.indices.map { index in
            if random.uniform() < settings.differentialShare {
                let (factor, crossover) = (0.4 + 0.5 * random.uniform(), 0.7 + 0.3 * random.uniform())
                return move.towardsBest(
                    index, ranking: ranking, factor: factor, crossover: crossover, &random)
            }
            return mirrored(center.adding(radius, random.normals(center.count)))
        }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        for (index, outcome) in outcomes.enumerated() where outcome.cost <= population.costs[index] {
            (population.points[index], population.costs[index]) = (candidates[index], outcome.cost)
        }
        let smallest = min(settings.smallest, first)
        population.shrink(
            to: min(population.count, first - Int(Double(first - smallest) * progress)))
    }
}

extension MethodKind {
    static let vortexEvolution = MethodKind(
        "de-vs", "Differential evolution and vortex search in one shrinking population.",
        keys: [
            VortexEvolution.Keys.population, VortexEvolution.Keys.differentialShare,
            VortexEvolution.Keys.smallest,
        ]
    ) { section, context in
        var settings = VortexEvolution.Settings()
        settings.population = section[VortexEvolution.Keys.population]
        settings.differentialShare = section[VortexEvolution.Keys.differentialShare]
        settings.smallest = section[VortexEvolution.Keys.smallest]
        return VortexEvolution(settings, context)
    }
}

extension VortexEvolution {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let population = Key.integer(
            "population", 0...100_000, default: defaults.population,
            "Points at the start; 0 for ten a parameter, 20 to 100.")
        static let differentialShare = Key.number(
            "differential_share", .within(0...1), default: defaults.differentialShare,
            "Share of the points that differential evolution moves.")
        static let smallest = Key.integer(
            "smallest", 4...100_000, default: defaults.smallest, "Points at the end of the budget.")
    }
}
