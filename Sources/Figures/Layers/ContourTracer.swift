/// Lines of equal value through cell values, by marching squares: in each square of four neighbouring
/// samples the line is straight, and a saddle is told apart by the mean of its corners.
///
/// W. E. Lorensen and H. E. Cline (1987), Marching cubes, doi:10.1145/37402.37422, in two dimensions.
package struct ContourTracer {
    private let plane: Plane
    /// Sample positions: the cell centres, the plane's edges, and one more step beyond them when closed.
    private let xs: [Double]
    private let ys: [Double]
    private let rings: Int
    private let outside: Float?

    /// - Parameter outside: the value beyond the plane's edges; lines that would end at an edge then close
    ///   along it. Nil lets them end.
    package init(_ plane: Plane, outside: Float? = nil) {
        self.plane = plane
        self.outside = outside
        rings = outside == nil ? 1 : 2
        xs = Self.samples(plane.x, count: plane.width, step: plane.dx, rings: rings)
        ys = Self.samples(plane.y, count: plane.height, step: plane.dy, rings: rings)
    }

    private static func samples(
        _ range: ClosedRange<Double>, count: Int, step: Double, rings: Int
    ) -> [Double] {
        let inner = (0..<count).map { range.lowerBound + (Double($0) + 0.5) * step }
        let edged = [range.lowerBound] + inner + [range.upperBound]
        return rings == 1 ? edged : [range.lowerBound - step] + edged + [range.upperBound + step]
    }

    private func value(_ i: Int, _ j: Int) -> Double {
        if let outside, i == 0 || j == 0 || i == xs.count - 1 || j == ys.count - 1 { return Double(outside) }
        let column = min(max(i - rings, 0), plane.width - 1)
        let row = min(max(j - rings, 0), plane.height - 1)
        return Double(plane[column, row])
    }

    /// The lines where the field equals `level`, as points (x, y) of the data. Closed lines repeat their
    /// first point at the end. Squares with a value that is not finite are left out.
    package func lines(at level: Double) -> [[(x: Double, y: Double)]] {
        var next: [Int: Int] = [:]
        var starts: [Int] = []
        var ends: Set<Int> = []
        for j in 0..<ys.count - 1 {
            for i in 0..<xs.count - 1 {
                for (from, to) in segments(i, j, level) {
                    next[from] = to
                    starts.append(from)
                    ends.insert(to)
                }
            }
        }
        // Open lines first, from their first edge, then the closed ones.
        let ordered = starts.filter { !ends.contains($0) } + starts
        return ordered.compactMap { start in chain(from: start, &next, level) }
    }

    private func chain(from start: Int, _ next: inout [Int: Int], _ level: Double) -> [(
        x: Double, y: Double
    )]? {
        guard next[start] != nil else { return nil }
        var line = [crossing(start, level)]
        var edge = start
        while let following = next.removeValue(forKey: edge) {
            line.append(crossing(following, level))
            edge = following
        }
        return line
    }

    /// Edges carry numbers: even ones run along x from sample (i, j), odd ones along y.
    private func edge(_ i: Int, _ j: Int, alongY: Bool) -> Int { 2 * (j * xs.count + i) + (alongY ? 1 : 0) }

    private func crossing(_ edge: Int, _ level: Double) -> (x: Double, y: Double) {
        let (i, j) = (edge / 2 % xs.count, edge / 2 / xs.count)
        let alongY = edge % 2 == 1
        let (first, second) = (value(i, j), alongY ? value(i, j + 1) : value(i + 1, j))
        let share = min(max((level - first) / (second - first), 0), 1)
        return alongY
            ? (xs[i], ys[j] + (ys[j + 1] - ys[j]) * share) : (xs[i] + (xs[i + 1] - xs[i]) * share, ys[j])
    }

    /// The one or two pieces of the line in square (i, j), each with the greater values on its left.
    private func segments(_ i: Int, _ j: Int, _ level: Double) -> [(Int, Int)] {
        let corners = [value(i, j), value(i + 1, j), value(i + 1, j + 1), value(i, j + 1)]
        guard corners.allSatisfy(\.isFinite) else { return [] }
        let code = corners.enumerated().reduce(0) { $0 | ($1.element > level ? 1 << $1.offset : 0) }
        guard code != 0, code != 15 else { return [] }
        let south = edge(i, j, alongY: false)
        let east = edge(i + 1, j, alongY: true)
        let north = edge(i, j + 1, alongY: false)
        let west = edge(i, j, alongY: true)
        let isHighInside = corners.reduce(0, +) / 4 > level
        switch code {
        case 1: return [(south, west)]
        case 2: return [(east, south)]
        case 3: return [(east, west)]
        case 4: return [(north, east)]
        case 5: return isHighInside ? [(south, east), (north, west)] : [(south, west), (north, east)]
        case 6: return [(north, south)]
        case 7: return [(north, west)]
        case 8: return [(west, north)]
        case 9: return [(south, north)]
        case 10: return isHighInside ? [(west, south), (east, north)] : [(east, south), (west, north)]
        case 11: return [(east, north)]
        case 12: return [(west, east)]
        case 13: return [(south, east)]
        default: return [(west, south)]
        }
    }
}
