import Numerics

/// The noise of the model's answers, from a point that is asked again and a few close together on a line.
///
/// Answers that differ from run to run show at the repeated point. Roughness that is the same in every run, as of
/// iterations that end early, shows as differences of high order that do not shrink: ECNoise (Moré & Wild 2011,
/// doi:10.1137/100786125): those of order k of noise of variance ε² have the variance ε² (2k)!/(k!)². A jump, such as a shock
/// that passes a sensor, has such differences too, but in one place: it is no noise.
struct NoiseProbe: Sendable {
    private static let count = 7

    private let points: [[Double]]
    private let precision: Double
    private let known: [Double]
    /// ε, a root mean square over the residuals, in their unit; 0 where there is no more of it than the precision allows; nil
    /// before it is measured, and where runs failed.
    private(set) var noise: Double?

    /// A line in a random direction, into the cube.
    ///
    /// - Parameter known: The residuals at the point.
    init(
        at point: [Double], residuals known: [Double], _ context: MethodContext, _ random: inout RandomStream
    ) {
        precision = context.precision
        self.known = known
        let step = precision.squareRoot()
        let direction = point.map { (random.uniform() < 0.5 || $0 < 0.1) && $0 < 0.9 ? step : -step }
        points = (0..<Self.count).map { point.adding(Double($0), direction) }
    }

    /// The points to evaluate; the first is the known one.
    var proposals: [Proposal] { points.map { Proposal($0) } }

    /// The precision with which ``Differences`` take the step that balances noise and curvature, 8^(1/4) √(ε/|f″|), of
    /// second derivatives of the size of the answers' range (Moré & Wild 2012, doi:10.1145/2168773.2168777).
    ///
    /// - Parameter noise: ε as a share of that range.
    static func precision(_ noise: Double) -> Double { min(0.1, 8.0.squareRoot() / 0.09 * noise) }

    /// - Parameter scale: The range of the residuals, root mean square.
    mutating func tell(_ outcomes: [Outcome], scale: Double) {
        let table = outcomes.compactMap { $0.evaluation?.residuals }
        guard table.count == Self.count, let size = table.first?.count, size > 0, scale > 0,
            table.allSatisfy({ $0.count == size }), known.count == size
        else { return }
        let repeated = table[0].subtracting(known)
        let varies = repeated.dot(repeated) > 0
        let found = Self.level(table, needsScatter: !varies)
        // Two answers at one point differ by √2 ε.
        let level = varies ? found ?? (repeated.dot(repeated) / Double(2 * size)).squareRoot() : found
        noise = level.flatMap { $0 > 100 * precision * scale ? $0 : nil } ?? 0
    }

    /// ε where the levels of three orders in a row agree to a factor of four; nil where none do.
    private static func level(_ values: [[Double]], needsScatter: Bool) -> Double? {
        let size = Double(values[0].count)
        var table = values
        var levels: [Double] = []
        var factor = 1.0
        for order in 1..<count {
            table = zip(table.dropFirst(), table).map { $0.subtracting($1) }
            if order == 2, needsScatter, !isEverywhere(table.map(\.norm)) { return nil }
            // (2k)!/(k!)² from the one before.
            factor *= Double(2 * (2 * order - 1)) / Double(order)
            let square = table.reduce(0) { $0 + $1.dot($1) }
            levels.append((square / (factor * Double(table.count) * size)).squareRoot())
        }
        return levels.indices.dropLast(2).lazy.map { levels[$0...$0 + 2] }.first { three in
            guard let least = three.min(), let largest = three.max(), least > 0 else { return false }
            return largest < 4 * least
        }?.first
    }

    /// Whether second differences are about as large at most places as at the largest, and not at one of them alone.
    private static func isEverywhere(_ lengths: [Double]) -> Bool {
        guard let largest = lengths.max(), largest > 0 else { return false }
        return lengths.count { $0 > 0.2 * largest } >= 4
    }
}
