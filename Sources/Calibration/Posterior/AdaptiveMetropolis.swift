import Foundation
import Numerics

/// Metropolis walks whose normal steps have the covariance of what was seen, 2.38²/d · (C + εI) (Haario, Saksman &
/// Tamminen 2001, doi:10.2307/3318737). Several chains run at once, each with its own history; it ceases to adapt with
/// the burn-in, so that what is kept is a plain Metropolis walk.
public struct AdaptiveMetropolis: Sampler {
    private struct Chain: Sendable {
        var point: [Double]
        var cost = Double.infinity
        var mean: [Double]
        var scatter: Matrix
        var count = 0.0
        var factor: Matrix
    }

    private let moves: Int
    private var random: RandomStream
    private var walks: [Chain]
    private var candidates: [(chain: Int, point: [Double])] = []
    private var isFirst = true
    private let modes: PosteriorModes
    /// See ``Sampler/chains``.
    public private(set) var chains: [[[Double]]]
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "adaptive Metropolis" }

    /// - Parameters:
    ///   - start: About where the posterior is, such as the best point.
    ///   - spread: Its standard deviations, such as those of ``LaplacePosterior``.
    ///   - chains: How many.
    ///   - draws: How many draws each holds at the end.
    ///   - modes: Minima of about the least cost, see ``PosteriorModes``; chains begin about all of them.
    public init(
        start: [Double], spread: [Double], chains count: Int = 4, draws: Int, modes: [[Double]] = [],
        _ context: MethodContext
    ) {
        self.modes = PosteriorModes(start, modes)
        random = RandomStream(seed: context.seed, stream: 31)
        moves = draws
        let scale = 2.38 / Double(start.count).squareRoot()
        walks = self.modes.scattered(count, spread, &random).map {
            Chain(
                point: $0, mean: $0, scatter: Matrix(rows: start.count, columns: start.count),
                factor: Matrix(diagonal: spread.map { scale * $0 }))
        }
        chains = walks.map { _ in [] }
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        if isFirst { return walks.map { Proposal($0.point) } }
        repeat { propose() } while candidates.isEmpty && ending == nil
        return candidates.map { Proposal($0.point) }
    }

    private mutating func propose() {
        let jumps = modes.isTimeToJump(&random)
        candidates = walks.indices.compactMap { index in
            if jumps { return modes.jump(from: walks[index].point, &random).map { (index, $0) } }
            let step = walks[index].factor * random.normals(walks[index].point.count)
            let point = walks[index].point.adding(1, step)
            return point.allSatisfy { $0 >= 0 && $0 <= 1 } ? (index, point) : nil
        }
        if candidates.isEmpty { finishMove() }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        if isFirst {
            for (index, outcome) in outcomes.enumerated() { walks[index].cost = outcome.cost }
            isFirst = false
            return
        }
        for (candidate, outcome) in zip(candidates, outcomes) {
            let gain = 0.5 * (walks[candidate.chain].cost - outcome.cost)
            guard outcome.cost.isFinite, !gain.isFinite || log(random.uniform()) < gain else { continue }
            (walks[candidate.chain].point, walks[candidate.chain].cost) = (candidate.point, outcome.cost)
        }
        finishMove()
    }

    private mutating func finishMove() {
        for index in walks.indices {
            chains[index].append(walks[index].point)
            if chains[index].count <= moves / 2 { learn(index) }
        }
        if chains[0].count >= moves { ending = "all draws are made" }
    }

    /// Welford's recurrence for mean and scatter; the factor follows from time to time.
    private mutating func learn(_ index: Int) {
        walks[index].count += 1
        let difference = walks[index].point.subtracting(walks[index].mean)
        walks[index].mean = walks[index].mean.adding(1 / walks[index].count, difference)
        let after = walks[index].point.subtracting(walks[index].mean)
        walks[index].scatter.addOuter(1, difference, after)
        let (count, dimension) = (walks[index].count, Double(difference.count))
        guard count > 20 * dimension, Int(count) % 50 == 0 else { return }
        var covariance = (2.38 * 2.38 / dimension / (count - 1)) * walks[index].scatter
        for coordinate in 0..<covariance.rows { covariance[coordinate, coordinate] += 1e-12 }
        if let factor = Cholesky(covariance) { walks[index].factor = factor.lower }
    }
}
