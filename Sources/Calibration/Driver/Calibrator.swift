import Foundation

/// Keeps the evaluations of a calibration, so that an interrupted one goes on.
public protocol EvaluationStore: AnyObject {
    /// What was answered to a request before; nil where it has not been.
    func reply(number: Int, site: Int) -> ModelReply?
    /// Takes an answer. It is safe when this returns.
    func keep(_ reply: ModelReply, to request: ModelRequest, point: [Double]) throws
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
    private let pool: RunnerPool
    private let store: any EvaluationStore

    /// Prepares a calibration; the model is not run yet.
    public init(_ study: Study, model: any Model, store: any EvaluationStore) {
        self.study = study
        self.store = store
        pool = RunnerPool(model, workers: study.options.workers)
        search = Search(
            study.makeMethod(), budget: study.options.budget, target: study.options.target,
            maximumFailures: study.options.maximumFailures ?? .max)
    }

    /// Runs to the end, or until `isCancelled` says so, which is asked between runs.
    ///
    /// - Returns: Whether it came to its end.
    /// - Throws: What the store throws, and what keeps the model from running at all.
    public func run(
        isCancelled: @escaping @Sendable () -> Bool = { false }, observe: (Progress) -> Void = { _ in }
    ) throws -> Bool {
        while search.stopped == nil {
            let proposals = search.next()
            if proposals.isEmpty { break }
            guard let outcomes = try evaluate(proposals.map(\.point), isCancelled) else { return false }
            search.record(outcomes)
            for (proposal, outcome) in zip(proposals, outcomes) {
                history.append(EvaluatedPoint(point: proposal.point, outcome: outcome))
            }
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
            let points = method.ask().map(\.point)
            if points.isEmpty { return true }
            guard let outcomes = try evaluate(points, isCancelled) else { return false }
            explored += points.count
            method.tell(outcomes)
            observe(
                Progress(
                    evaluations: search.evaluations + explored, failures: search.failures,
                    best: search.best?.cost, stage: method.stage))
        }
    }

    /// What the model answers at a point, site by site; held-out sites are run where asked for. Not part of the search,
    /// and not stored.
    public func replies(at point: [Double], heldOut: Bool = false) throws -> [ModelReply] {
        let requests = study.requests(point, number: -1, heldOut: heldOut)
        return try pool.run(requests, isCancelled: { false }) { _, _ in }.compactMap { $0 }
    }

    /// Gives back processes and memory.
    public func end() { pool.end() }

    /// The outcomes of a batch; nil where it was cancelled before all were there.
    private func evaluate(
        _ points: [[Double]], _ isCancelled: @escaping @Sendable () -> Bool
    ) throws -> [Outcome]? {
        let first = search.evaluations + explored
        let requests = points.enumerated().map { study.requests($1, number: first + $0) }
        let known = requests.map { $0.map { store.reply(number: $0.number, site: $0.site) } }
        let missing = zip(requests, known).flatMap { zip($0, $1).filter { $1 == nil }.map(\.0) }
        var answered: [Int: [Int: ModelReply]] = [:]
        if !missing.isEmpty {
            runs += missing.count
            let replies = try pool.run(missing, isCancelled: isCancelled) { [store] request, reply in
                try store.keep(reply, to: request, point: points[request.number - first])
            }
            for (request, reply) in zip(missing, replies) {
                guard let reply else { return nil }
                answered[request.number, default: [:]][request.site] = reply
            }
        }
        return zip(points, zip(requests, known)).map { point, pair in
            let replies = zip(pair.0, pair.1).compactMap { request, reply in
                reply ?? answered[request.number]?[request.site]
            }
            return study.outcome(replies, at: point)
        }
    }
}

/// A point of the unit cube with its outcome.
public struct EvaluatedPoint: Sendable {
    /// Unit coordinates.
    public var point: [Double]
    /// How it came out.
    public var outcome: Outcome
}
