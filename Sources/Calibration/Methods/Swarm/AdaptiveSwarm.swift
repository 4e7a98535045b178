import Foundation
import Numerics
import Schema

/// Particle swarms that read their own state (see ``EvolutionaryState``): adaptive, or hierarchically self-adaptive.
///
/// Both jump in one coordinate of the best where the swarm converges, so as to leave a local minimum (elitist learning,
/// Zhan et al. 2009). The hierarchical one sets inertia for the swarm, pulls for the best, middle and worst thirds, and
/// a factor 1 + 0.2 tanh((f_i − f̄)/s_f) of the inertia for each particle.
public struct AdaptiveSwarm: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The number of particles.
        public var particles = 30
        /// The defaults.
        public init() {}
    }

    private let isHierarchical: Bool
    private let budget: Double
    private let count: Int
    private var random: RandomStream
    private var swarm: Swarm
    private var state = EvolutionaryState()
    private var jump: [Double]?
    private var evaluations = 0
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { isHierarchical ? "hierarchical swarm" : "adaptive swarm" }

    /// Starts with a Latin hypercube and the initial point of the context.
    public init(_ settings: Settings = Settings(), isHierarchical: Bool, _ context: MethodContext) {
        self.isHierarchical = isHierarchical
        count = settings.particles
        budget = Double(max(1, context.budget))
        random = RandomStream(seed: context.seed, stream: isHierarchical ? 14 : 13)
        swarm = Swarm(settings.particles, context, &random)
    }

    private var progress: Double { min(1, Double(evaluations) / budget) }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        guard evaluations > 0 else { return swarm.positions.map { Proposal($0) } }
        state.update(swarm, step: 0.05 + 0.05 * random.uniform())
        swarm.move(isHierarchical ? hierarchicalPulls() : uniformPulls(), &random)
        jump = state.isConverging ? jumped() : nil
        return (swarm.positions + [jump].compactMap { $0 }).map { Proposal($0) }
    }

    private func uniformPulls() -> [Swarm.Pull] {
        Array(
            repeating: Swarm.Pull(
                inertia: state.inertia, personal: state.personal, common: state.common), count: count)
    }

    private func hierarchicalPulls() -> [Swarm.Pull] {
        let finite = swarm.costs.filter(\.isFinite)
        let mean = finite.mean
        let deviation = (finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, finite.count)))
            .squareRoot()
        var pulls = uniformPulls()
        for (rank, index) in swarm.memory.ranking.enumerated() {
            let shift =
                deviation > 0 && swarm.costs[index].isFinite ? (swarm.costs[index] - mean) / deviation : 0
            pulls[index].inertia *= 1 + 0.2 * tanh(shift)
            // The best third trusts itself, the worst third follows.
            let third = 3 * rank / count
            pulls[index].personal *= [1.1, 1, 0.9][third]
            pulls[index].common *= [0.9, 1, 1.1][third]
        }
        return pulls
    }

    /// The best with one coordinate moved by N(0, σ²), σ from 1 to 0.1.
    private mutating func jumped() -> [Double] {
        var point = swarm.memory.best.point
        let coordinate = random.below(point.count)
        point[coordinate] += (1 - 0.9 * progress) * random.normal()
        return mirrored(point)
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        evaluations += outcomes.count
        swarm.tell(outcomes.prefix(count).map(\.cost))
        if let jump, outcomes.count > count { swarm.replaceWorst(jump, outcomes[count].cost) }
        if swarm.memory.spread < 1e-10 { ending = "the swarm has contracted to a point" }
    }
}

extension MethodKind {
    static let adaptiveSwarm = MethodKind(
        "adaptive-pso", "Particle swarm whose inertia and pulls follow its evolutionary state.",
        keys: [AdaptiveSwarm.particles]
    ) { section, context in
        AdaptiveSwarm(AdaptiveSwarm.settings(section), isHierarchical: false, context)
    }

    static let hierarchicalSwarm = MethodKind(
        "hierarchical-pso", "Particle swarm adapted at three levels: swarm, thirds, particles.",
        keys: [AdaptiveSwarm.particles]
    ) { section, context in
        AdaptiveSwarm(AdaptiveSwarm.settings(section), isHierarchical: true, context)
    }
}

extension AdaptiveSwarm {
    fileprivate static let particles = Key.integer(
        "particles", 4...100_000, default: Settings().particles, "Number of particles.")

    fileprivate static func settings(_ section: Section) -> Settings {
        var settings = Settings()
        settings.particles = section[particles]
        return settings
    }
}
