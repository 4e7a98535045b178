import Fluids
import Geometry
/// The fields of a computation at one time, at cell centres, x fastest.
public struct FlowSnapshot: Sendable {
    /// The grid.
    public let domain: Domain
    /// The gas.
    public let gas: Gas
    private let grid: QuantityGrid
    /// The time.
    public let time: Double
    /// Density, momentum per direction, total energy per volume; `conserved[variable][cell]`.
    public let conserved: [[Double]]
    /// Σ.
    public let entropicPressure: [Double]
    /// Which cells hold gas; the others lie in bodies and mean nothing.
    let fluid: FluidCells

    /// Reads the whole state of a computation.
    public init(_ computation: any FlowComputation, of flowCase: FlowCase) {
        self.init(computation, of: flowCase, fluid: FluidCells(flowCase))
    }

    /// Reads the whole state; cells have been classified before.
    init(_ computation: any FlowComputation, of flowCase: FlowCase, fluid: FluidCells) {
        self.fluid = fluid
        domain = flowCase.domain
        gas = flowCase.gas
        grid = flowCase.quantityGrid()
        time = computation.time
        let width = domain.cells[0]
        let rows = domain.cells.dropFirst().reduce(1, *)
        let count = domain.rank + 3
        var fields = [[Double]](repeating: [], count: count)
        for variable in 0..<count { fields[variable].reserveCapacity(width * rows) }
        var row = [Double](repeating: 0, count: count * width)
        for index in 0..<rows {
            computation.conservedRow(index, into: &row)
            for variable in 0..<count { fields[variable] += row[variable * width..<(variable + 1) * width] }
        }
        entropicPressure = fields.removeLast()
        conserved = fields
    }

    /// The number of cells.
    public var count: Int { entropicPressure.count }

    /// The names that ``field(_:)`` knows, as in run files.
    public static func fieldNames(rank: Int) -> [String] { QuantityRegistry.names(rank: rank) }

    /// The primitive fields that an exact solution has.
    public static func primitiveNames(rank: Int) -> [String] { Variable.primitive(rank: rank).map(\.name) }

    /// A field by its name; empty where there is no such field.
    public func field(_ name: String) -> [Double] {
        QuantityRegistry.named(name, rank: domain.rank)?.values(
            on: grid, law: gas.law, isFluid: fluid.test
        ) { row, target in
            conservedRow(row, into: target.values)
            target.makePrimitive(gas.law)
        } ?? []
    }

    /// A field of the cells that hold gas, in their order.
    func fluidField(_ name: String) -> [Double] { fluid.select(field(name)) }

    /// ∫ of each conserved variable over the gas.
    public var totals: [Double] {
        let volume = domain.spacings.reduce(1, *)
        return conserved.map { Compensated.sum(fluid.select($0)) * volume }
    }

    /// A field at a point, linearly interpolated between the cells that hold gas; NaN where none is near.
    public func value(of field: String, at position: [Double]) -> Double {
        var point = Point(repeating: 0)
        for (axis, value) in position.prefix(3).enumerated() { point[axis] = value }
        return FlowInterpolation(self, field).value(at: point) ?? .nan
    }

    /// One row of the conserved variables and Σ, as a computation gives it.
    func conservedRow(_ row: Int, into values: UnsafeMutablePointer<Double>) {
        let width = domain.cells[0]
        for (variable, field) in (conserved + [entropicPressure]).enumerated() {
            field.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                (values + variable * width).update(from: base + row * width, count: width)
            }
        }
    }

    /// Coordinates (x, y, z) of a cell's centre; 0 beyond the dimension of the domain.
    public func center(_ cell: Int) -> [Double] {
        var index = cell
        var point = [0.0, 0.0, 0.0]
        for axis in 0..<domain.rank {
            point[axis] = domain.center(axis, index % domain.cells[axis])
            index /= domain.cells[axis]
        }
        return point
    }
}

/// Sums whose rounding does not grow with their length.
enum Compensated {
    /// Neumaier's form of Kahan's summation (Neumaier 1974, doi:10.1002/zamm.19740540106).
    static func sum(_ values: [Double]) -> Double {
        var (total, lost) = (0.0, 0.0)
        for value in values {
            let next = total + value
            lost += abs(total) >= abs(value) ? (total - next) + value : (value - next) + total
            total = next
        }
        return total + lost
    }
}
