import Fluids
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
        switch field {
        case .signedDistance: signedDistance()
        case .quantity(let quantity): values(quantity, of: computation)
        }
    }

    /// A quantity of the present state in single precision: (z,) y, x, with x fastest.
    public func values(_ quantity: Quantity, of computation: any FlowComputation) -> [Float] {
        [Float](unsafeUninitializedCapacity: rowCells * rowCount) { buffer, count in
            count = rowCells * rowCount
            guard let base = buffer.baseAddress else { return }
            let target = Shared(base)
            let slopes = quantity.needs(rank: flowCase.domain.rank).slopes
            eachRow(of: computation, slopes: slopes) { index, row, values in
                quantity.evaluate(row, into: values)
                let single = target.value + index * row.cells
                for cell in 0..<row.cells { single[cell] = Float(values[cell]) }
            }
        }
    }

    /// Visits every row once, each worker its share in order. `body` gets the number of the row, the row, and room for a
    /// row of values.
    func eachRow(
        of computation: any FlowComputation, slopes: [Slope],
        _ body: @Sendable (Int, QuantityRow, UnsafeMutablePointer<Double>) -> Void
    ) {
        let source = Shared(computation)
        let (grid, law) = (flowCase.quantityGrid(), flowCase.gas.law)
        team.run { worker in
            let rows = QuantityRows(grid, law: law, slopes: slopes, isFluid: fluid.test) { index, target in
                target.load(index, of: source.value, law: law)
            }
            let room = AlignedMemory(bytes: rowCells * MemoryLayout<Double>.stride)
            for index in team.share(of: rowCount, worker: worker) {
                body(index, rows.row(index), room.values(of: Double.self))
            }
        }
    }
}

/// Carries something to workers that touch disjoint parts of it, or only read.
struct Shared<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
