import Numerics

/// Elementary effects by walks on a grid of p levels, one coordinate at a time by Δ = p / (2(p − 1)) (Morris 1991,
/// doi:10.1080/00401706.1991.10484804; μ* after Campolongo, Cariboni & Saltelli 2007, doi:10.1016/j.envsoft.2006.10.004).
public struct MorrisScreening: Method {
    /// What the walks say of one coordinate.
    public struct Effect: Sendable {
        /// The mean of the effects.
        public let mean: Double
        /// The mean of their magnitudes, μ*: how much the coordinate matters.
        public let meanMagnitude: Double
        /// Their standard deviation: how much it interacts or bends.
        public let deviation: Double
    }

    private struct Step: Sendable {
        let coordinate: Int
        let from: Int
        let change: Double
    }

    private let dimension: Int
    private var points: [[Double]] = []
    private var steps: [Step] = []
    /// One entry for each coordinate when the method is through; NaN where every step failed.
    public private(set) var effects: [Effect] = []
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "Morris screening" }

    /// - Parameters:
    ///   - walks: How many, each of d + 1 evaluations.
    ///   - levels: p, even.
    public init(walks: Int = 10, levels: Int = 4, _ context: MethodContext) {
        dimension = context.dimension
        var random = RandomStream(seed: context.seed, stream: 40)
        let jump = Double(levels) / (2 * Double(levels - 1))
        for _ in 0..<walks {
            var point = (0..<dimension).map { _ in
                Double(random.below(levels / 2)) / Double(levels - 1) + (random.uniform() < 0.5 ? 0 : jump)
            }
            points.append(point)
            for coordinate in random.permutation(dimension) {
                let change = point[coordinate] + jump <= 1 + 1e-12 ? jump : -jump
                steps.append(Step(coordinate: coordinate, from: points.count - 1, change: change))
                point[coordinate] = min(1, max(0, point[coordinate] + change))
                points.append(point)
            }
        }
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] { ending == nil ? points.map { Proposal($0) } : [] }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        effects = (0..<dimension).map { coordinate in
            let values = steps.filter { $0.coordinate == coordinate }.map {
                (outcomes[$0.from + 1].cost - outcomes[$0.from].cost) / $0.change
            }.filter(\.isFinite)
            let mean = values.isEmpty ? Double.nan : values.mean
            let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            return Effect(
                mean: mean, meanMagnitude: values.isEmpty ? .nan : values.map(abs).mean,
                deviation: (square / Double(max(1, values.count - 1))).squareRoot())
        }
        ending = "all walks are evaluated"
    }
}
