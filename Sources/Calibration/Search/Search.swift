/// Why a search ended.
public enum StopReason: Sendable, Equatable {
    /// All evaluations that were allowed are spent.
    case budget
    /// The cost reached its target.
    case target
    /// The method is through, for this reason.
    case finished(String)
    /// More runs failed than were allowed.
    case failures
    /// Every run failed, and for this reason.
    case hopeless(String)
}

/// One evaluated point.
public struct BestPoint: Sendable, Equatable {
    /// Unit coordinates.
    public var point: [Double]
    /// The cost.
    public var cost: Double
    /// The number of the evaluation, from 1.
    public var evaluation: Int
}

/// A method together with what counts: best point, evaluations, failures, limits.
///
/// A driver alternates ``next()`` and ``record(_:)``, evaluating in between wherever it likes. A search is a value
/// and is resumed by recording the same outcomes again.
public struct Search: Sendable {
    /// The method.
    public private(set) var method: any Method
    /// How many evaluations are allowed.
    public let budget: Int
    /// The cost that suffices.
    public let target: Double?
    /// How many failures are allowed.
    public let maximumFailures: Int
    /// The best point so far.
    public private(set) var best: BestPoint?
    /// How many evaluations were recorded, failures included.
    public private(set) var evaluations = 0
    /// How many of them failed.
    public private(set) var failures = 0
    /// Why the search ended; nil while it runs.
    public private(set) var stopped: StopReason?
    private var pending: [Proposal] = []
    private var isComplete = true

    /// Starts a search.
    public init(
        _ method: any Method, budget: Int, target: Double? = nil, maximumFailures: Int = .max
    ) {
        self.method = method
        self.budget = budget
        self.target = target
        self.maximumFailures = maximumFailures
    }

    /// The points to evaluate next; empty where the search has ended. A batch that the budget cuts short is the
    /// last one.
    public mutating func next() -> [Proposal] {
        guard stopped == nil else { return [] }
        let asked = method.ask()
        guard !asked.isEmpty else {
            stopped = .finished(method.ending ?? "nothing more to try")
            return []
        }
        pending = Array(asked.prefix(budget - evaluations))
        isComplete = pending.count == asked.count
        if pending.isEmpty { stopped = .budget }
        return pending
    }

    /// Takes the outcomes of all points of the last ``next()``, in its order.
    public mutating func record(_ outcomes: [Outcome]) {
        precondition(outcomes.count == pending.count, "one outcome for every point asked")
        for (proposal, outcome) in zip(pending, outcomes) { count(proposal, outcome) }
        pending = []
        if let best, let target, best.cost <= target { stopped = .target }
        if stopped == nil, failures > maximumFailures { stopped = .failures }
        if stopped == nil, evaluations >= budget { stopped = .budget }
        if isComplete { method.tell(outcomes) }
    }

    private mutating func count(_ proposal: Proposal, _ outcome: Outcome) {
        evaluations += 1
        guard outcome.cost.isFinite else {
            failures += 1
            return
        }
        if outcome.cost < best?.cost ?? .infinity {
            best = BestPoint(point: proposal.point, cost: outcome.cost, evaluation: evaluations)
        }
    }

    /// Ends the search because every run fails.
    mutating func giveUp(_ reason: String) { if stopped == nil { stopped = .hopeless(reason) } }

    /// Runs to the end with a model that is a function.
    public mutating func run(_ model: (Proposal) -> Outcome) {
        while stopped == nil {
            let proposals = next()
            if !proposals.isEmpty { record(proposals.map(model)) }
        }
    }
}
