import Foundation
import Numerics

/// A flock of sparrows: producers search, scroungers follow them, a few keep watch (Xue & Shen 2020,
/// doi:10.1080/21642583.2019.1708830). Contractions are taken about the best point instead of the origin: the published
/// form is drawn to zero wherever the minimum lies.
struct SparrowFlock: Sendable {
    /// Where the sparrows are, and the costs there.
    private(set) var population: Population
    /// The best point ever seen.
    private(set) var best: (point: [Double], cost: Double) = ([], .infinity)
    private var candidates: [[Double]] = []
    private var generation = 0
    private let generations: Double

    /// - Parameter generations: How many there will be; contractions are scaled by it.
    init(_ count: Int, generations: Int, _ context: MethodContext, _ random: inout RandomStream) {
        population = Population(count, context, &random)
        self.generations = Double(max(1, generations))
    }

    /// The points of a generation.
    mutating func ask(_ random: inout RandomStream) -> [[Double]] {
        candidates = generation == 0 ? population.points : moved(&random).map(mirrored)
        return candidates
    }

    private func moved(_ random: inout RandomStream) -> [[Double]] {
        let ranking = population.ranking
        let producers = max(1, population.count / 5)
        let alarm = random.uniform()
        let spread = population.spread
        var points = population.points
        for (rank, index) in ranking.enumerated() {
            let point = population.points[index]
            points[index] =
                rank < producers
                ? produced(point, rank: rank, alarm: alarm, spread, &random)
                : scrounged(
                    point, rank: rank, worst: population.points[ranking[ranking.count - 1]], spread, &random)
        }
        for index in population.points.indices where random.uniform() < 0.1 {
            points[index] = watched(index, worst: ranking[ranking.count - 1], &random)
        }
        return points
    }

    /// Without alarm g + (x − g) e^(−i/(α T)), with alarm a step in every coordinate.
    private func produced(
        _ point: [Double], rank: Int, alarm: Double, _ spread: Double, _ random: inout RandomStream
    ) -> [Double] {
        guard alarm < 0.8 else { return point.adding(0.1 * random.normal(), random.normals(point.count)) }
        let share = exp(-Double(rank + 1) / (max(1e-3, random.uniform()) * generations))
        let near = best.point.adding(share, point.subtracting(best.point))
        // A producer at the best itself looks around at the scale of the flock.
        return near.adding(0.3 * spread, random.normals(point.count))
    }

    /// The hungry half starts again around the best, the others gather about it.
    private func scrounged(
        _ point: [Double], rank: Int, worst: [Double], _ spread: Double, _ random: inout RandomStream
    ) -> [Double] {
        let leader = best.point
        if rank > population.count / 2 {
            let pull = worst.subtracting(point).map { exp(min(0, -abs($0) / Double(rank * rank))) }
            return leader.indices.map { leader[$0] + spread * random.normal() * pull[$0] }
        }
        return leader.indices.map { coordinate in
            leader[coordinate] + abs(point[coordinate] - leader[coordinate])
                * (random.uniform() < 0.5 ? -1 : 1)
                * random.uniform()
        }
    }

    /// At the edge of the flock towards the best; in its middle away from the worst.
    private func watched(_ index: Int, worst: Int, _ random: inout RandomStream) -> [Double] {
        let point = population.points[index]
        if population.costs[index] > best.cost {
            return best.point.indices.map {
                best.point[$0] + random.normal() * abs(point[$0] - best.point[$0])
            }
        }
        let away = point.subtracting(population.points[worst])
        return point.adding(0.1 * (2 * random.uniform() - 1), away)
    }

    /// Takes the costs; a sparrow stays where it was unless its new place is better.
    mutating func tell(_ costs: [Double]) {
        generation += 1
        for (index, cost) in costs.enumerated() where cost <= population.costs[index] {
            (population.points[index], population.costs[index]) = (candidates[index], cost)
        }
        if population.best.cost <= best.cost { best = population.best }
    }

    /// Puts a point of known cost in the place of the worst sparrow.
    mutating func receive(_ point: [Double], _ cost: Double) {
        guard let worst = population.ranking.last, cost < population.costs[worst] else { return }
        (population.points[worst], population.costs[worst]) = (point, cost)
        if cost < best.cost { best = (point, cost) }
    }
}
