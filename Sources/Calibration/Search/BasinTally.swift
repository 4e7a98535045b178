import Numerics

/// The minima that descents from different starts ended in. A minimum is known by its place and its cost: descents of equal
/// cost that end elsewhere have found two.
///
/// The place is what the model answers there, its residuals, where it gives them: exchanged parameters and directions
/// that the observations do not determine then make no second minimum. Else it is the unit coordinates.
public struct BasinTally: Sendable {
    /// One minimum.
    public struct Basin: Sendable {
        /// Its unit coordinates.
        public internal(set) var point: [Double]
        /// Its cost.
        public internal(set) var cost: Double
        /// How many descents ended there.
        public internal(set) var visits: Int
        /// Other places of the same answers, such as those of exchanged parameters.
        public internal(set) var places: [[Double]]
        var residuals: [Double]
    }

    /// The relative difference at which costs, and squared distances of residuals, are those of one minimum.
    private let agreement: Double
    /// The difference of unit coordinates at which places are one.
    static let nearby = 0.01
    /// The difference from which places of equal answers are kept apart.
    static let apart = 0.05
    /// How many places of one minimum are kept: along a direction that is not determined there is no end of them.
    static let mostPlaces = 8
    /// In the order in which they were found.
    public private(set) var basins: [Basin] = []
    /// N, the number of descents.
    public private(set) var descents = 0

    /// An empty tally.
    public init(agreement: Double = 0.02) { self.agreement = agreement }

    /// The best minimum; nil before the first descent.
    public var best: Basin? { basins.min { $0.cost < $1.cost } }

    /// W(N − 1)/(N − W − 2) − W: how many more minima are to be expected where descents from random starts ended in W of
    /// them, N times in all and every division of the cube being as probable as any other (Boender & Rinnooy Kan 1987,
    /// doi:10.1007/BF02591684); +∞ where there are too few descents to say.
    public var expectedUnseen: Double {
        let (count, found) = (Double(descents), Double(basins.count))
        return count > found + 2 ? found * (count - 1) / (count - found - 2) - found : .infinity
    }

    /// W(W + 1)/(N(N − 1)): the share of the cube from which descents are expected to lead to minima not seen yet (the same
    /// source).
    public var unseenShare: Double {
        let (count, found) = (Double(descents), Double(basins.count))
        return descents > 1 ? min(1, found * (found + 1) / (count * (count - 1))) : 1
    }

    /// The places of minima whose cost is within a range of the best one's, the best first.
    public func places(within rise: Double) -> [[Double]] {
        guard let best else { return [] }
        return basins.filter { $0.cost <= best.cost + rise }.sorted { $0.cost < $1.cost }
            .flatMap { [$0.point] + $0.places }
    }

    /// Counts a descent that ended at a point.
    ///
    /// - Parameter residuals: What the model answers there; empty where it gives a cost alone.
    public mutating func add(_ point: [Double], cost: Double, residuals: [Double] = []) {
        guard cost.isFinite else { return }
        descents += 1
        guard let index = index(point, cost, residuals) else {
            basins.append(Basin(point: point, cost: cost, visits: 1, places: [], residuals: residuals))
            return
        }
        basins[index].visits += 1
        let known = [basins[index].point] + basins[index].places
        let isNew = known.allSatisfy { point.subtracting($0).largestMagnitude > Self.apart }
        if isNew, known.count <= Self.mostPlaces { basins[index].places.append(point) }
        if cost < basins[index].cost, !isNew {
            (basins[index].point, basins[index].cost, basins[index].residuals) = (point, cost, residuals)
        }
    }

    private func index(_ point: [Double], _ cost: Double, _ residuals: [Double]) -> Int? {
        basins.indices.first { index in
            let basin = basins[index]
            guard !residuals.isEmpty, residuals.count == basin.residuals.count else {
                return point.subtracting(basin.point).largestMagnitude < Self.nearby
            }
            let shift = residuals.subtracting(basin.residuals)
            // A total of a seventh of a standard deviation is no difference, however well the model fits.
            return shift.dot(shift) <= agreement * max(1, min(cost, basin.cost))
        }
    }
}

extension BasinTally {
    /// What the descents found, for people: "12 descents from different starts found 3 minima, 7 of them ended in the best".
    public var summary: String {
        let visits = best?.visits ?? 0
        let starts = descents == 1 ? "1 descent" : "\(descents) descents from different starts"
        let found = basins.count == 1 ? "1 minimum" : "\(basins.count) minima"
        return basins.count < 2
            ? "\(starts) found \(found)" : "\(starts) found \(found), \(visits) of them ended in the best"
    }
}
