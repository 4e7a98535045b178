extension SignedDistanceField {
    /// The part of each cell's volume that is solid, from 0 to 1, x fastest: the surface is a plane in a cell,
    /// normal to ∇φ (Scardovelli & Zaleski 2000, doi:10.1006/jcph.2000.6567).
    public var solidFraction: [Float] {
        (0..<grid.count).map { Float(solidFraction(inCell: $0)) }
    }

    private func solidFraction(inCell index: Int) -> Double {
        let distance = Double(values[index])
        let reach = (0..<grid.rank).map { grid.spacing($0) }
        let half = 0.5 * reach.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if distance >= half { return 0 }
        if distance <= -half { return 1 }
        let slopes = slopes(at: index)
        let steepness = slopes.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard steepness > 0 else { return distance > 0 ? 0 : 1 }
        let widths = zip(slopes, reach).map { abs($0) * $1 / steepness }
        return Self.part(of: widths, below: 0.5 * widths.reduce(0, +) - distance / steepness)
    }

    /// Differences of φ over the cell's neighbours, one-sided at the edge of the grid.
    private func slopes(at index: Int) -> [Double] {
        var stride = 1
        return (0..<grid.rank).map { axis in
            let place = index / stride % grid.cells[axis]
            let before = place > 0 ? 1 : 0
            let after = place + 1 < grid.cells[axis] ? 1 : 0
            defer { stride *= grid.cells[axis] }
            guard before + after > 0 else { return 0 }
            let rise = values[index + after * stride] - values[index - before * stride]
            return Double(rise) / (Double(before + after) * grid.spacing(axis))
        }
    }

    /// The part of a box of these edges in which the sum of the coordinates stays below `level`: inclusion and
    /// exclusion over the corners.
    static func part(of edges: [Double], below level: Double) -> Double {
        let total = edges.reduce(0, +)
        if level <= 0 { return 0 }
        if level >= total { return 1 }
        // An edge of no length would divide by 0; one of a thousandth changes nothing that is seen.
        let edges = edges.map { max($0, 1e-3 * total) }
        var sum = 0.0
        var divisor = 1.0
        for (count, edge) in edges.enumerated() { divisor *= edge * Double(count + 1) }
        for corner in 0..<(1 << edges.count) {
            var left = level
            for axis in edges.indices where corner >> axis & 1 == 1 { left -= edges[axis] }
            guard left > 0 else { continue }
            let power = edges.reduce(1) { product, _ in product * left }
            sum += corner.nonzeroBitCount % 2 == 0 ? power : -power
        }
        return min(1, max(0, sum / divisor))
    }
}
