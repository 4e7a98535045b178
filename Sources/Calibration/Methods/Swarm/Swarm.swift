import Numerics

/// A swarm of particles with velocities and memories (Kennedy & Eberhart 1995, doi:10.1109/ICNN.1995.488968; inertia
/// after Shi & Eberhart 1998, doi:10.1109/ICEC.1998.699146).
struct Swarm: Sendable {
    /// How a particle moves: inertia and the pulls of its own and of the swarm's best.
    struct Pull: Sendable {
        var inertia: Double
        var personal: Double
        var common: Double
    }

    /// Where the particles are.
    private(set) var positions: [[Double]]
    /// The costs there.
    private(set) var costs: [Double]
    /// The best that each has seen.
    var memory: Population
    private var velocities: [[Double]]
    private static let largestVelocity = 0.2

    init(_ count: Int, _ context: MethodContext, _ random: inout RandomStream) {
        memory = Population(count, context, &random)
        positions = memory.points
        costs = memory.costs
        velocities = positions.map { point in point.map { _ in 0.2 * (random.uniform() - 0.5) } }
    }

    /// v ← w v + φ_p r₁ (p − x) + φ_g r₂ (g − x), |v| ≤ 0.2; at a bound a particle is mirrored and turns round.
    mutating func move(_ pulls: [Pull], _ random: inout RandomStream) {
        let leader = memory.best.point
        for index in positions.indices {
            let (pull, own) = (pulls[index], memory.points[index])
            for coordinate in leader.indices {
                let position = positions[index][coordinate]
                let velocity =
                    pull.inertia * velocities[index][coordinate]
                    + pull.personal * random.uniform() * (own[coordinate] - position)
                    + pull.common * random.uniform() * (leader[coordinate] - position)
                let limited = min(Self.largestVelocity, max(-Self.largestVelocity, velocity))
                let next = position + limited
                positions[index][coordinate] = next < 0 ? -next : next > 1 ? 2 - next : next
                velocities[index][coordinate] = next < 0 || next > 1 ? -limited : limited
            }
        }
    }

    /// Takes the costs at the positions.
    mutating func tell(_ costs: [Double]) {
        self.costs = costs
        for (index, cost) in costs.enumerated() where cost <= memory.costs[index] {
            (memory.points[index], memory.costs[index]) = (positions[index], cost)
        }
    }

    /// Puts a point of known cost in the place of the worst memory.
    mutating func replaceWorst(_ point: [Double], _ cost: Double) {
        guard let worst = memory.ranking.last, cost < memory.costs[worst] else { return }
        (memory.points[worst], memory.costs[worst]) = (point, cost)
    }
}
