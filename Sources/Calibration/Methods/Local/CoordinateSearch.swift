import Numerics

/// The global search for a separable cost, Σ f_i(u_i): one global search along every coordinate, all at once.
struct CoordinateSearch: Method {
    private var base: [Double]
    private var lines: [GlobalLine]
    private var asked: [(coordinate: Int, value: Double)] = []
    private var isVerified = false
    private var passes = 0
    /// The best point found and its cost.
    private(set) var best: (point: [Double], cost: Double)
    private(set) var ending: String?

    var stage: String { "coordinate search" }

    /// Starts from a point of known cost.
    init(point: [Double], cost: Double) {
        base = point
        best = (point, cost)
        lines = point.map { GlobalLine(start: $0, cost: cost) }
    }

    mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        asked = lines.indices.filter { !lines[$0].isFinished }.map { ($0, lines[$0].next()) }
        if asked.isEmpty {
            isVerified = true
            return [Proposal(lines.map(\.best.coordinate))]
        }
        return asked.map { index, value in
            var point = base
            point[index] = value
            return Proposal(point)
        }
    }

    mutating func tell(_ outcomes: [Outcome]) {
        if isVerified { return conclude(outcomes[0].cost) }
        for (sample, outcome) in zip(asked, outcomes) {
            lines[sample.coordinate].tell(sample.value, outcome.cost)
        }
    }

    /// Searches once more along all coordinates, then, ever longer, along those that found another basin.
    private mutating func conclude(_ cost: Double) {
        isVerified = false
        if cost < best.cost { best = (lines.map(\.best.coordinate), cost) }
        let moved = passes == 0 ? Array(lines.indices) : lines.indices.filter { lines[$0].hasMoved }
        passes += 1
        for index in moved { lines[index].extend(by: 64 << min(passes, 4)) }
        if moved.isEmpty { ending = "every coordinate is at its minimum" }
    }
}
