import Fluids

extension FlowSampler {
    /// The state at a point: density, velocities, pressure and Σ by name, linear along each axis between the nearest
    /// cell centres. Beyond the outermost centres of an axis that is not periodic, the line through the two outermost
    /// cells goes on to the boundary. Where that leaves no state that the fluid can be in, as beside a shock, the
    /// outermost values hold.
    public func state(at position: [Double], of computation: any FlowComputation) -> [(String, Double)] {
        let brackets = (0..<flowCase.domain.rank).map { bracket(position[$0], axis: $0) }
        var values = state(brackets, of: computation)
        if brackets.contains(where: \.extrapolates), !isPhysical(values) {
            values = state(brackets.map(\.clamped), of: computation)
        }
        return Array(zip(names, values))
    }

    private func state(_ brackets: [Bracket], of computation: any FlowComputation) -> [Double] {
        let domain = flowCase.domain
        let row = PrimitiveRow(cells: domain.cells[0], rank: domain.rank)
        var values = [Double](repeating: 0, count: domain.rank + 3)
        for corner in 0..<1 << (domain.rank - 1) {
            let (index, weight) = self.row(corner, brackets)
            guard weight != 0 else { continue }
            row.load(index, of: computation, law: flowCase.gas.law)
            for variable in values.indices {
                let cells = row.variable(variable)
                let x = brackets[0]
                values[variable] += weight * (cells[x.lower] * (1 - x.share) + cells[x.upper] * x.share)
            }
        }
        return values
    }

    private func isPhysical(_ values: [Double]) -> Bool {
        values[0] > 0 && flowCase.gas.law.reserve(pressure: values[flowCase.domain.rank + 1]) > 0
    }

    private var names: [String] {
        Variable.primitive(rank: flowCase.domain.rank).map(\.name) + [PrimitiveField.entropicPressure.name]
    }

    /// Two cells on the line through a coordinate, and how far it is from the lower to the upper one's centre; below 0
    /// and above 1 it is not between them.
    private struct Bracket {
        var lower: Int
        var upper: Int
        var share: Double

        var extrapolates: Bool { share < 0 || share > 1 }
        /// The nearer of the two centres, where the coordinate is not between them.
        var clamped: Bracket { Bracket(lower: lower, upper: upper, share: min(max(share, 0), 1)) }
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
        // One cell has no slope.
        guard count > 1 else { return Bracket(lower: 0, upper: 0, share: 0) }
        let inside = min(max(place, -0.5), Double(count) - 0.5)
        let lower = min(max(Int(inside.rounded(.down)), 0), count - 2)
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
