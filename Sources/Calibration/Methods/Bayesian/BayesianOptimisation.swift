import Foundation
import Numerics
import Schema

/// Bayesian optimisation for very dear models: the next point is where a Gaussian process expects the largest
/// improvement (Močkus 1975, doi:10.1007/3-540-07165-2_55; Jones, Schonlau & Welch 1998, doi:10.1023/A:1008306431147).
///
/// EI = (f* − μ) Φ(z) + σ φ(z), z = (f* − μ)/σ. Where there are workers, a batch is built by believing the process at the
/// points already chosen (Ginsbourger, Le Riche & Carraro 2010, doi:10.1007/978-3-642-10701-6_6). Costs enter as
/// logarithms of their rise over the least where they spread over more than three decades.
public struct BayesianOptimisation: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// Points of the first design; 0 for three a parameter, at least eight.
        public var design = 0
        /// How many of the best and latest points the process knows at most: its cost grows with the cube.
        public var memory = 300
        /// The defaults.
        public init() {}
    }

    private let settings: Settings
    private let context: MethodContext
    private var random: RandomStream
    private var known: [(point: [Double], cost: Double)] = []
    private var asked: [[Double]] = []
    private var lengths: [Double]?
    private var fittedAt = 0
    private var isFirst = true
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { isFirst ? "design" : "expected improvement" }

    /// Starts with a design that contains the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        (self.settings, self.context) = (settings, context)
        random = RandomStream(seed: context.seed, stream: 23)
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        asked = isFirst ? design() : improvements()
        return asked.map { Proposal($0) }
    }

    private mutating func design() -> [[Double]] {
        let count = settings.design > 0 ? settings.design : max(8, 3 * context.dimension)
        var points = latinHypercube(count, dimension: context.dimension, &random)
        points[0] = clamped(context.initial)
        return points
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        isFirst = false
        let finite = zip(asked, outcomes).filter { $1.cost.isFinite }.map { ($0, $1.cost) }
        known += finite
        // A failure is remembered as being as bad as the worst, so that it is not asked for again.
        if let worst = known.map(\.cost).max() {
            known += zip(asked, outcomes).filter { !$1.cost.isFinite }.map { ($0.0, worst) }
        }
        if known.count > settings.memory {
            let latest = known.suffix(settings.memory / 3)
            let rest = known.dropLast(settings.memory / 3).sorted { $0.cost < $1.cost }
            known = Array(rest.prefix(settings.memory - latest.count)) + latest
        }
    }

    private mutating func improvements() -> [[Double]] {
        guard known.count > 1 else { return [random.point(context.dimension)] }
        var points = known.map(\.point)
        var values = transformed(known.map(\.cost))
        var chosen: [[Double]] = []
        for _ in 0..<context.workers {
            guard let process = process(points, values) else { return [random.point(context.dimension)] }
            let point = maximiser(process, values)
            chosen.append(point)
            points.append(point)
            values.append(process.predict(point).mean)
        }
        return chosen
    }

    private func transformed(_ costs: [Double]) -> [Double] {
        let (low, middle, high) = (costs.min() ?? 0, median(costs), costs.max() ?? 0)
        let floor = 1e-3 * (middle - low)
        return high - low > 1000 * floor && floor > 0 ? costs.map { log($0 - low + floor) } : costs
    }

    private mutating func process(_ points: [[Double]], _ values: [Double]) -> GaussianProcess? {
        if let lengths, points.count < fittedAt + max(3, fittedAt / 10) {
            return GaussianProcess(points: points, costs: values, lengths: lengths)
        }
        let process = GaussianProcess.fitted(points: points, costs: values, start: lengths)
        (lengths, fittedAt) = (process?.lengths, points.count)
        return process
    }

    /// The best of random points and of points around the best known ones, then a climb from it.
    private mutating func maximiser(_ process: GaussianProcess, _ values: [Double]) -> [Double] {
        let best = values.min() ?? 0
        let leaders = values.indices.sorted { values[$0] < values[$1] }.prefix(5)
        var candidates = (0..<200).map { _ in random.point(context.dimension) }
        for index in leaders {
            for decade in 0..<4 {
                for _ in 0..<10 {
                    let step = pow(10, -1 - Double(decade))
                    candidates.append(
                        mirrored(process.points[index].adding(step, random.normals(context.dimension))))
                }
            }
        }
        func gain(_ point: [Double]) -> Double { expectedImprovement(process.predict(point), below: best) }
        let scored = candidates.map { (point: $0, gain: gain($0)) }
        let start = scored.max { $0.gain < $1.gain }?.point ?? candidates[0]
        let budget = 20 * (context.dimension + 1)
        let local = MethodContext(
            dimension: context.dimension, initial: start, budget: budget, precision: 1e-10)
        var settings = QuasiNewton.Settings()
        settings.firstStep = 0.01
        var search = Search(QuasiNewton(settings, local), budget: budget)
        // The logarithm keeps slopes where the improvement is tiny.
        search.run { .cost(-log(gain($0.point) + 1e-300)) }
        return search.best?.point ?? start
    }
}

/// E[max(f* − f, 0)] for a normal f.
func expectedImprovement(_ prediction: (mean: Double, deviation: Double), below best: Double) -> Double {
    let gain = best - prediction.mean
    guard prediction.deviation > 0 else { return max(0, gain) }
    let z = gain / prediction.deviation
    let density = exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
    return gain * 0.5 * erfc(-z / 2.0.squareRoot()) + prediction.deviation * density
}

extension MethodKind {
    static let bayesianOptimisation = MethodKind(
        "bayesian", "A Gaussian process and its expected improvement, for models of minutes and hours.",
        dependsOnWorkers: true,
        keys: [BayesianOptimisation.Keys.design, BayesianOptimisation.Keys.memory]
    ) { section, context in
        var settings = BayesianOptimisation.Settings()
        settings.design = section[BayesianOptimisation.Keys.design]
        settings.memory = section[BayesianOptimisation.Keys.memory]
        return BayesianOptimisation(settings, context)
    }
}

extension BayesianOptimisation {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let design = Key.integer(
            "design", 0...100_000, default: defaults.design,
            "Points of the first design; 0 for three a parameter, at least eight.")
        static let memory = Key.integer(
            "memory", 10...5000, default: defaults.memory, "How many points the process knows at most.")
    }
}
