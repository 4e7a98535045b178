import Numerics
import Schema

/// Differential evolution, DE/rand/1/bin with a factor drawn anew for every point
/// (Storn & Price 1997, doi:10.1023/A:1008202821328).
public struct DifferentialEvolution: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The number of points; 0 for ten a parameter, at least 20 and at most 100.
        public var population = 0
        /// The largest factor F of differences; the smallest is 0.5 or less.
        public var factor = 0.9
        /// The rate of crossover.
        public var crossover = 0.9
        /// The defaults.
        public init() {}
    }

    private let settings: Settings
    private var random: RandomStream
    private var population: Population
    private var candidates: [[Double]] = []
    private var isFirst = true
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "differential evolution" }

    /// Starts with a Latin hypercube and the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        random = RandomStream(seed: context.seed, stream: 10)
        let count = settings.population > 0 ? settings.population : min(100, max(20, 10 * context.dimension))
        population = Population(count, context, &random)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        if isFirst {
            candidates = population.points
        } else {
            let move = DifferentialMove(population: population)
            candidates = population.points.indices.map { index in
                let smallest = min(0.5, settings.factor)
                let factor = smallest + (settings.factor - smallest) * random.uniform()
                return move.random(index, factor: factor, crossover: settings.crossover, &random)
            }
        }
        return candidates.map { Proposal($0) }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        isFirst = false
        for (index, outcome) in outcomes.enumerated() where outcome.cost <= population.costs[index] {
            (population.points[index], population.costs[index]) = (candidates[index], outcome.cost)
        }
        if population.spread < 1e-9 { ending = "the population has contracted to a point" }
    }
}

extension MethodKind {
    static let differentialEvolution = MethodKind(
        "differential-evolution", "A population that moves by differences of its points; robust and simple.",
        keys: [
            DifferentialEvolution.Keys.population, DifferentialEvolution.Keys.factor,
            DifferentialEvolution.Keys.crossover,
        ]
    ) { section, context in
        var settings = DifferentialEvolution.Settings()
        settings.population = section[DifferentialEvolution.Keys.population]
        settings.factor = section[DifferentialEvolution.Keys.factor]
        settings.crossover = section[DifferentialEvolution.Keys.crossover]
        return DifferentialEvolution(settings, context)
    }
}

extension DifferentialEvolution {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let population = Key.integer(
            "population", 0...100_000, default: defaults.population,
            "Number of points; 0 for ten a parameter, 20 to 100.")
        static let factor = Key.number(
            "factor", .above(0, upTo: 2), default: defaults.factor, "Largest factor of differences.")
        static let crossover = Key.number(
            "crossover", .within(0...1), default: defaults.crossover, "Rate of crossover.")
    }
}
