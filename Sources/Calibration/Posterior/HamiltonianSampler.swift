import Foundation
import Numerics

/// Hamiltonian Monte Carlo with the gradient that the model offers, such as a surrogate's (Neal 2011,
/// doi:10.1201/b10905-6): leapfrog steps of H = cost/2 + |p|²/2 in coordinates divided by their spread. At a bound a
/// trajectory is reflected. The length of steps adapts in the burn-in to an acceptance of 0.8, the spread to what was drawn, and
/// trajectories are as many steps long as it takes to cross it.
public struct HamiltonianSampler: Sampler {
    private struct Chain: Sendable {
        var point: [Double]
        var cost: Double
        var gradient: [Double]
        var start: (point: [Double], cost: Double, gradient: [Double])
        var momentum: [Double] = []
        var energy = 0.0
        var hasFailed = false
    }

    private let moves: Int
    private let leaps: Int
    private var spread: [Double]
    private let modes: PosteriorModes
    private var isJump = false
    private var random: RandomStream
    private var walks: [Chain]
    private var step: Double
    private var leap = 0
    private var leapsNow = 1
    private var isFirst = true
    /// See ``Sampler/chains``.
    public private(set) var chains: [[[Double]]]
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "Hamiltonian Monte Carlo" }

    /// - Parameters:
    ///   - start: About where the posterior is, such as the best point.
    ///   - spread: Its standard deviations, such as those of ``LaplacePosterior``.
    ///   - chains: How many.
    ///   - draws: How many draws each holds at the end.
    ///   - leaps: Leapfrog steps of a trajectory at most.
    ///   - modes: Minima of about the least cost, see ``PosteriorModes``; chains begin about all of them.
    public init(
        start: [Double], spread: [Double], chains count: Int = 4, draws: Int, leaps: Int = 60,
        modes: [[Double]] = [], _ context: MethodContext
    ) {
        self.modes = PosteriorModes(start, modes)
        random = RandomStream(seed: context.seed, stream: 32)
        (moves, self.spread, self.leaps) = (draws, spread, max(1, leaps))
        step = 0.5 / pow(Double(start.count), 0.25)
        walks = self.modes.scattered(count, spread, &random).map {
            Chain(point: $0, cost: .infinity, gradient: [], start: ($0, .infinity, []))
        }
        chains = walks.map { _ in [] }
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        if !isFirst {
            if leap == 0 { beginTrajectories() }
            for index in walks.indices { isJump ? jump(index) : drift(index) }
        }
        return walks.map { Proposal($0.point, wantsDerivatives: true) }
    }

    private mutating func beginTrajectories() {
        isJump = modes.isTimeToJump(&random)
        leapsNow = isJump ? 1 : 1 + random.below(min(leaps, max(1, Int((Self.crossing / step).rounded(.up)))))
        for index in walks.indices {
            walks[index].momentum = random.normals(spread.count)
            walks[index].start = (walks[index].point, walks[index].cost, walks[index].gradient)
            walks[index].energy = energy(index)
            walks[index].hasFailed = false
        }
    }

    /// The longest trajectory, in standard deviations.
    private static let crossing = 3.0

    private mutating func jump(_ index: Int) {
        guard let target = modes.jump(from: walks[index].point, &random) else {
            walks[index].hasFailed = true
            return
        }
        walks[index].point = target
    }

    private func energy(_ index: Int) -> Double {
        0.5 * walks[index].cost + 0.5 * walks[index].momentum.dot(walks[index].momentum)
    }

    /// Half a kick with the gradient at hand and a drift; the second half follows with the new gradient.
    private mutating func drift(_ index: Int) {
        kick(index)
        for coordinate in spread.indices {
            var position = walks[index].point[coordinate]
            position += step * spread[coordinate] * walks[index].momentum[coordinate]
            while position < 0 || position > 1 {
                position = position < 0 ? -position : 2 - position
                walks[index].momentum[coordinate] *= -1
            }
            walks[index].point[coordinate] = position
        }
    }

    private mutating func kick(_ index: Int) {
        for coordinate in spread.indices {
            // ∂(cost/2)/∂(u/s) = s/2 · ∂cost/∂u.
            walks[index].momentum[coordinate] -=
                0.25 * step * spread[coordinate] * walks[index].gradient[coordinate]
        }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        for (index, outcome) in outcomes.enumerated() {
            guard let evaluation = outcome.evaluation, let gradient = evaluation.gradient else {
                if isFirst || outcome.cost.isFinite { ending = "the model gives no gradient at a start" }
                walks[index].hasFailed = true
                continue
            }
            (walks[index].cost, walks[index].gradient) = (evaluation.cost, gradient)
            if !isFirst && !isJump && !walks[index].hasFailed { kick(index) }
        }
        if isFirst {
            isFirst = false
            return
        }
        leap += 1
        if leap == leapsNow { finishTrajectories() }
    }

    private mutating func finishTrajectories() {
        leap = 0
        var acceptance = 0.0
        for index in walks.indices {
            let loss = energy(index) - walks[index].energy
            let probability = walks[index].hasFailed || !loss.isFinite ? 0 : min(1, exp(-loss))
            acceptance += probability / Double(walks.count)
            if random.uniform() >= probability {
                (walks[index].point, walks[index].cost, walks[index].gradient) = walks[index].start
            }
            chains[index].append(walks[index].point)
        }
        if chains[0].count <= moves / 2, !isJump { step *= exp(0.1 * (acceptance - 0.8)) }
        if chains[0].count == moves / 4 { learnSpread() }
        if chains[0].count >= moves { ending = "all draws are made" }
    }

    /// Takes the standard deviations of the last half of what was drawn so far; where they are wider than those at hand, the
    /// posterior is no normal distribution.
    private mutating func learnSpread() {
        let recent = chains.flatMap { $0.suffix($0.count / 2) }
        guard recent.count > 20 else { return }
        for coordinate in spread.indices {
            let values = recent.map { $0[coordinate] }
            let mean = values.mean
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
            if variance > 0 { spread[coordinate] = max(0.5 * spread[coordinate], variance.squareRoot()) }
        }
    }
}
