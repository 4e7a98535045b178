import Fluids

extension FlowSampler {
    /// The state at a point, interpolated linearly along each axis between the nearest cell centres: density,
    /// velocities, pressure and Σ by name. Beyond the outermost centres of an axis that is not periodic, the
    /// outermost value holds.
    public func state(at position: [Double], of computation: any FlowComputation) -> [(String, Double)] {
        let domain = flowCase.domain
        let brackets = (0..<domain.rank).map { bracket(position[$0], axis: $0) }
        let row = PrimitiveRow(cells: domain.cells[0], rank: domain.rank)
        var values = [Double](repeating: 0, count: domain.rank + 3)
        for corner in 0..<1 << (domain.rank - 1) {
            let (index, weight) = self.row(corner, brackets)
            guard weight > 0 else { continue }
            row.load(index, of: computation, law: flowCase.gas.law)
            for variable in values.indices {
                let cells = row.variable(variable)
                let x = brackets[0]
                values[variable] += weight * (cells[x.lower] * (1 - x.share) + cells[x.upper] * x.share)
            }
        }
        return Array(zip(names, values))
    }

    private var names: [String] {
        Variable.primitive(rank: flowCase.domain.rank).map(\.name) + [PrimitiveField.entropicPressure.name]
    }

    /// The cells around a coordinate, and how far it is from the lower to the upper one's centre.
    private struct Bracket {
        var lower: Int
        var upper: Int
        var share: Double
    }

    private func bracket(_ coordinate: Double, axis: Int) -> Bracket {
        let count = flowCase.domain.cells[axis]
        let place = (coordinate - flowCase.domain.lower[axis]) / flowCase.domain.spacing(axis) - 0.5
        if case .periodic = flowCase.boundaries[axis].lower.kind {
            let lower = Int(place.rounded(.down))
            return Bracket(
                lower: (lower + count) % count, upper: (lower + 1 + count) % count,
                share: place - Double(lower))
        }
        let inside = min(max(place, 0), Double(count - 1))
        let lower = min(Int(inside), count - 2)
        return Bracket(lower: lower, upper: lower + 1, share: inside - Double(lower))
    }

    /// One of the rows around a point and its weight; bit n of `corner` chooses the upper cell along axis n +
    /// 1.
    private func row(_ corner: Int, _ brackets: [Bracket]) -> (index: Int, weight: Double) {
        var (index, weight, stride) = (0, 1.0, 1)
        for axis in 1..<brackets.count {
            let isUpper = corner >> (axis - 1) & 1 == 1
            index += (isUpper ? brackets[axis].upper : brackets[axis].lower) * stride
            weight *= isUpper ? brackets[axis].share : 1 - brackets[axis].share
            stride *= flowCase.domain.cells[axis]
        }
        return (index, weight)
    }
}
