import Numerics

/// Searches on a surrogate, verifies on the true model, corrects the surrogate by what differs, and repeats until both
/// agree within the errors of the observations.
///
/// Only runs of the true model are kept in the store; what happens on the surrogate follows from them and the seed.
public final class SurrogateLoop {
    /// A point that the true model computed.
    public struct Verification: Sendable {
        /// From 1.
        public var round: Int
        /// Whether it is the optimum of the round; else a point of the posterior.
        public var isOptimum: Bool
        /// Unit coordinates.
        public var point: [Double]
        /// What the corrected surrogate promised; nil where it failed.
        public var promised: Double?
        /// The cost on the true model; nil where that failed.
        public var cost: Double?
        /// Root mean square and largest size of what the surrogate, as corrected then, was wrong by, in standard deviations
        /// of the observations.
        public var error: Double?
        /// See ``error``.
        public var largestError: Double?
    }

    /// The study.
    public let study: Study
    /// The true model; it is asked at verified points only.
    public let truth: Calibrator
    /// The search on the surrogate of the last round.
    public private(set) var search: Calibrator
    /// Everything that was verified, in order.
    public private(set) var verifications: [Verification] = []
    /// Points that the surrogate was asked for, all rounds.
    public private(set) var surrogateRuns = 0
    /// Whether surrogate and true model agree at the best point.
    public private(set) var agrees = false
    private let options: SurrogateOptions
    private var model: CorrectedModel

    /// Prepares a loop; nothing is run yet.
    public init(
        _ study: Study, truth: any Model, surrogate: any Model, options: SurrogateOptions,
        store: any EvaluationStore
    ) {
        (self.study, self.options) = (study, options)
        self.truth = Calibrator(study, model: truth, store: store)
        model = CorrectedModel(surrogate, study)
        search = Calibrator(study, model: model, store: NoStore())
    }

    /// Runs of the true model.
    public var trueRuns: Int { verifications.count }

    /// The verified point of the lowest cost.
    public var best: BestPoint? {
        let known = verifications.enumerated().filter { $1.cost != nil }
        guard let index = known.min(by: { $0.1.cost ?? 0 < $1.1.cost ?? 0 })?.0 else { return nil }
        return BestPoint(
            point: verifications[index].point, cost: verifications[index].cost ?? 0, evaluation: index + 1)
    }

    /// Runs to the end, or until `isCancelled` says so.
    ///
    /// - Returns: Whether it came to its end.
    /// - Throws: What ``Calibrator/run(isCancelled:observe:)`` throws.
    public func run(
        isCancelled: @escaping @Sendable () -> Bool = { false },
        observe: (Calibrator.Progress) -> Void = { _ in }
    ) throws -> Bool {
        for round in 1...options.rounds {
            if round > 1 {
                search.end()
                search = Calibrator(study, model: model, store: NoStore())
            }
            guard try search.run(isCancelled: isCancelled, observe: observe) else { return false }
            surrogateRuns += search.search.evaluations
            guard let optimum = search.search.best?.point else { return true }
            let points = try checks(about: optimum, round, isCancelled)
            guard let points else { return false }
            // The optimum comes last: the correction is exact there.
            var (worst, last) = (0.0, 0.0)
            for (index, point) in (points + [optimum]).enumerated() {
                guard
                    let error = try verify(point, round, isOptimum: index == points.count, isCancelled)
                else { return false }
                (worst, last) = (max(worst, error), error)
            }
            // About the optimum errors count as far as observations tell points apart.
            agrees = last <= options.agreement && worst <= 1
            if agrees { return true }
        }
        return true
    }

    /// Draws of the normal approximation of the surrogate's posterior; nil where it was cancelled.
    private func checks(
        about optimum: [Double], _ round: Int, _ isCancelled: @escaping @Sendable () -> Bool
    ) throws -> [[Double]]? {
        guard options.checks > 0 else { return [] }
        var jacobian = LocalJacobian(at: optimum, precision: study.options.precision)
        guard try search.explore(&jacobian, isCancelled: isCancelled) else { return nil }
        guard let matrix = jacobian.matrix,
            let posterior = LaplacePosterior(jacobian: matrix, at: optimum, names: study.space.freeNames),
            let root = SymmetricEigen(posterior.covariance)?.mapped({ max(0, $0).squareRoot() })
        else { return [] }
        var random = RandomStream(seed: study.options.seed, stream: 40 &+ UInt64(round))
        return (0..<options.checks).map { _ in
            mirrored(optimum.adding(1, root * random.normals(optimum.count)))
        }
    }

    /// Runs the true model at a point and takes the difference; infinite where a run failed, nil where it was cancelled.
    private func verify(
        _ point: [Double], _ round: Int, isOptimum: Bool, _ isCancelled: @escaping @Sendable () -> Bool
    ) throws -> Double? {
        guard let replies = try truth.replies(at: point, isCancelled: isCancelled),
            let promised = try search.replies(at: point, isCancelled: isCancelled)
        else { return nil }
        surrogateRuns += 1
        let requests = study.requests(point, number: 0)
        let (found, expected) = (
            try study.outcome(replies, at: point), try study.outcome(promised, at: point)
        )
        var entry = Verification(
            round: round, isOptimum: isOptimum, point: point, promised: expected.evaluation?.cost,
            cost: found.evaluation?.cost)
        defer { verifications.append(entry) }
        guard let one = found.evaluation?.residuals, let other = expected.evaluation?.residuals else {
            return .infinity
        }
        let errors = Array(one.subtracting(other).dropLast(PriorTerms(study.space.unitPriors).count))
        entry.error = (errors.dot(errors) / Double(max(1, errors.count))).squareRoot()
        entry.largestError = errors.map { abs($0) }.max()
        try correct(requests, replies, isCancelled)
        return entry.error
    }

    /// Teaches every site what the plain surrogate lacks.
    private func correct(
        _ requests: [ModelRequest], _ replies: [ModelReply], _ isCancelled: @escaping @Sendable () -> Bool
    ) throws {
        let runner = try model.surrogate.makeRunner(worker: 0)
        defer { runner.end() }
        for (request, reply) in zip(requests, replies) {
            guard case .outputs(let outputs) = reply,
                case .outputs(let plain)? = runner.run(request, isCancelled: isCancelled)
            else { continue }
            var difference: [String: [Double]] = [:]
            for (name, values) in plain {
                guard let known = outputs[name], known.count == values.count else { continue }
                difference[name] = known.subtracting(values)
            }
            model.discrepancies[request.site].add(difference, at: model.place(request))
        }
    }

    /// Gives back processes and memory.
    public func end() {
        search.end()
        truth.end()
    }
}
