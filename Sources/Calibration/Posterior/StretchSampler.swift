import Foundation
import Numerics

/// The affine-invariant sampler of walkers that stretch towards each other (Goodman & Weare 2010,
/// doi:10.2140/camcos.2010.5.65): y = x_k + z (x_j − x_k), z of density ∝ 1/√z on [1/2, 2], accepted with
/// z^(d−1) p(y)/p(x_j). Halves of the walkers move in turn, each all at once.
public struct StretchSampler: Sampler {
    private let moves: Int
    private var random: RandomStream
    private var walkers: [[Double]]
    private var costs: [Double]
    private var half = 0
    private var isFirst = true
    private var candidates: [(walker: Int, point: [Double], stretch: Double)] = []
    private let modes: PosteriorModes
    /// See ``Sampler/chains``.
    public private(set) var chains: [[[Double]]]
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Sampler/isEnsemble``.
    public var isEnsemble: Bool { true }

    /// See ``Method/stage``.
    public var stage: String { "stretch sampler" }

    /// - Parameters:
    ///   - start: About where the posterior is, such as the best point.
    ///   - spread: The standard deviations of the walkers about it, such as those of ``LaplacePosterior``.
    ///   - walkers: At least twice the dimension; 0 for four times.
    ///   - draws: How many draws each chain holds at the end.
    ///   - modes: Minima of about the least cost, see ``PosteriorModes``; walkers begin about all of them.
    public init(
        start: [Double], spread: [Double], walkers: Int = 0, draws: Int, modes: [[Double]] = [],
        _ context: MethodContext
    ) {
        self.modes = PosteriorModes(start, modes)
        random = RandomStream(seed: context.seed, stream: 30)
        let count = max(2 * start.count + 2, walkers > 0 ? walkers : 4 * start.count)
        self.walkers = self.modes.scattered(count + count % 2, spread, &random)
        costs = Array(repeating: .infinity, count: self.walkers.count)
        chains = self.walkers.map { _ in [] }
        moves = draws
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        if isFirst { return walkers.map { Proposal($0) } }
        repeat { stretch() } while candidates.isEmpty && ending == nil
        return candidates.map { Proposal($0.point) }
    }

    /// Draws the moves of one half; those that leave the cube have no probability and need no evaluation.
    private mutating func stretch() {
        let middle = walkers.count / 2
        let own = half == 0 ? 0..<middle : middle..<walkers.count
        let other = half == 0 ? middle : 0
        let jumps = modes.isTimeToJump(&random)
        candidates = own.compactMap { walker in
            if jumps { return modes.jump(from: walkers[walker], &random).map { (walker, $0, 1) } }
            let partner = walkers[other + random.below(middle)]
            let root = 0.5.squareRoot() * (1 + random.uniform())
            let stretch = root * root
            let point = partner.adding(stretch, walkers[walker].subtracting(partner))
            return point.allSatisfy { $0 >= 0 && $0 <= 1 } ? (walker, point, stretch) : nil
        }
        if candidates.isEmpty { finishHalf() }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        if isFirst {
            costs = outcomes.map(\.cost)
            isFirst = false
            return
        }
        for (candidate, outcome) in zip(candidates, outcomes) {
            let gain = 0.5 * (costs[candidate.walker] - outcome.cost)
            let logRatio = Double(candidate.point.count - 1) * log(candidate.stretch) + gain
            let isAccepted = outcome.cost.isFinite && (!logRatio.isFinite || log(random.uniform()) < logRatio)
            guard isAccepted else { continue }
            (walkers[candidate.walker], costs[candidate.walker]) = (candidate.point, outcome.cost)
        }
        finishHalf()
    }

    private mutating func finishHalf() {
        half = 1 - half
        guard half == 0 else { return }
        for index in walkers.indices { chains[index].append(walkers[index]) }
        if chains[0].count >= moves { ending = "all draws are made" }
    }
}
