/// The global minimum of a function of one coordinate u ∈ [0, 1].
///
/// First an interval is divided where the least curvature would do to undercut the best value: the rule STEP
/// (Swarzberg, Seront & Bersini 1994, doi:10.1109/ICEC.1994.349896). Then parabolas through the best point and its
/// neighbours refine it, with golden sections where parabolas do not help (Brent 1973, chapter 5).
struct GlobalLine: Sendable {
    private var samples: [(coordinate: Double, cost: Double)] = []
    private var explorations: Int
    private let refinements: Int
    private var told = 0
    private var grid: [Double]
    private var idle = 0
    private var origin: Double
    private(set) var isFinished = false

    /// - Parameters:
    ///   - start: A coordinate whose cost is known.
    ///   - explorations: How many points look for the basin.
    ///   - refinements: How many more may refine it.
    init(start: Double, cost: Double, explorations: Int = 64, refinements: Int = 45) {
        self.explorations = explorations
        self.refinements = refinements
        samples = [(start, cost)]
        origin = start
        grid = (0...8).map { Double($0) / 8 }.filter { abs($0 - start) > 0.02 }
    }

    /// Explores further with this many points, and refines again.
    mutating func extend(by count: Int) {
        origin = best.coordinate
        explorations = told + count
        idle = 0
        isFinished = false
    }

    /// Whether the last exploration found another basin.
    var hasMoved: Bool { abs(best.coordinate - origin) > 0.02 }

    /// The best coordinate and its cost.
    var best: (coordinate: Double, cost: Double) { samples[bestIndex] }

    private var bestIndex: Int { samples.indices.min { samples[$0].cost < samples[$1].cost } ?? 0 }

    /// The coordinate to evaluate next.
    func next() -> Double {
        if told < grid.count { return grid[told] }
        return told < explorations ? easiestDivision() : refinement()
    }

    /// Takes the cost at a coordinate.
    mutating func tell(_ coordinate: Double, _ cost: Double) {
        let before = best
        told += 1
        let place = samples.firstIndex { $0.coordinate >= coordinate } ?? samples.count
        samples.insert((coordinate, cost), at: place)
        guard told > explorations else { return }
        let decrease = before.cost - min(cost, before.cost)
        idle = decrease <= 1e-15 * abs(before.cost) ? idle + 1 : 0
        isFinished =
            idle > 8 || told >= explorations + refinements || abs(coordinate - before.coordinate) < 1e-10
    }

    /// The touching point of the least curved parabola through the ends of an interval that reaches below the best.
    private func easiestDivision() -> Double {
        let lowest = best.cost
        let spread = samples.lazy.map(\.cost).filter(\.isFinite).reduce(0) { max($0, $1 - lowest) }
        let goal = lowest - max(1e-3 * spread, 1e-300)
        var choice = (curvature: Double.infinity, coordinate: 0.5)
        for (left, right) in zip(samples, samples.dropFirst()) {
            let width = right.coordinate - left.coordinate
            let roots = ((left.cost - goal).squareRoot(), (right.cost - goal).squareRoot())
            let curvature = (roots.0 + roots.1) / width
            guard curvature < choice.curvature else { continue }
            choice = (curvature, left.coordinate + width * roots.0 / (roots.0 + roots.1))
        }
        return choice.coordinate
    }

    private func refinement() -> Double {
        let middle = bestIndex
        guard middle > 0, middle + 1 < samples.count else {
            // At a bound: closer to it.
            let neighbour = samples[middle == 0 ? min(1, samples.count - 1) : middle - 1].coordinate
            return 0.9 * best.coordinate + 0.1 * neighbour
        }
        let (left, center, right) = (samples[middle - 1], samples[middle], samples[middle + 1])
        let (first, second) = (center.coordinate - left.coordinate, right.coordinate - center.coordinate)
        let slopes = ((center.cost - left.cost) / first, (right.cost - center.cost) / second)
        let bend = slopes.1 - slopes.0
        let vertex = center.coordinate - 0.5 * (slopes.0 * second + slopes.1 * first) / bend
        let nearest = 1e-3 * min(first, second)
        guard bend > 0, vertex.isFinite, vertex > left.coordinate, vertex < right.coordinate,
            max(first, second) < 30 * min(first, second), (told - explorations) % 3 != 2
        else {
            return first > second
                ? center.coordinate - 0.382 * first : center.coordinate + 0.382 * second
        }
        if abs(vertex - center.coordinate) < nearest {
            return center.coordinate + (first > second ? -nearest : nearest)
        }
        return vertex
    }
}
