/// Turns a parametric curve into segments that stay within a tolerance of it.
struct CurveSampler {
    /// The largest deviation, relative to the size of the curve.
    static let tolerance = 1e-8
    /// Pieces between two breaks before refinement; they catch features that three points would miss.
    private static let pieces = 32
    private static let deepest = 20

    /// The vertices of a closed curve; the last one is not the first.
    ///
    /// - Parameters:
    ///   - breaks: Parameters in ascending order from the first to the last; between them the curve is smooth.
    ///   - curve: The position for a parameter.
    static func vertices(
        breaks: [Double], _ curve: @escaping (Double) -> PlanarPoint
    ) -> [PlanarPoint] {
        let parameters = zip(breaks, breaks.dropFirst()).flatMap { start, end in
            (0..<pieces).map { start + (end - start) * Double($0) / Double(pieces) }
        }
        let coarse = parameters.map(curve)
        let lower = coarse.reduce(PlanarPoint(repeating: .infinity)) { pointwiseMin($0, $1) }
        let upper = coarse.reduce(PlanarPoint(repeating: -.infinity)) { pointwiseMax($0, $1) }
        let size = upper - lower
        var refinement = Refinement(
            curve: curve, tolerance: tolerance * (size * size).sum().squareRoot())
        for (index, start) in parameters.enumerated() {
            let end = index + 1 < parameters.count ? parameters[index + 1] : breaks[breaks.count - 1]
            refinement.add(start, coarse[index], end, curve(end), depth: 0)
        }
        if let last = breaks.last { refinement.vertices.append(curve(last)) }
        return withoutRepetition(refinement.vertices)
    }

    /// Neighbours that coincide but for round-off are one vertex.
    static func withoutRepetition(_ vertices: [PlanarPoint]) -> [PlanarPoint] {
        let size = vertices.reduce(0.0) { max($0, pointwiseMax($1, -$1).max()) }
        var kept: [PlanarPoint] = []
        for vertex in vertices where kept.last.map({ isApart($0, vertex, size) }) ?? true {
            kept.append(vertex)
        }
        while kept.count > 1, !isApart(kept[0], kept[kept.count - 1], size) { kept.removeLast() }
        return kept
    }

    private static func isApart(_ first: PlanarPoint, _ second: PlanarPoint, _ size: Double) -> Bool {
        let away = first - second
        return (away * away).sum().squareRoot() > 1e-14 * size
    }

    private struct Refinement {
        let curve: (Double) -> PlanarPoint
        let tolerance: Double
        var vertices: [PlanarPoint] = []

        /// Adds the start of a piece, and of its halves where it strays from its chord.
        mutating func add(
            _ start: Double, _ first: PlanarPoint, _ end: Double, _ last: PlanarPoint, depth: Int
        ) {
            let middle = (start + end) / 2
            let halfway = curve(middle)
            let chord = Chord(first, last)
            let probes = [curve((start + middle) / 2), halfway, curve((middle + end) / 2)]
            let deviation = probes.map { chord.distance(to: $0) }.max() ?? 0
            guard deviation > tolerance, depth < CurveSampler.deepest else {
                return vertices.append(first)
            }
            add(start, first, middle, halfway, depth: depth + 1)
            add(middle, halfway, end, last, depth: depth + 1)
        }
    }
}
