import Fluids
import Numerics
import Schema

/// The state at t = 0 as conserved variables in double precision, evaluated row by row from the case's
/// expressions, so that a large grid never exists twice. Only a smoothed initial state is held in memory.
final class InitialField: Sendable {
    let shape: GridShape
    private let domain: Domain
    private let law: FluidLaw
    private let initial: InitialState
    private let smoothed: AlignedMemory?

    init(_ flowCase: FlowCase) {
        domain = flowCase.domain
        shape = GridShape(cells: domain.cells)
        law = flowCase.gas.law
        initial = flowCase.initial
        guard initial.smoothingPasses > 0 else {
            smoothed = nil
            return
        }
        let variables = Variable.conserved(rank: shape.rank).count
        let memory = AlignedMemory(bytes: variables * shape.cellCount * MemoryLayout<Double>.stride)
        let values = memory.values(of: Double.self)
        let source = RowSource(shape: shape, domain: domain, law: law, initial: initial)
        var row = [Double](repeating: 0, count: variables * shape.rowCells)
        for index in 0..<shape.rowCount {
            source.evaluate(index, into: &row)
            for variable in 0..<variables {
                for cell in 0..<shape.rowCells {
                    values[(variable * shape.rowCount + index) * shape.rowCells + cell] =
                        row[variable * shape.rowCells + cell]
                }
            }
        }
        for _ in 0..<initial.smoothingPasses {
            for variable in 0..<variables {
                smooth(
                    values + variable * shape.cellCount, cells: domain.cells,
                    periodic: flowCase.boundaries.map(\.isPeriodic))
            }
        }
        smoothed = memory
    }

    /// One row of every conserved variable, one after the other.
    func evaluate(_ index: Int, into row: UnsafeMutablePointer<Double>) {
        guard let smoothed else {
            return RowSource(shape: shape, domain: domain, law: law, initial: initial).evaluate(
                index, into: row)
        }
        for variable in Variable.conserved(rank: shape.rank).indices {
            let source =
                smoothed.values(of: Double.self) + (variable * shape.rowCount + index) * shape.rowCells
            (row + variable * shape.rowCells).update(from: source, count: shape.rowCells)
        }
    }

    /// The state from which all others are kept as deviations, as conserved variables: the mean of each, an admissible state
    /// since those are a convex set. Summed as differences from the first cell, so that a uniform state is its own mean to the
    /// last bit.
    ///
    /// Where the least density or pressure is a small part of its mean, it takes the mean's place: as a deviation from a large
    /// number a small one loses all its digits in single precision, as 7e-11 does beside 0.03.
    func reference(_ team: Workers) -> [Double] {
        let (mean, least) = survey(team)
        var state = law.primitive(conserved: mean)
        let last = state.count - 1
        let isDeep =
            law.reserve(pressure: least.pressure) * Self.contrast < law.reserve(pressure: state[last])
        let isThin = least.density * Self.contrast < state[0]
        guard least.density > 0, law.reserve(pressure: least.pressure) > 0, isDeep || isThin else {
            return mean
        }
        if isThin { state[0] = least.density }
        if isDeep { state[last] = least.pressure }
        return law.conserved(primitive: state)
    }

    /// From which ratio of mean to least on the least is the reference.
    private static let contrast = 16.0

    /// The mean of each conserved variable, and the least density and pressure.
    private func survey(_ team: Workers) -> (mean: [Double], least: (density: Double, pressure: Double)) {
        let count = Variable.conserved(rank: shape.rank).count
        var row = [Double](repeating: 0, count: count * shape.rowCells)
        evaluate(0, into: &row)
        let first = (0..<count).map { row[$0 * shape.rowCells] }
        let sums = AlignedMemory(bytes: (count + 2) * shape.rowCount * MemoryLayout<Double>.stride)
        team.run { worker in
            var row = [Double](repeating: 0, count: count * self.shape.rowCells)
            for index in team.share(of: self.shape.rowCount, worker: worker) {
                self.evaluate(index, into: &row)
                let table = sums.values(of: Double.self)
                for variable in 0..<count {
                    let values = row[variable * self.shape.rowCells..<(variable + 1) * self.shape.rowCells]
                    let sum = values.reduce(0) { $0 + ($1 - first[variable]) }
                    table[variable * self.shape.rowCount + index] = sum
                }
                let least = self.least(row)
                table[count * self.shape.rowCount + index] = least.density
                table[(count + 1) * self.shape.rowCount + index] = least.pressure
            }
        }
        let rows = { (number: Int) in
            UnsafeBufferPointer(
                start: sums.values(of: Double.self) + number * self.shape.rowCount, count: self.shape.rowCount
            )
        }
        let mean = (0..<count).map { first[$0] + rows($0).reduce(0, +) / Double(shape.cellCount) }
        return (mean, (rows(count).min() ?? 0, rows(count + 1).min() ?? 0))
    }

    /// The least density and pressure of a row.
    private func least(_ row: [Double]) -> (density: Double, pressure: Double) {
        var least = (density: Double.infinity, pressure: Double.infinity)
        for cell in 0..<shape.rowCells {
            let density = row[cell]
            var kinetic = 0.0
            for direction in 1...shape.rank {
                let momentum = row[direction * shape.rowCells + cell]
                kinetic += momentum * momentum / (2 * density)
            }
            let pressure = law.pressure(heat: row[(shape.rank + 1) * shape.rowCells + cell] - kinetic)
            least = (min(least.density, density), min(least.pressure, pressure))
        }
        return least
    }
}

/// Evaluates the expressions of an initial state along one row.
private struct RowSource {
    let shape: GridShape
    let domain: Domain
    let law: FluidLaw
    let initial: InitialState

    func evaluate(_ index: Int, into row: UnsafeMutablePointer<Double>) {
        let rank = shape.rank
        let count = shape.rowCells
        let x = (0..<count).map { domain.center(0, $0) }
        let y =
            rank == 2 ? domain.center(1, index) : rank == 3 ? domain.center(1, index % shape.middleCells) : 0
        let z = rank == 3 ? domain.center(2, index / shape.middleCells) : 0
        x.withUnsafeBufferPointer { positions in
            guard let start = positions.baseAddress else { return }
            let variables: [RowVariable] = [.values(start), .uniform(y), .uniform(z)]
            let base = [initial.base.density] + initial.base.velocity + [initial.base.pressure]
            for (variable, expression) in base.enumerated() {
                let target = UnsafeMutableBufferPointer(start: row + variable * count, count: count)
                expression.evaluate(into: target, variables: variables)
            }
            for region in initial.regions { apply(region, x, y, z, variables, to: row) }
        }
        convert(row)
    }

    private func apply(
        _ region: InitialRegion, _ x: [Double], _ y: Double, _ z: Double, _ variables: [RowVariable],
        to row: UnsafeMutablePointer<Double>
    ) {
        let inside = x.map { region.shape.contains([$0, y, z], rank: shape.rank) }
        guard inside.contains(true) else { return }
        let velocities = (0..<shape.rank).map { region.velocity?[$0] }
        var values = [Double](repeating: 0, count: x.count)
        for (variable, part) in ([region.density] + velocities + [region.pressure]).enumerated() {
            guard let part else { continue }
            values.withUnsafeMutableBufferPointer { part.evaluate(into: $0, variables: variables) }
            for cell in x.indices where inside[cell] { row[variable * x.count + cell] = values[cell] }
        }
    }

    /// Primitive to conserved, in place. The same operations in the same order as `FluidLaw.conserved`.
    private func convert(_ row: UnsafeMutablePointer<Double>) {
        let rank = shape.rank
        let count = shape.rowCells
        for cell in 0..<count {
            let density = row[cell]
            var kinetic = 0.0
            for direction in 1...rank {
                let velocity = row[direction * count + cell]
                kinetic += density * velocity * velocity / 2
                row[direction * count + cell] = density * velocity
            }
            let energy = (rank + 1) * count + cell
            row[energy] = law.heat(pressure: row[energy]) + kinetic
        }
    }
}

/// One conservative ¼-½-¼ pass along each axis; nothing crosses a boundary that is not periodic.
private func smooth(_ values: UnsafeMutablePointer<Double>, cells: [Int], periodic: [Bool]) {
    let total = cells.reduce(1, *)
    var stride = 1
    for (axis, count) in cells.enumerated() {
        for line in 0..<total / count {
            let origin = line / stride * stride * count + line % stride
            let old = (0..<count).map { values[origin + $0 * stride] }
            for cell in 0..<count {
                let below = cell > 0 ? old[cell - 1] : periodic[axis] ? old[count - 1] : old[cell]
                let above = cell < count - 1 ? old[cell + 1] : periodic[axis] ? old[0] : old[cell]
                values[origin + cell * stride] = (below + 2 * old[cell] + above) / 4
            }
        }
        stride *= count
    }
}

extension AxisBoundaries {
    /// Whether the two sides are joined.
    var isPeriodic: Bool {
        if case .periodic = lower.kind { return true }
        return false
    }
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
