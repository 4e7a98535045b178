import Fluids
import Foundation
import Testing

/// A fluid by its numbers, so that expectations do not ask the formulas that they test.
private struct Numbers: Sendable {
    let gamma: Double
    let stiffness: Double
    let gasConstant: Double
    let model: FluidModel

    static let all = [
        Numbers(
            gamma: 1.4, stiffness: 0, gasConstant: 2.5,
            model: .ideal(IdealGas(heatRatio: 1.4, gasConstant: 2.5))),
        Numbers(
            gamma: 4.4, stiffness: 6, gasConstant: 0.7,
            model: .stiffened(StiffenedGas(heatRatio: 4.4, stiffness: 6, gasConstant: 0.7))),
    ]
}

/// A flow whose density and velocity are linear in space, so that differences between cells are exact.
private struct LinearFlow {
    let rank: Int
    let numbers: Numbers
    static let cells = [4, 3, 5]
    static let spacing = [0.1, 0.2, 0.25]
    static let densitySlopes = [0.5, -0.3, 0.7]
    /// ∂u_i/∂x_j.
    static let velocitySlopes = [[0.3, -1.1, 0.4], [0.9, 0.2, -0.6], [-0.5, 0.8, 0.7]]

    func place(_ cell: Int) -> [Double] {
        var rest = cell
        return (0..<rank).map { axis in
            defer { rest /= Self.cells[axis] }
            return (Double(rest % Self.cells[axis]) + 0.5) * Self.spacing[axis]
        }
    }

    func state(_ cell: Int) -> CellState {
        let place = place(cell)
        let dot = { (row: [Double]) in zip(row, place).reduce(0) { $0 + $1.0 * $1.1 } }
        return CellState(
            density: 2 + dot(Self.densitySlopes),
            velocity: (0..<rank).map { 0.4 * Double($0 + 1) + dot(Self.velocitySlopes[$0]) },
            pressure: 1.5 + 0.25 * sin(Double(cell)), sigma: 0.01 * Double(cell), numbers: numbers)
    }

    var grid: QuantityGrid {
        QuantityGrid(
            (0..<rank).map { .init(cells: Self.cells[$0], spacing: Self.spacing[$0], isPeriodic: false) })
    }

    func load(_ row: Int, _ target: PrimitiveRow) {
        for cell in 0..<target.cells {
            let state = state(row * target.cells + cell)
            let values = [state.density] + state.velocity + [state.pressure, state.sigma]
            for (variable, value) in values.enumerated() { target.variable(variable)[cell] = value }
        }
    }
}

private struct CellState {
    let density: Double
    let velocity: [Double]
    let pressure: Double
    let sigma: Double
    let numbers: Numbers

    var square: Double { velocity.reduce(0) { $0 + $1 * $1 } }
    /// Enthalpy of a unit of mass, (h + p)/ρ.
    var enthalpy: Double {
        let (gamma, stiffness) = (numbers.gamma, numbers.stiffness)
        return ((pressure + gamma * stiffness) / (gamma - 1) + pressure) / density
    }
    var soundSquared: Double { (numbers.gamma - 1) * enthalpy }
    func slope(_ component: Int, _ axis: Int) -> Double { LinearFlow.velocitySlopes[component][axis] }
    var curl: [Double] {
        let full = [slope(2, 1) - slope(1, 2), slope(0, 2) - slope(2, 0), slope(1, 0) - slope(0, 1)]
        return velocity.count == 3 ? full : [full[2]]
    }
}

/// What each quantity should be, by a formula of its own. A quantity without a row fails.
private let rows: [String: @Sendable (CellState) -> Double] = [
    "density": { $0.density },
    "velocity_x": { $0.velocity[0] },
    "velocity_y": { $0.velocity[1] },
    "velocity_z": { $0.velocity[2] },
    "pressure": { $0.pressure },
    "entropic_pressure": { $0.sigma },
    "temperature": { ($0.pressure + $0.numbers.stiffness) / ($0.numbers.gasConstant * $0.density) },
    "mach": { ($0.square / $0.soundSquared).squareRoot() },
    "momentum_x": { $0.density * $0.velocity[0] },
    "momentum_y": { $0.density * $0.velocity[1] },
    "momentum_z": { $0.density * $0.velocity[2] },
    "energy": { $0.density * ($0.enthalpy + $0.square / 2) - $0.pressure },
    "kinetic_energy": { 0.5 * $0.density * $0.square },
    "speed": { $0.square.squareRoot() },
    "sound_speed": { $0.soundSquared.squareRoot() },
    "total_pressure": { state in
        // At rest c² is that of the total enthalpy, and (p + p∞)/c^{2γ/(γ−1)} stays.
        let gamma = state.numbers.gamma
        let rest = (gamma - 1) * (state.enthalpy + state.square / 2)
        return (state.pressure + state.numbers.stiffness)
            * exp(gamma / (gamma - 1) * log(rest / state.soundSquared)) - state.numbers.stiffness
    },
    "entropy": { log(($0.pressure + $0.numbers.stiffness) / pow($0.density, $0.numbers.gamma)) },
    "vorticity_x": { $0.curl[0] },
    "vorticity_y": { $0.curl[1] },
    "vorticity_z": { $0.curl[$0.curl.count - 1] },
    "vorticity_magnitude": { $0.curl.reduce(0) { $0 + $1 * $1 }.squareRoot() },
    "enstrophy": { $0.curl.reduce(0) { $0 + $1 * $1 } / 2 },
    "divergence": { state in state.velocity.indices.reduce(0) { $0 + state.slope($1, $1) } },
    "schlieren": { state in
        LinearFlow.densitySlopes.prefix(state.velocity.count).reduce(0) { $0 + $1 * $1 }.squareRoot()
    },
]

@Suite("Quantities") struct QuantityConformanceTests {
    @Test("every quantity is what its formula says, in every dimension and fluid", arguments: 1...3)
    func values(rank: Int) throws {
        for numbers in Numbers.all {
            let flow = LinearFlow(rank: rank, numbers: numbers)
            for quantity in QuantityRegistry.all where quantity.leastRank <= rank {
                let expected = try #require(rows[quantity.name], "\(quantity.name) has no row")
                let found = quantity.values(on: flow.grid, law: numbers.model.law, load: flow.load)
                for cell in found.indices {
                    let value = expected(flow.state(cell))
                    #expect(
                        abs(found[cell] - value) < 1e-12 * max(1, abs(value)),
                        "\(quantity.name) in \(rank) dimensions, \(numbers.model)")
                }
            }
        }
    }

    @Test("no row is of a quantity that does not exist, and no name stands twice")
    func names() {
        let names = QuantityRegistry.all.map(\.name)
        #expect(Set(names) == Set(rows.keys))
        #expect(Set(names).count == names.count)
        #expect(QuantityRegistry.vectors == ["velocity", "momentum", "vorticity"])
        #expect(QuantityRegistry.vectors.allSatisfy { QuantityRegistry.named($0) == nil })
    }

    @Test("a quantity reads nothing that it does not name")
    func needs() {
        for quantity in QuantityRegistry.all {
            let flow = LinearFlow(rank: 3, numbers: Numbers.all[1])
            let named = quantity.needs(rank: 3).fields.map { $0.place(rank: 3) }
            let found = quantity.values(on: flow.grid, law: Numbers.all[1].model.law) { row, target in
                flow.load(row, target)
                for variable in 0..<6 where !named.contains(variable) {
                    target.variable(variable).update(repeating: .nan, count: target.cells)
                }
            }
            #expect(found.allSatisfy { $0.isFinite }, "\(quantity.name)")
        }
    }

    @Test("a quantity is the same in a moving frame exactly where it says so")
    func frames() throws {
        let flow = LinearFlow(rank: 3, numbers: Numbers.all[1])
        for quantity in QuantityRegistry.all {
            let rest = quantity.values(on: flow.grid, law: flow.numbers.model.law, load: flow.load)
            let moving = quantity.values(on: flow.grid, law: flow.numbers.model.law) { row, target in
                flow.load(row, target)
                for axis in 1...3 {
                    for cell in 0..<target.cells { target.variable(axis)[cell] += 0.5 * Double(axis) }
                }
            }
            let change = zip(rest, moving).map { abs($0 - $1) }.max() ?? 0
            #expect((change < 1e-12) == quantity.isGalilean, "\(quantity.name)")
        }
    }
}
