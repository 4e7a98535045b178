import Numerics
import Schema

/// Particle swarm with an inertia that falls from 0.9 to 0.4 over the budget
/// (Shi & Eberhart 1999, doi:10.1109/CEC.1999.785511).
public struct ParticleSwarm: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The number of particles.
        public var particles = 30
        /// The pull φ_p of a particle's own best.
        public var personal = 1.5
        /// The pull φ_g of the swarm's best.
        public var common = 1.7
        /// The defaults.
        public init() {}
    }

    private let settings: Settings
    private let budget: Double
    private var random: RandomStream
    private var swarm: Swarm
    private var evaluations = 0
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "particle swarm" }

    /// Starts with a Latin hypercube and the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        budget = Double(max(1, context.budget))
        random = RandomStream(seed: context.seed, stream: 12)
        swarm = Swarm(settings.particles, context, &random)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        if evaluations > 0 {
            let pull = Swarm.Pull(
                inertia: 0.9 - 0.5 * min(1, Double(evaluations) / budget), personal: settings.personal,
                common: settings.common)
            swarm.move(Array(repeating: pull, count: settings.particles), &random)
        }
        return swarm.positions.map { Proposal($0) }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        swarm.tell(outcomes.map(\.cost))
        if swarm.memory.spread < 1e-9 { ending = "the swarm has contracted to a point" }
    }
}

extension MethodKind {
    static let particleSwarm = MethodKind(
        "pso", "Particle swarm with falling inertia.",
        keys: [ParticleSwarm.Keys.particles, ParticleSwarm.Keys.personal, ParticleSwarm.Keys.common]
    ) { section, context in
        var settings = ParticleSwarm.Settings()
        settings.particles = section[ParticleSwarm.Keys.particles]
        settings.personal = section[ParticleSwarm.Keys.personal]
        settings.common = section[ParticleSwarm.Keys.common]
        return ParticleSwarm(settings, context)
    }
}

extension ParticleSwarm {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let particles = Key.integer(
            "particles", 4...100_000, default: defaults.particles, "Number of particles.")
        static let personal = Key.number(
            "personal", .within(0...4), default: defaults.personal, "Pull of a particle's own best.")
        static let common = Key.number(
            "common", .within(0...4), default: defaults.common, "Pull of the swarm's best.")
    }
}
