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
        /// The defaults.
        public init() {}
    }

    private struct Walk: Sendable {
        let parameter: Int
        let direction: Double
        var step: Double
        var position: [Double]
        var taken = 0
        var search: ReducedMethod?
    }

    private let settings: Settings
    private let context: MethodContext
    private let usesResiduals: Bool
    private let best: (point: [Double], cost: Double)
    private var walks: [Walk]
    private var counts: [Int] = []
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
                Walk(parameter: index, direction: $0, step: step ?? settings.step, position: best)
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
        guard found.cost.isFinite else { return }
        profiles[parameter].append((found.point[parameter], found.cost))
        profiles[parameter].sort { $0.coordinate < $1.coordinate }
        walks[index].position = found.point
        if found.cost < best.cost + 1.5 * settings.rise { advance(index) }
    }

    private mutating func advance(_ index: Int) {
        let walk = walks[index]
        let here = walk.position[walk.parameter]
        let next = min(1, max(0, here + walk.direction * walk.step))
        guard next != here, walk.taken < settings.steps else { return }
        walks[index].taken += 1
        walks[index].step *= 1.3
        walks[index].search = ReducedMethod(
            holding: walk.parameter, at: next, start: walk.position, usesResiduals: usesResiduals,
            limit: settings.effort * context.dimension, context)
    }

    /// The interval of one parameter in unit coordinates; nil at an end where the profile does not rise above the limit:
    /// the parameter is not known on that side.
    public func interval(_ parameter: Int) -> (lower: Double?, upper: Double?) {
        let limit = best.cost + settings.rise
        let profile = profiles[parameter]
        let center = best.point[parameter]
        func crossing(_ side: [(coordinate: Double, cost: Double)]) -> Double? {
            for (inner, outer) in zip(side, side.dropFirst()) where inner.cost <= limit && outer.cost > limit
            {
                // Costs rise like squares: the root is close to linear.
                let (a, b) = (
                    (inner.cost - best.cost).magnitude.squareRoot(), (outer.cost - best.cost).squareRoot()
                )
                let share = (settings.rise.squareRoot() - a) / max(1e-300, b - a)
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
