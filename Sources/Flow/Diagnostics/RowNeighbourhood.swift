/// A row of cells and, where differences are wanted, the rows before and after it along y and z.
///
/// Differences are central, second order; one-sided at the ends of an axis that is not periodic.
final class RowNeighbourhood {
    let center: PrimitiveRow
    private let before: [PrimitiveRow]
    private let after: [PrimitiveRow]
    private let domain: Domain
    private let isPeriodic: [Bool]
    private let gamma: Double
    /// The inverse distance between the rows before and after, along y and z.
    private var inverseDistance: [Double]

    init(_ flowCase: FlowCase) {
        domain = flowCase.domain
        let rank = domain.rank
        let row = { [cells = domain.cells[0]] in PrimitiveRow(cells: cells, rank: rank) }
        center = row()
        before = (1..<max(rank, 1)).map { _ in row() }
        after = (1..<max(rank, 1)).map { _ in row() }
        isPeriodic = flowCase.boundaries.map { if case .periodic = $0.lower.kind { true } else { false } }
        gamma = flowCase.gas.gamma
        inverseDistance = Array(repeating: 0, count: max(rank - 1, 0))
    }

    /// Rows along y and z that surround a row: (y, z) = (row mod n_y, row / n_y).
    func load(_ row: Int, of computation: any FlowComputation, withNeighbours: Bool) {
        center.load(row, of: computation, gamma: gamma)
        guard withNeighbours else { return }
        for axis in 1..<domain.rank {
            let stride = axis == 1 ? 1 : domain.cells[1]
            let index = axis == 1 ? row % domain.cells[1] : row / stride
            let (low, high) = neighbours(of: index, axis: axis)
            before[axis - 1].load(row + (low - index) * stride, of: computation, gamma: gamma)
            after[axis - 1].load(row + (high - index) * stride, of: computation, gamma: gamma)
            inverseDistance[axis - 1] = 1 / (distance(index, low, high) * domain.spacing(axis))
        }
    }

    private func neighbours(of index: Int, axis: Int) -> (Int, Int) {
        let count = domain.cells[axis]
        if isPeriodic[axis] { return ((index + count - 1) % count, (index + 1) % count) }
        return (max(index - 1, 0), min(index + 1, count - 1))
    }

    /// Cells between two neighbours; around the end of a periodic axis there are two as well.
    private func distance(_ index: Int, _ low: Int, _ high: Int) -> Double {
        low < index && index < high ? 2 : low == index || high == index ? 1 : 2
    }

    /// The derivative of a variable (0 density, then velocities) along an axis at a cell of the row.
    @inline(__always) func slope(_ variable: Int, axis: Int, cell: Int) -> Double {
        if axis > 0 {
            let difference =
                after[axis - 1].variable(variable)[cell] - before[axis - 1].variable(variable)[cell]
            return difference * inverseDistance[axis - 1]
        }
        let values = center.variable(variable)
        let (low, high) = neighbours(of: cell, axis: 0)
        return (values[high] - values[low]) / (distance(cell, low, high) * domain.spacing(0))
    }

    /// A component (0 x, 1 y, 2 z) of the curl of the velocity; without the third direction only z is there.
    func vorticity(_ component: Int, cell: Int) -> Double {
        let (first, second) = ((component + 1) % 3, (component + 2) % 3)
        guard first < domain.rank, second < domain.rank else { return 0 }
        return slope(1 + second, axis: first, cell: cell) - slope(1 + first, axis: second, cell: cell)
    }

    /// |∇×u|².
    func vorticitySquared(cell: Int) -> Double {
        var sum = 0.0
        for component in domain.rank == 3 ? 0..<3 : 2..<3 {
            let value = vorticity(component, cell: cell)
            sum += value * value
        }
        return sum
    }

    /// |∇ρ|.
    func densityGradient(cell: Int) -> Double {
        var sum = 0.0
        for axis in 0..<domain.rank {
            let value = slope(0, axis: axis, cell: cell)
            sum += value * value
        }
        return sum.squareRoot()
    }
}
