import Numerics
import Schema

/// Sparrow search, alone (see ``SparrowFlock``).
public struct SparrowSearch: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The number of sparrows.
        public var sparrows = 40
        /// The defaults.
        public init() {}
    }

    private var random: RandomStream
    private var flock: SparrowFlock
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "sparrow search" }

    /// Starts with a Latin hypercube and the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        random = RandomStream(seed: context.seed, stream: 15)
        flock = SparrowFlock(
            settings.sparrows, generations: context.budget / settings.sparrows, context, &random)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        ending == nil ? flock.ask(&random).map { Proposal($0) } : []
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        flock.tell(outcomes.map(\.cost))
        if flock.population.spread < 1e-12 { ending = "the flock has contracted to a point" }
    }
}

/// A particle swarm and a flock of sparrows side by side, which tell each other their best every ten generations.
public struct SwarmAndFlock: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The number of particles, and of sparrows.
        public var members = 20
        /// How many generations pass between exchanges.
        public var exchange = 10
        /// The defaults.
        public init() {}
    }

    private let settings: Settings
    private let generations: Double
    private var random: RandomStream
    private var swarm: Swarm
    private var flock: SparrowFlock
    private var generation = 0
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "particle swarm and sparrows" }

    /// Starts with two Latin hypercubes and the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        let count = context.budget / (2 * settings.members)
        generations = Double(max(1, count))
        random = RandomStream(seed: context.seed, stream: 16)
        swarm = Swarm(settings.members, context, &random)
        flock = SparrowFlock(settings.members, generations: count, context, &random)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        if generation > 0 {
            let inertia = 0.9 - 0.5 * min(1, Double(generation) / generations)
            let pull = Swarm.Pull(inertia: inertia, personal: 1.5, common: 1.7)
            swarm.move(Array(repeating: pull, count: settings.members), &random)
        }
        return (swarm.positions + flock.ask(&random)).map { Proposal($0) }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        generation += 1
        swarm.tell(outcomes.prefix(settings.members).map(\.cost))
        flock.tell(outcomes.dropFirst(settings.members).map(\.cost))
        if generation % settings.exchange == 0 {
            let (first, second) = (swarm.memory.best, flock.best)
            swarm.replaceWorst(second.point, second.cost)
            flock.receive(first.point, first.cost)
        }
        if max(swarm.memory.spread, flock.population.spread) < 1e-12 {
            ending = "both populations have contracted to a point"
        }
    }
}

extension MethodKind {
    private static let sparrows = Key.integer(
        "sparrows", 5...100_000, default: SparrowSearch.Settings().sparrows, "Number of sparrows.")
    private static let members = Key.integer(
        "members", 5...100_000, default: SwarmAndFlock.Settings().members,
        "Number of particles, and of sparrows.")
    private static let exchange = Key.integer(
        "exchange", 1...100_000, default: SwarmAndFlock.Settings().exchange,
        "Generations between exchanges of the best.")

    static let sparrowSearch = MethodKind(
        "sparrow", "Producers, scroungers and watchers, drawn to the best instead of to zero.",
        keys: [sparrows]
    ) { section, context in
        var settings = SparrowSearch.Settings()
        settings.sparrows = section[sparrows]
        return SparrowSearch(settings, context)
    }

    static let swarmAndFlock = MethodKind(
        "pso-sparrow", "A particle swarm and sparrows side by side, which exchange their best.",
        keys: [members, exchange]
    ) { section, context in
        var settings = SwarmAndFlock.Settings()
        settings.members = section[members]
        settings.exchange = section[exchange]
        return SwarmAndFlock(settings, context)
    }
}
