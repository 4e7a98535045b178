import Geometry
/// The fields of a computation at one time, at cell centres, x fastest.
public struct FlowSnapshot: Sendable {
    /// The grid.
    public let domain: Domain
    /// The gas.
    public let gas: Gas
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
    public static func fieldNames(rank: Int) -> [String] {
        ["density"] + velocityNames(rank: rank)
            + ["pressure", "entropic_pressure", "temperature", "mach", "kinetic_energy"]
    }

    /// The primitive fields that an exact solution has.
    public static func primitiveNames(rank: Int) -> [String] {
        ["density"] + velocityNames(rank: rank) + ["pressure"]
    }

    private static func velocityNames(rank: Int) -> [String] {
        ["velocity_x", "velocity_y", "velocity_z"].prefix(rank).map { $0 }
    }

    /// A field by its name; empty where there is no such field.
    public func field(_ name: String) -> [Double] {
        switch name {
        case "density": conserved[0]
        case "velocity_x": velocity(0)
        case "velocity_y" where domain.rank > 1: velocity(1)
        case "velocity_z" where domain.rank > 2: velocity(2)
        case "pressure": map(pressure)
        case "entropic_pressure": entropicPressure
        case "temperature": map { pressure($0) / (conserved[0][$0] * gas.gasConstant) }
        case "mach":
            map { (2 * kineticEnergy($0) / (gas.gamma * pressure($0))).squareRoot() }
        case "kinetic_energy": map(kineticEnergy)
        default: []
        }
    }

    /// A field of the cells that hold gas, in their order.
    func fluidField(_ name: String) -> [Double] { fluid.select(field(name)) }

    /// ∫ of each conserved variable over the gas.
    public var totals: [Double] {
        let volume = domain.spacings.reduce(1, *)
        return conserved.map { Compensated.sum(fluid.select($0)) * volume }
    }

    /// One row of the conserved variables and Σ, as a computation gives it.
    /// A field at a point, linearly interpolated between the cells that hold gas; NaN where none is near.
    public func value(of field: String, at position: [Double]) -> Double {
        var point = Point(repeating: 0)
        for (axis, value) in position.prefix(3).enumerated() { point[axis] = value }
        return FlowInterpolation(self, field).value(at: point) ?? .nan
    }

    func conservedRow(_ row: Int, into values: UnsafeMutablePointer<Double>) {
        let width = domain.cells[0]
        for (variable, field) in (conserved + [entropicPressure]).enumerated() {
            for cell in 0..<width { values[variable * width + cell] = field[row * width + cell] }
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

    private func map(_ value: (Int) -> Double) -> [Double] { (0..<count).map(value) }

    private func velocity(_ direction: Int) -> [Double] {
        map { conserved[1 + direction][$0] / conserved[0][$0] }
    }

    private func kineticEnergy(_ cell: Int) -> Double {
        var squared = 0.0
        for direction in 0..<domain.rank {
            squared += conserved[1 + direction][cell] * conserved[1 + direction][cell]
        }
        return squared / (2 * conserved[0][cell])
    }

    private func pressure(_ cell: Int) -> Double {
        (gas.gamma - 1) * (conserved[domain.rank + 1][cell] - kineticEnergy(cell))
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
