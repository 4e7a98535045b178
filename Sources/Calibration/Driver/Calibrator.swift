import Foundation

/// Keeps the evaluations of a calibration, so that an interrupted one goes on.
public protocol EvaluationStore: AnyObject {
    /// What was answered to the same request before: same number, site and parameters; nil where it has not been.
    func reply(to request: ModelRequest) -> ModelReply?
    /// Takes an answer. It is safe when this returns.
    func keep(_ reply: ModelReply, to request: ModelRequest) throws
}

/// Searches for the parameters of a study: asks the method for points, runs the model at every site, and tells the
/// method.
public final class Calibrator {
    /// Where a calibration stands.
    public struct Progress: Sendable {
        /// Points evaluated.
        public var evaluations: Int
        /// Those that failed.
        public var failures: Int
        /// The lowest cost; nil before the first success.
        public var best: Double?
        /// What the method is doing.
        public var stage: String
    }

    /// The study.
    public let study: Study
    /// The search with all that it found.
    public private(set) var search: Search
    /// One entry for each evaluated point, in order.
    public private(set) var history: [EvaluatedPoint] = []
    /// Runs that were asked of the model now, not read from the store.
    public private(set) var runs = 0
    /// Points evaluated besides the search.
    public private(set) var explored = 0
    /// Whether what is explored besides the search was cut short by its budget.
    public private(set) var isExplorationCut = false
    /// Why points failed, and how often.
    public private(set) var reasons: [String: Int] = [:]
    private var hasAnswered = false
    /// Runs that all fail alike, and none that is answered, after which a search is given up where no number was set.
    private static let hopeless = 25
    /// Attempts at a run after the search that failed.
    private static let attempts = 2
    /// What was answered at the best point, and at those that were asked for besides the search, by the site: what is known is
    /// not run again.
    private var known: [[Double]: [Int: ModelReply]] = [:]
    private var bestCost = Double.infinity
    private var bestReplies: (point: [Double], replies: [Int: ModelReply])?
    private let pool: RunnerPool
    private let offersDerivatives: Bool
    /// Whether two runs of the model may answer differently.
    public let mayBeNoisy: Bool
    private let store: any EvaluationStore

    /// Prepares a calibration; the model is not run yet.
    public init(_ study: Study, model: any Model, store: any EvaluationStore) {
        self.study = study
        self.store = store
        offersDerivatives = model.offersDerivatives
        mayBeNoisy = model.mayBeNoisy
        pool = RunnerPool(model, workers: study.options.workers, overdue: study.options.overdue)
        search = Search(
            study.makeMethod(), budget: study.options.budget, target: study.options.target,
            maximumFailures: study.options.maximumFailures ?? .max)
    }

    /// Runs to the end, or until `isCancelled` says so, which is asked between runs.
    ///
    /// - Returns: Whether it came to its end.
    /// - Throws: What the store throws, what keeps the model from running at all, and ``ReplyError`` where the first
    ///   answer does not fit the observations.
    public func run(
        isCancelled: @escaping @Sendable () -> Bool = { false }, observe: (Progress) -> Void = { _ in }
    ) throws -> Bool {
        while search.stopped == nil {
            let proposals = search.next()
            if proposals.isEmpty { break }
            guard let outcomes = try evaluate(proposals, keepsBest: true, isCancelled) else { return false }
            search.record(outcomes)
            for (proposal, outcome) in zip(proposals, outcomes) {
                history.append(EvaluatedPoint(point: proposal.point, outcome: outcome))
            }
            if let reason = hopelessReason { search.giveUp(reason) }
            observe(
                Progress(
                    evaluations: search.evaluations, failures: search.failures, best: search.best?.cost,
                    stage: search.method.stage))
        }
        return true
    }

    /// Runs a method besides the search, such as a sampler, with the same model and store.
    ///
    /// - Returns: Whether it came to its end.
    public func explore<Exploration: Method>(
        _ method: inout Exploration, isCancelled: @escaping @Sendable () -> Bool = { false },
        observe: (Progress) -> Void = { _ in }
    ) throws -> Bool {
        while true {
            let proposals = method.ask()
            if proposals.isEmpty { return true }
            if explored + proposals.count > study.posterior.budget ?? .max {
                isExplorationCut = true
                return true
            }
            guard let outcomes = try evaluate(proposals, isCancelled) else { return false }
            explored += proposals.count
            method.tell(outcomes)
            observe(
                Progress(
                    evaluations: search.evaluations + explored, failures: search.failures,
                    best: search.best?.cost, stage: method.stage))
        }
    }

    /// Why every run fails, where so many did, for one reason but for the numbers in it.
    private var hopelessReason: String? {
        guard study.options.maximumFailures == nil, search.failures >= Self.hopeless,
            search.failures == search.evaluations,
            Set(reasons.keys.map { $0.filter { !$0.isNumber } }).count == 1
        else { return nil }
        return reasons.keys.min()
    }

    /// What the model answers at a point, site by site; the held-out sites are run where asked for. Stored like every
    /// other run; nil where it was cancelled. Where it is known already nothing is run; what fails is tried again.
    public func replies(
        at point: [Double], heldOut: Bool = false, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> [ModelReply]? {
        try replies(at: [point], heldOut: heldOut, isCancelled)?.first
    }

    private func replies(
        at points: [[Double]], heldOut: Bool, _ isCancelled: @escaping @Sendable () -> Bool
    ) throws -> [[ModelReply]]? {
        if let bestReplies {
            known[bestReplies.point, default: [:]].merge(bestReplies.replies) { own, _ in own }
        }
        for attempt in 0..<Self.attempts {
            var seen: Set<[Double]> = []
            let missing = points.filter { point in
                let requests = study.requests(point, number: 0, heldOut: heldOut)
                return requests.contains { isMissing($0.site, point, attempt) } && seen.insert(point).inserted
            }
            guard !missing.isEmpty else { break }
            let requests = missing.enumerated().map {
                study.requests($1, number: nextNumber + $0, heldOut: heldOut)
            }
            guard let found = try answers(to: requests.flatMap { $0 }, isCancelled) else { return nil }
            explored += missing.count
            let places = zip(missing, requests).flatMap { point, own in own.map { (point, $0.site) } }
            for (place, reply) in zip(places, found) where isMissing(place.1, place.0, attempt) {
                known[place.0, default: [:]][place.1] = reply
            }
        }
        return points.map { point in
            study.requests(point, number: 0, heldOut: heldOut).map {
                known[point]?[$0.site] ?? .failed("no answer")
            }
        }
    }

    /// Whether a point has to be run at a site: because it was not, or because it failed before this attempt.
    private func isMissing(_ site: Int, _ point: [Double], _ attempt: Int) -> Bool {
        guard let reply = known[point]?[site] else { return true }
        if attempt > 0, case .failed = reply { return true }
        return false
    }

    /// Runs a point anew that is known, to see whether the model answers the same; nil where it was cancelled or failed.
    public func repeated(
        _ point: [Double], isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> Outcome? {
        let requests = study.requests(point, number: nextNumber)
        explored += 1
        return try answers(to: requests, isCancelled).map { try outcome($0, point) }
    }

    /// A point with everything that the model says there.
    public struct Response: Sendable {
        /// How the fitted sites came out.
        public var outcome: Outcome
        /// All observations, those of held-out sites behind the others, beside the model's values.
        public var comparisons: [Study.Comparison]
    }

    /// What the model answers at points, held-out sites included; stored like every other run, nil where it was cancelled.
    public func survey(
        _ points: [[Double]], isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> [Response]? {
        guard let fitted = try replies(at: points, heldOut: false, isCancelled),
            let heldOut = try replies(at: points, heldOut: true, isCancelled)
        else { return nil }
        return try points.indices.map { index in
            let (fitted, heldOut) = (fitted[index], heldOut[index])
            return Response(
                outcome: try outcome(fitted, points[index]),
                comparisons: study.comparisons(fitted, heldOut: false)
                    + study.comparisons(heldOut, heldOut: true))
        }
    }

    /// Gives back processes and memory.
    public func end() { pool.end() }

    /// The outcomes of a batch; nil where it was cancelled before all were there.
    private func evaluate(
        _ proposals: [Proposal], keepsBest: Bool = false, _ isCancelled: @escaping @Sendable () -> Bool
    ) throws -> [Outcome]? {
        let requests = proposals.enumerated().map { study.requests($1.point, number: nextNumber + $0) }
        guard let replies = try answers(to: requests.flatMap { $0 }, isCancelled) else { return nil }
        var first = 0
        return try zip(proposals, requests).map { proposal, requests in
            let own = Array(replies[first..<first + requests.count])
            first += requests.count
            let outcome = try outcome(own, proposal.point)
            if keepsBest, outcome.cost < bestCost {
                bestCost = outcome.cost
                bestReplies = (
                    proposal.point, Dictionary(uniqueKeysWithValues: zip(requests.map(\.site), own))
                )
            }
            guard offersDerivatives, proposal.wantsDerivatives, var evaluation = outcome.evaluation else {
                return outcome
            }
            evaluation.gradient = try study.gradient(own, requests, at: proposal.point, pool.pullback)
            return Outcome(checking: evaluation)
        }
    }

    /// A model that has never answered what was observed is described wrongly; one that fails to do so now and then has
    /// failed runs.
    private func outcome(_ replies: [ModelReply], _ point: [Double]) throws -> Outcome {
        do {
            let outcome = try study.outcome(replies, at: point)
            if case .failed(let reason) = outcome { reasons[reason, default: 0] += 1 }
            if case .evaluated = outcome { hasAnswered = true }
            return outcome
        } catch {
            guard hasAnswered else { throw error }
            reasons[error.description, default: 0] += 1
            return .failed(error.description)
        }
    }

    private var nextNumber: Int { search.evaluations + explored }

    /// The answers in the order of the requests, from the store where it has them; nil where it was cancelled.
    private func answers(
        to requests: [ModelRequest], _ isCancelled: @escaping @Sendable () -> Bool
    ) throws -> [ModelReply]? {
        var replies = requests.map(store.reply(to:))
        let missing = replies.indices.filter { replies[$0] == nil }
        guard !missing.isEmpty else { return replies.compactMap { $0 } }
        let found = try pool.run(missing.map { requests[$0] }, isCancelled: isCancelled) { [store] in
            try store.keep($1, to: $0)
        }
        for (index, reply) in zip(missing, found) { replies[index] = reply }
        runs += found.count { $0 != nil }
        return replies.contains { $0 == nil } ? nil : replies.compactMap { $0 }
    }
}

/// A point of the unit cube with its outcome.
public struct EvaluatedPoint: Sendable {
    /// Unit coordinates.
    public var point: [Double]
    /// How it came out.
    public var outcome: Outcome
}
