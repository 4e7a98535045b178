import Foundation

/// The state of a swarm by its evolutionary factor f = (d_g − d_min) / (d_max − d_min), d the mean distances of
/// particles to the others, and what follows for inertia and pulls (Zhan, Zhang, Li & Chung 2009,
/// doi:10.1109/TSMCB.2009.2015956).
struct EvolutionaryState: Sendable {
    /// f in [0, 1].
    private(set) var factor = 0.5
    /// The pull of a particle's own best.
    private(set) var personal = 2.0
    /// The pull of the swarm's best.
    private(set) var common = 2.0

    /// w = 1 / (1 + 1.5 e^(−2.6 f)).
    var inertia: Double { 1 / (1 + 1.5 * exp(-2.6 * factor)) }

    /// Whether the swarm gathers around its best.
    var isConverging: Bool { factor < 0.25 }

    /// Exploration, exploitation, convergence or jumping out, by thresholds between the published memberships; pulls move
    /// by up to 0.1 in [1.5, 2.5] and sum up to 4 at most.
    mutating func update(_ swarm: Swarm, step: Double) {
        factor = Self.factor(of: swarm)
        switch factor {
        case ..<0.25: (personal, common) = (personal + 0.5 * step, common + 0.5 * step)
        case ..<0.5: (personal, common) = (personal + 0.5 * step, common - 0.5 * step)
        case ..<0.75: (personal, common) = (personal + step, common - step)
        default: (personal, common) = (personal - step, common + step)
        }
        personal = min(2.5, max(1.5, personal))
        common = min(2.5, max(1.5, common))
        if personal + common > 4 {
            let sum = personal + common
            (personal, common) = (4 * personal / sum, 4 * common / sum)
        }
    }

    private static func factor(of swarm: Swarm) -> Double {
        let points = swarm.positions
        let distances = points.map { point in
            points.reduce(0) { $0 + $1.subtracting(point).norm } / Double(max(1, points.count - 1))
        }
        let leader = swarm.costs.indices.min { swarm.costs[$0] < swarm.costs[$1] } ?? 0
        let (low, high) = (distances.min() ?? 0, distances.max() ?? 0)
        return high > low ? (distances[leader] - low) / (high - low) : 0
    }
}
