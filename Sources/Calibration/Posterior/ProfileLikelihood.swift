/// Profile likelihoods: for each parameter the least cost over all others as it is held at values to both sides of the
/// best (Raue et al. 2009, doi:10.1093/bioinformatics/btp358).
///
/// The interval of confidence is where the profile stays below the least cost plus the quantile of χ² with one degree of
/// freedom; a profile that never rises above it says that the parameter cannot be known. All walks, two for each
/// parameter, go on at once; each step starts at the end of the one before.
public struct ProfileLikelihood: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The rise of the cost that bounds the interval: 2.706 for 90 %, 3.841 for 95 %.
        public var rise = 2.706
        /// The first step as a share of the range, where no standard deviation is known.
        public var step = 0.01
        /// The first step in standard deviations, where they are known.
        public var deviations = 0.35
        /// The steps of a walk at most; each is longer than the last by a factor of 1.3.
        public var steps = 14
        /// The evaluations of one step for each parameter at most.
        public var effort = 10
        /// How close to the limit a cost has to be that bounds an interval, as a share of the rise.
        public var closeness = 0.1
        /// The defaults.
        public init() {}
    }

    /// How many points profiles take at most with the default settings.
    public static func mostPoints(_ dimension: Int) -> Int {
        let settings = Settings()
        let steps = settings.steps + mostRefinements
        return 2 * dimension * steps * (dimension == 1 ? 1 : settings.effort * dimension)
    }

    private struct Walk: Sendable {
        let parameter: Int
        let direction: Double
        var step: Double
        /// The last point whose cost is below the limit, from which the next one starts.
        var inner: (point: [Double], cost: Double)
        /// The nearest coordinate known whose cost is above it; nil before one is found.
        var outer: (coordinate: Double, cost: Double)?
        var taken = 0
        var refinements = 0
        var failures = 0
        /// Whether the last refinement moved the outer end.
        var movedOuter: Bool?
        var search: ReducedMethod?
    }

    /// Refinements of a crossing at most, and failures of one walk.
    private static let (mostRefinements, mostFailures) = (12, 4)

    private let settings: Settings
    private let context: MethodContext
    private let usesResiduals: Bool
    private let best: (point: [Double], cost: Double)
    private var walks: [Walk]
    private var counts: [Int] = []
    /// A point of lower cost than the best, where a walk has met one.
    public private(set) var better: (point: [Double], cost: Double)?
    /// For each parameter the coordinates and costs of its profile, ascending.
    public private(set) var profiles: [[(coordinate: Double, cost: Double)]]
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "profiles" }

    /// - Parameters:
    ///   - best: The best point and its cost.
    ///   - usesResiduals: Whether the model answers with residuals.
    ///   - deviations: Standard deviations about the best point, from which the first steps follow.
    public init(
        _ settings: Settings = Settings(), best: [Double], cost: Double, usesResiduals: Bool,
        deviations: [Double]? = nil, _ context: MethodContext
    ) {
        (self.settings, self.context, self.usesResiduals) = (settings, context, usesResiduals)
        self.best = (best, cost)
        profiles = best.map { [($0, cost)] }
        walks = best.indices.flatMap { index in
            let step = deviations.map { min(0.1, max(1e-6, settings.deviations * $0[index])) }
            return [-1.0, 1].map {
                Walk(
                    parameter: index, direction: $0, step: step ?? settings.step, inner: (best, cost))
            }
        }
        for index in walks.indices { advance(index) }
        walks.removeAll { $0.search == nil }
        if walks.isEmpty { ending = "every profile is at its bound" }
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        var all: [Proposal] = []
        counts = []
        for index in walks.indices {
            let asked = walks[index].search?.ask() ?? []
            counts.append(asked.count)
            all += asked
        }
        return all
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        var first = 0
        for index in walks.indices {
            walks[index].search?.tell(Array(outcomes[first..<first + counts[index]]))
            first += counts[index]
            if walks[index].search?.isFinished == true { conclude(index) }
        }
        walks.removeAll { $0.search == nil }
        if walks.isEmpty { ending = "every profile is drawn" }
    }

    private mutating func conclude(_ index: Int) {
        guard let found = walks[index].search?.best else { return }
        let parameter = walks[index].parameter
        walks[index].search = nil
        guard found.cost.isFinite else { return retreat(index) }
        profiles[parameter].append((found.point[parameter], found.cost))
        profiles[parameter].sort { $0.coordinate < $1.coordinate }
        if found.cost < better?.cost ?? best.cost - 0.01 * settings.rise { better = found }
        if found.cost <= limit {
            walks[index].inner = found
        } else {
            walks[index].outer = (found.point[parameter], found.cost)
        }
        guard walks[index].outer != nil else { return advance(index) }
        refine(index, found.cost)
    }

    /// The cost that bounds the interval.
    private var limit: Double { best.cost + settings.rise }

    private mutating func advance(_ index: Int) {
        let walk = walks[index]
        let here = walk.inner.point[walk.parameter]
        let next = min(1, max(0, here + walk.direction * walk.step))
        guard next != here, walk.taken < settings.steps else { return }
        walks[index].taken += 1
        walks[index].step *= 1.3
        search(index, at: next)
    }

    /// Half the way, where the runs of a step failed.
    private mutating func retreat(_ index: Int) {
        walks[index].failures += 1
        guard walks[index].failures <= Self.mostFailures, walks[index].outer == nil else { return }
        walks[index].step *= 0.5 / 1.3
        advance(index)
    }

    /// Divides the step across the limit until a cost is close to it: costs rise like squares, but behind a bend, such as where
    /// another parameter meets its bound, they may rise like anything.
    private mutating func refine(_ index: Int, _ cost: Double) {
        let walk = walks[index]
        guard let outer = walk.outer, walk.refinements < Self.mostRefinements,
            abs(cost - limit) > settings.closeness * settings.rise
        else { return }
        let here = walk.inner.point[walk.parameter]
        guard abs(outer.coordinate - here) > 1e-5 else { return }
        let movedOuter = cost > limit
        // The same end twice in a row: the root is not where it seems.
        let isStuck = walk.movedOuter == movedOuter
        let share = isStuck ? 0.5 : min(0.9, max(0.1, share(walk.inner.cost, outer.cost)))
        walks[index].movedOuter = movedOuter
        walks[index].refinements += 1
        search(index, at: here + share * (outer.coordinate - here))
    }

    private mutating func search(_ index: Int, at coordinate: Double) {
        walks[index].search = ReducedMethod(
            holding: walks[index].parameter, at: coordinate, start: walks[index].inner.point,
            usesResiduals: usesResiduals, limit: settings.effort * context.dimension, context)
    }

    /// Where between two costs the limit is met, as costs rise like squares.
    private func share(_ inner: Double, _ outer: Double) -> Double {
        let (a, b) = (max(0, inner - best.cost).squareRoot(), max(0, outer - best.cost).squareRoot())
        return (settings.rise.squareRoot() - a) / max(1e-300, b - a)
    }

    /// The interval of one parameter in unit coordinates; nil at an end where the profile does not rise above the limit:
    /// the parameter is not known on that side.
    public func interval(_ parameter: Int) -> (lower: Double?, upper: Double?) {
        let profile = profiles[parameter]
        let center = best.point[parameter]
        func crossing(_ side: [(coordinate: Double, cost: Double)]) -> Double? {
            for (inner, outer) in zip(side, side.dropFirst()) where inner.cost <= limit && outer.cost > limit
            {
                let share = share(inner.cost, outer.cost)
                return inner.coordinate + share * (outer.coordinate - inner.coordinate)
            }
            return nil
        }
        return (
            crossing(profile.filter { $0.coordinate <= center }.reversed()),
            crossing(profile.filter { $0.coordinate >= center })
        )
    }
}
