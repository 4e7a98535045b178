import Foundation
import Numerics

/// One run of CMA-ES (Hansen & Ostermeier 2001, doi:10.1162/106365601750190398; Hansen 2016, arXiv:1604.00772) with
/// active covariance, from a mean and a step to a criterion that ends it.
///
/// The search space is unbounded: a point outside of the cube is evaluated at its mirror image, so that every cost
/// is that of a valid point and nothing is clipped.
struct CovarianceRun: Sendable {
    /// The number of points a generation.
    let population: Int
    /// The mean of the distribution, possibly outside of the cube.
    private(set) var mean: [Double]
    /// σ.
    private(set) var step: Double
    /// Why it ended; nil while it has not.
    private(set) var ending: String?
    /// How many points it was told.
    private(set) var evaluations = 0
    /// The best point within the cube.
    private(set) var best: (point: [Double], cost: Double)

    private let constants: CovarianceWeights
    private let firstStep: Double
    private var covariance: Matrix
    private var axes: Matrix
    private var lengths: [Double]
    private var pathOfCovariance: [Double]
    private var pathOfStep: [Double]
    private var generation = 0
    private var lastDecomposition = 0
    private var steps: [[Double]] = []
    private var history: [Double] = []
    private var medians: [Double] = []

    init(mean: [Double], step: Double, population: Int) {
        self.mean = mean
        self.step = step
        self.population = population
        firstStep = step
        best = (clamped(mean), .infinity)
        constants = CovarianceWeights(population: population, dimension: mean.count)
        self.covariance = .identity(mean.count)
        axes = .identity(mean.count)
        lengths = Array(repeating: 1, count: mean.count)
        pathOfCovariance = Array(repeating: 0, count: mean.count)
        pathOfStep = pathOfCovariance
    }

    /// 4 + ⌊3 ln d⌋.
    static func defaultPopulation(dimension: Int) -> Int { 4 + Int(3 * log(Double(dimension))) }

    private var dimension: Int { mean.count }

    /// The points of a generation.
    mutating func ask(_ random: inout RandomStream) -> [[Double]] {
        steps = (0..<population).map { _ in
            axes * lengths.map { $0 * random.normal() }
        }
        return steps.map { mirrored(mean.adding(step, $0)) }
    }

    /// Takes the costs of the points asked last; +∞ for failures.
    mutating func tell(_ costs: [Double]) {
        evaluations += costs.count
        generation += 1
        let order = costs.indices.sorted { costs[$0] < costs[$1] }
        if costs[order[0]] < best.cost {
            best = (mirrored(mean.adding(step, steps[order[0]])), costs[order[0]])
        }
        move(order)
        adaptCovariance(order)
        adaptStep()
        if Double(generation - lastDecomposition) * 10 * Double(dimension)
            * (constants.rankOne + constants.rankMany)
            >= 1
        {
            decompose()
        }
        record(costs, order)
    }

    private mutating func move(_ order: [Int]) {
        var shift = [Double](repeating: 0, count: dimension)
        for rank in 0..<constants.parents {
            shift = shift.adding(constants.weights[rank], steps[order[rank]])
        }
        mean = mean.adding(step, shift)
        let rate = constants.stepRate
        let whitened = whitened(shift)
        pathOfStep = pathOfStep.scaled(1 - rate).adding(
            (rate * (2 - rate) * constants.effective).squareRoot(), whitened)
        let pathRate = constants.pathRate
        pathOfCovariance = pathOfCovariance.scaled(1 - pathRate)
        if isMovingSteadily {
            pathOfCovariance = pathOfCovariance.adding(
                (pathRate * (2 - pathRate) * constants.effective).squareRoot(), shift)
        }
    }

    /// h_σ: whether the step's path is not unusually long, so that the covariance does not stretch while the step
    /// is still far too small.
    private var isMovingSteadily: Bool {
        let decay = 1 - pow(1 - constants.stepRate, 2 * Double(generation))
        return pathOfStep.norm / decay.squareRoot() / constants.expectedLength < 1.4 + 2
            / Double(dimension + 1)
    }

    /// C^(−1/2) y.
    private func whitened(_ vector: [Double]) -> [Double] {
        let coordinates = axes.transposeTimes(vector)
        return axes * zip(coordinates, lengths).map { $0 / $1 }
    }

    private mutating func adaptCovariance(_ order: [Int]) {
        let (rankOne, rankMany) = (constants.rankOne, constants.rankMany)
        let correction = isMovingSteadily ? 0 : rankOne * constants.pathRate * (2 - constants.pathRate)
        let total = constants.weights.reduce(0, +)
        covariance = (1 + correction - rankOne - rankMany * total) * covariance
        covariance.addOuter(rankOne, pathOfCovariance, pathOfCovariance)
        var weighted = Matrix(rows: population, columns: dimension)
        var rows = weighted
        for (rank, index) in order.enumerated() {
            var weight = constants.weights[rank]
            if weight < 0 {
                let length = axes.transposeTimes(steps[index])
                let square = zip(length, lengths).reduce(0) { $0 + ($1.0 / $1.1) * ($1.0 / $1.1) }
                weight *= Double(dimension) / max(square, 1e-300)
            }
            for column in 0..<dimension {
                rows[rank, column] = steps[index][column]
                weighted[rank, column] = rankMany * weight * steps[index][column]
            }
        }
        covariance = covariance + weighted.transposeTimes(rows)
    }

    private mutating func adaptStep() {
        let ratio = pathOfStep.norm / constants.expectedLength - 1
        step *= exp(min(1, constants.stepRate / constants.stepDamping * ratio))
    }

    private mutating func decompose() {
        lastDecomposition = generation
        guard let eigen = SymmetricEigen(covariance), let smallest = eigen.values.first,
            let largest = eigen.values.last, smallest > 0
        else {
            ending = "the covariance is no longer positive"
            return
        }
        if largest > 1e14 * smallest { ending = "the covariance is too elongated" }
        axes = eigen.vectors
        lengths = eigen.values.map { $0.squareRoot() }
    }

    private mutating func record(_ costs: [Double], _ order: [Int]) {
        history.append(costs[order[0]])
        medians.append(costs[order[population / 2]])
        let window = 10 + 30 * dimension / population
        if history.count > window {
            let recent = history.suffix(window)
            let range = (recent.max() ?? 0) - (recent.min() ?? 0)
            if range <= 1e-12 * max(1e-12, abs(best.cost)) || range < 1e-13 { ending = "the costs are equal" }
        }
        if step * (lengths.max() ?? 1) < 1e-12 * firstStep { ending = "the step is tiny" }
        if !step.isFinite || step > 1e4 * firstStep { ending = "the step diverges" }
        if stagnates { ending = "the cost stagnates" }
    }

    /// No progress of best and median over the last part of a long history (Hansen 2009,
    /// doi:10.1145/1570256.1570333).
    private var stagnates: Bool {
        let long = 120 + 30 * dimension / population + generation / 5
        guard generation > long else { return false }
        func worsened(_ values: [Double]) -> Bool {
            let part = max(10, long * 3 / 10)
            let span = values.suffix(long)
            return median(Array(span.suffix(part))) >= median(Array(span.prefix(part)))
        }
        return worsened(history) && worsened(medians)
    }
}

/// The image within the cube of a point of the unbounded space, by reflection at the bounds.
func mirrored(_ point: [Double]) -> [Double] {
    point.map { coordinate in
        if coordinate >= 0 && coordinate <= 1 { return coordinate }
        let phase = coordinate - 2 * (coordinate / 2).rounded(.down)
        return min(1, max(0, phase <= 1 ? phase : 2 - phase))
    }
}

/// The middle value; +∞ for none.
func median(_ values: [Double]) -> Double {
    values.isEmpty ? .infinity : values.sorted()[values.count / 2]
}
