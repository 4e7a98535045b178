import Numerics

/// The noise of the model's answers, from a few points close together on a line: ECNoise (Moré & Wild 2011,
/// doi:10.1137/100786125). The differences of order k of a smooth function shrink with k, those of noise of variance ε² have
/// the variance ε² (2k)!/(k!)². The first point repeats one that is known, so that answers which differ from run to run
/// show at once; noise that is the same in every run shows as well.
struct NoiseProbe: Sendable {
    private static let count = 7

    private let points: [[Double]]
    private let precision: Double
    /// ε, a root mean square over the residuals, relative to the scale of the answers; 0 where there is no more of it than the
    /// precision allows; nil before it is measured, and where runs failed.
    private(set) var noise: Double?

    /// A line in a random direction, into the cube.
    init(at point: [Double], _ context: MethodContext, _ random: inout RandomStream) {
        precision = context.precision
        let step = precision.squareRoot()
        let direction = point.map { (random.uniform() < 0.5 || $0 < 0.1) && $0 < 0.9 ? step : -step }
        points = (0..<Self.count).map { point.adding(Double($0), direction) }
    }

    /// The points to evaluate.
    var proposals: [Proposal] { points.map { Proposal($0) } }

    /// The precision with which ``Differences`` take the step that balances noise and curvature, 8^(1/4) √(ε/|f″|), of
    /// second derivatives of the size of the answers' range (Moré & Wild 2012, doi:10.1145/2168773.2168777).
    static func precision(_ noise: Double) -> Double { min(0.1, 8.0.squareRoot() / 0.09 * noise) }

    /// - Parameter scale: The range of the residuals, root mean square.
    mutating func tell(_ outcomes: [Outcome], scale: Double) {
        var table = outcomes.compactMap { $0.evaluation?.residuals }
        guard table.count == Self.count, let size = table.first?.count, size > 0, scale > 0,
            table.allSatisfy({ $0.count == size })
        else { return }
        var levels: [Double] = []
        var factor = 1.0
        for order in 1..<Self.count {
            table = zip(table.dropFirst(), table).map { $0.subtracting($1) }
            // (2k)!/(k!)² from the one before.
            factor *= Double(2 * (2 * order - 1)) / Double(order)
            let square = table.reduce(0) { $0 + $1.dot($1) }
            levels.append((square / (factor * Double(table.count * size))).squareRoot())
        }
        noise = Self.agreeing(levels).map { $0 / scale }.flatMap { $0 > 100 * precision ? $0 : nil } ?? 0
    }

    /// The first of three levels in a row that agree to a factor of four; nil where none do.
    private static func agreeing(_ levels: [Double]) -> Double? {
        levels.indices.dropLast(2).lazy.map { levels[$0...$0 + 2] }.first { three in
            guard let least = three.min(), let largest = three.max(), least > 0 else { return false }
            return largest < 4 * least
        }?.first
    }
}
