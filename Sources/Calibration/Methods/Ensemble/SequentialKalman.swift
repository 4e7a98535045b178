import Foundation
import Numerics
import Schema

/// Sequential calibration of drifting parameters: the residuals come in blocks in the order of time (that of the
/// observations where they have no `t`), and before each block
/// the state is augmented with θ_t = θ_{t−1} + N(0, Q) (Evensen 2009, doi:10.1109/MCS.2009.932223).
///
/// Each block needs one run of every member; the record's track holds the mean and standard deviation after every block.
public struct SequentialKalman: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The number of members.
        public var members = 60
        /// The number of blocks of equal length into which the residuals are cut.
        public var blocks = 10
        /// √Q in unit coordinates.
        public var drift = 0.02
        /// The defaults.
        public init() {}
    }

    private let settings: Settings
    private let priorRows: Int
    private var random: RandomStream
    private var ensemble: Ensemble
    private let times: [Double]
    /// The residuals of each block.
    private var blocks: [[Int]] = []
    /// The mean and the standard deviation of every coordinate after each block.
    private var track: [(mean: [Double], deviation: [Double])] = []
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "block \(track.count + 1) of \(settings.blocks)" }

    /// The members, in unit coordinates.
    public var members: [[Double]] { ensemble.members }

    /// Starts with members from the priors.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        times = context.times
        priorRows = PriorTerms(context.priors).count
        random = RandomStream(seed: context.seed, stream: 22)
        ensemble = Ensemble(settings.members, context, &random)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        if !track.isEmpty {
            ensemble.members = ensemble.members.map {
                mirrored($0.adding(settings.drift, random.normals($0.count)))
            }
        }
        return ensemble.members.map { Proposal($0) }
    }

    /// Blocks of about equal length in the order of time, else in their own; what was observed at once stays together.
    private func cut(_ length: Int) -> [[Int]] {
        let isTimed = times.count == length
        let order =
            isTimed ? Array(0..<length).sorted { (times[$0], $0) < (times[$1], $1) } : Array(0..<length)
        var blocks: [[Int]] = []
        var start = 0
        for number in 1...min(settings.blocks, length) {
            var end = length * number / min(settings.blocks, length)
            while isTimed, end > 0, end < length, times[order[end]] == times[order[end - 1]] { end += 1 }
            if end > start { blocks.append(Array(order[start..<end])) }
            start = max(start, end)
        }
        return blocks
    }

    /// See ``Method/record``.
    public var record: MethodRecord {
        let ends: [Double] = blocks.compactMap { block in
            block.last.flatMap { times.indices.contains($0) ? times[$0] : nil }
        }
        return MethodRecord(track: ParameterTrack(times: ends, states: track))
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        let answers = outcomes.map { $0.evaluation?.residuals.map { Array($0.dropLast(priorRows)) } }
        let survivors = answers.indices.filter { answers[$0]?.isEmpty == false }
        guard survivors.count > 1, let length = survivors.first.flatMap({ answers[$0]?.count }) else {
            ending =
                outcomes.contains { $0.cost.isFinite }
                ? "the model gives no residuals" : "every member failed"
            return
        }
        if blocks.isEmpty { blocks = cut(length) }
        let block = blocks[track.count]
        ensemble.update(
            residuals: survivors.compactMap { survivor in
                answers[survivor].map { own in block.map { own[$0] } }
            },
            survivors: survivors, alpha: 1, localisation: 0, &random)
        let failed = answers.indices.filter { answers[$0]?.isEmpty != false }
        ensemble.resample(failed: failed, survivors: survivors, &random)
        track.append((ensemble.mean, ensemble.covariance.diagonal.map { $0.squareRoot() }))
        if track.count == blocks.count { ending = "all blocks are assimilated" }
    }
}

extension MethodKind {
    static let sequentialKalman = MethodKind(
        "sequential-kalman", "Follows drifting parameters through observations in the order of time.",
        requirement: .residuals,
        keys: [SequentialKalman.Keys.members, SequentialKalman.Keys.blocks, SequentialKalman.Keys.drift]
    ) { section, context in
        var settings = SequentialKalman.Settings()
        settings.members = section[SequentialKalman.Keys.members]
        settings.blocks = section[SequentialKalman.Keys.blocks]
        settings.drift = section[SequentialKalman.Keys.drift]
        return SequentialKalman(settings, context)
    }
}

extension SequentialKalman {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let members = Key.integer(
            "members", 3...1_000_000, default: defaults.members, "Number of members.")
        static let blocks = Key.integer(
            "blocks", 1...1_000_000, default: defaults.blocks,
            "Blocks into which the residuals are cut, in the order of their t.")
        static let drift = Key.number(
            "drift", .within(0...1), default: defaults.drift,
            "Standard deviation of the drift between blocks as a share of the ranges.")
    }
}
