import Numerics
import Schema

/// The conserved variables at t = 0, in double precision, evaluated once from the case's expressions.
final class InitialField {
    let shape: GridShape
    private let memory: AlignedMemory
    private let domain: Domain

    init(_ flowCase: FlowCase) {
        domain = flowCase.domain
        shape = GridShape(cells: domain.cells)
        memory = AlignedMemory(bytes: (shape.rank + 2) * shape.cellCount * MemoryLayout<Double>.stride)
        for row in 0..<shape.rowCount { evaluate(row, flowCase) }
        for _ in 0..<flowCase.initial.smoothingPasses { smooth(flowCase.boundaries) }
    }

    /// One row of a conserved variable.
    func row(_ variable: Int, _ index: Int) -> UnsafeMutablePointer<Double> {
        memory.values(of: Double.self) + (variable * shape.rowCount + index) * shape.rowCells
    }

    /// The mean of each conserved variable: an admissible state, since admissible states are a convex set. Summed as
    /// differences from the first cell, so that a uniform state is its own mean to the last bit.
    var mean: [Double] {
        (0..<shape.rank + 2).map { variable in
            let first = row(variable, 0)[0]
            var total = 0.0
            for index in 0..<shape.rowCount {
                var sum = 0.0
                let values = row(variable, index)
                for cell in 0..<shape.rowCells { sum += values[cell] - first }
                total += sum
            }
            return first + total / Double(shape.cellCount)
        }
    }

    private func evaluate(_ index: Int, _ flowCase: FlowCase) {
        let rank = shape.rank
        let x = (0..<shape.rowCells).map { domain.center(0, $0) }
        let y = rank == 2 ? domain.center(1, index) : rank == 3 ? domain.center(1, index % shape.middleCells) : 0
        let z = rank == 3 ? domain.center(2, index / shape.middleCells) : 0
        x.withUnsafeBufferPointer { positions in
            guard let start = positions.baseAddress else { return }
            let variables: [RowVariable] = [.values(start), .uniform(y), .uniform(z)]
            let evaluated = { (expression: Expression) -> [Double] in
                var values = [Double](repeating: 0, count: x.count)
                values.withUnsafeMutableBufferPointer { expression.evaluate(into: $0, variables: variables) }
                return values
            }
            let initial = flowCase.initial
            var primitives = ([initial.base.density] + initial.base.velocity + [initial.base.pressure]).map(evaluated)
            for region in initial.regions {
                let inside = x.map { region.shape.contains([$0, y, z], rank: rank) }
                guard inside.contains(true) else { continue }
                let parts = [region.density] + velocities(region, rank) + [region.pressure]
                for (variable, part) in parts.enumerated() {
                    guard let part else { continue }
                    let values = evaluated(part)
                    for cell in 0..<x.count where inside[cell] { primitives[variable][cell] = values[cell] }
                }
            }
            store(primitives, index, gamma: flowCase.gas.gamma)
        }
    }

    private func velocities(_ region: InitialRegion, _ rank: Int) -> [Expression?] {
        (0..<rank).map { region.velocity?[$0] }
    }

    private func store(_ primitives: [[Double]], _ index: Int, gamma: Double) {
        for cell in 0..<shape.rowCells {
            let values = conservedValues(of: primitives.map { $0[cell] }, gamma: gamma)
            for (variable, value) in values.enumerated() { row(variable, index)[cell] = value }
        }
    }

    /// One conservative ¼-½-¼ pass along each axis; nothing crosses a boundary that is not periodic.
    private func smooth(_ boundaries: [AxisBoundaries]) {
        var strides = [1, shape.rowCells, shape.rowCells * shape.middleCells]
        if shape.rank == 2 { strides = [1, shape.rowCells] }
        for axis in 0..<shape.rank {
            let count = domain.cells[axis]
            var periodic = false
            if case .periodic = boundaries[axis].lower.kind { periodic = true }
            for variable in 0..<shape.rank + 2 {
                let start = row(variable, 0)
                for line in 0..<shape.cellCount / count {
                    let stride = strides[axis]
                    let origin = line / stride * stride * count + line % stride
                    let old = (0..<count).map { start[origin + $0 * stride] }
                    for cell in 0..<count {
                        let below = cell > 0 ? old[cell - 1] : periodic ? old[count - 1] : old[cell]
                        let above = cell < count - 1 ? old[cell + 1] : periodic ? old[0] : old[cell]
                        start[origin + cell * stride] = (below + 2 * old[cell] + above) / 4
                    }
                }
            }
        }
    }
}

/// Density, velocity per direction, pressure → density, momentum per direction, total energy density.
func conservedValues(of primitive: [Double], gamma: Double) -> [Double] {
    let density = primitive[0]
    let velocity = primitive[1..<primitive.count - 1]
    let kinetic = velocity.reduce(0) { $0 + density * $1 * $1 / 2 }
    return [density] + velocity.map { density * $0 } + [primitive[primitive.count - 1] / (gamma - 1) + kinetic]
}

extension RegionShape {
    /// Whether a point (x, y, z) lies in the region.
    func contains(_ point: [Double], rank: Int) -> Bool {
        switch self {
        case .expression(let condition): return condition.evaluate(point) != 0
        case .box(let lower, let upper):
            return (0..<rank).allSatisfy { point[$0] >= lower[$0] && point[$0] < upper[$0] }
        case .ball(let center, let radius):
            var distance = 0.0
            for axis in 0..<rank { distance += (point[axis] - center[axis]) * (point[axis] - center[axis]) }
            return distance < radius * radius
        case .halfSpace(let origin, let normal):
            var height = 0.0
            for axis in 0..<rank { height += (point[axis] - origin[axis]) * normal[axis] }
            return height < 0
        }
    }
}
