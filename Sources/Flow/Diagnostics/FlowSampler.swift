import Geometry
import Numerics

/// Looks at a computation: fields, totals, values at points. All work is shared over rows of cells, and
/// results do not depend on the number of threads.
public struct FlowSampler: Sendable {
    let flowCase: FlowCase
    let team: Workers
    let fluid: FluidCells

    /// A sampler for computations of a case.
    public init(_ flowCase: FlowCase) {
        self.flowCase = flowCase
        fluid = FluidCells(flowCase)
        team = Workers(count: flowCase.domain.cells.reduce(1, *) < 4096 ? 1 : flowCase.numerics.threads)
    }

    /// The sampler for the bodies where they are at a time; itself where none moves.
    public func moved(to time: Double) -> FlowSampler {
        flowCase.hasMovingBodies ? FlowSampler(flowCase.moved(to: time)) : self
    }

    private func signedDistance() -> [Float] {
        guard !flowCase.bodies.isEmpty else {
            return [Float](repeating: .infinity, count: rowCells * rowCount)
        }
        return ShapeSampler.union(
            flowCase.bodies.map(\.shape), on: flowCase.domain.sampleGrid, workers: team
        ).values
    }

    private var rowCells: Int { flowCase.domain.cells[0] }
    var rowCount: Int { flowCase.domain.cells.dropFirst().reduce(1, *) }

    /// A field of the present state in single precision: (z,) y, x, with x fastest.
    public func values(_ field: FlowField, of computation: any FlowComputation) -> [Float] {
        if field == .signedDistance { return signedDistance() }
        return [Float](unsafeUninitializedCapacity: rowCells * rowCount) { buffer, count in
            count = rowCells * rowCount
            guard let base = buffer.baseAddress else { return }
            let target = Shared(base)
            eachRow(of: computation, withNeighbours: field.needsNeighbours) { row, rows in
                fill(target.value + row * rowCells, field, rows)
            }
        }
    }

    /// Visits every row once, each worker its share in order.
    func eachRow(
        of computation: any FlowComputation, withNeighbours: Bool,
        _ body: @Sendable (Int, RowNeighbourhood) -> Void
    ) {
        let source = Shared(computation)
        team.run { worker in
            let rows = RowNeighbourhood(flowCase)
            for row in team.share(of: rowCount, worker: worker) {
                rows.load(row, of: source.value, withNeighbours: withNeighbours)
                body(row, rows)
            }
        }
    }

    private func fill(_ target: UnsafeMutablePointer<Float>, _ field: FlowField, _ rows: RowNeighbourhood) {
        let row = rows.center
        switch field {
        case .density: copy(row.density, to: target)
        case .velocityX: copy(row.velocity(0), to: target)
        case .velocityY: copy(row.velocity(1), to: target)
        case .velocityZ: copy(row.velocity(2), to: target)
        case .pressure: copy(row.pressure, to: target)
        case .entropicPressure: copy(row.entropicPressure, to: target)
        case .temperature:
            let scale = 1 / flowCase.gas.gasConstant
            eachCell { target[$0] = Float(row.pressure[$0] / row.density[$0] * scale) }
        case .mach:
            let gamma = flowCase.gas.gamma
            eachCell {
                let soundSquared = gamma * row.pressure[$0] / row.density[$0]
                target[$0] = Float((row.speedSquared($0) / soundSquared).squareRoot())
            }
        case .vorticityX: eachCell { target[$0] = Float(rows.vorticity(0, cell: $0)) }
        case .vorticityY: eachCell { target[$0] = Float(rows.vorticity(1, cell: $0)) }
        case .vorticityZ: eachCell { target[$0] = Float(rows.vorticity(2, cell: $0)) }
        case .vorticityMagnitude:
            eachCell { target[$0] = Float(rows.vorticitySquared(cell: $0).squareRoot()) }
        case .schlieren: eachCell { target[$0] = Float(rows.densityGradient(cell: $0)) }
        case .signedDistance: break
        }
    }

    private func copy(_ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Float>) {
        for cell in 0..<rowCells { target[cell] = Float(source[cell]) }
    }

    @inline(__always) private func eachCell(_ body: (Int) -> Void) {
        for cell in 0..<rowCells { body(cell) }
    }
}

/// Carries something to workers that touch disjoint parts of it, or only read.
struct Shared<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
