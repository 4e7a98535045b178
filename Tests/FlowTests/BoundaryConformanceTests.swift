import Flow
import Fluids
import Numerics
import Schema
import Testing

/// What each boundary condition puts beyond the face, one row a condition.
@Suite("Boundary conditions") struct BoundaryConformanceTests {
    static let inside = CellStateValues(density: 1.2, velocity: [0.3, -0.4], pressure: 0.9)
    static let imposed = StateExpressions(
        density: Expression(constant: 2), velocity: [Expression(constant: 3), Expression(constant: 0.1)],
        pressure: Expression(constant: 1))

    @Test("a slip wall mirrors the normal velocity only") func slipWall() {
        for isLower in [true, false] {
            let ghost = Self.ghost(.slipWall, direction: 1, isLower: isLower)
            #expect(ghost.isClose(to: .init(density: 1.2, velocity: [0.3, 0.4], pressure: 0.9)))
        }
    }

    @Test("a no-slip wall at rest mirrors the whole velocity") func noSlipWall() {
        let ghost = Self.ghost(.noSlipWall(velocity: [0, 0], temperature: nil), direction: 1, isLower: true)
        #expect(ghost.isClose(to: .init(density: 1.2, velocity: [-0.3, 0.4], pressure: 0.9)))
    }

    @Test("the mean of wall cell and ghost cell moves with a moving wall") func movingWall() {
        let ghost = Self.ghost(.noSlipWall(velocity: [1, 0], temperature: nil), direction: 1, isLower: true)
        #expect(ghost.isClose(to: .init(density: 1.2, velocity: [1.7, 0.4], pressure: 0.9)))
    }

    @Test("an isothermal wall mirrors density and pressure") func isothermalWall() {
        let ghost = Self.ghost(.noSlipWall(velocity: [0, 0], temperature: 0.8), direction: 1, isLower: true)
        #expect(ghost.isClose(to: .init(density: 1.2, velocity: [-0.3, 0.4], pressure: 0.9)))
    }

    @Test("an inflow imposes its state") func inflow() {
        let ghost = Self.ghost(.inflow(Self.imposed), direction: 0, isLower: true)
        #expect(ghost.isClose(to: .init(density: 2, velocity: [3, 0.1], pressure: 1)))
    }

    @Test("an outflow repeats the cell at the face") func outflow() {
        #expect(Self.ghost(.outflow, direction: 0, isLower: false).isClose(to: Self.inside))
    }

    @Test("a far field that agrees with the inside changes nothing") func characteristicRest() {
        let same = StateExpressions(
            density: Expression(constant: 1.2),
            velocity: [Expression(constant: 0.3), Expression(constant: -0.4)],
            pressure: Expression(constant: 0.9))
        for direction in 0..<2 {
            for isLower in [true, false] {
                let ghost = Self.ghost(.characteristic(same), direction: direction, isLower: isLower)
                #expect(ghost.isClose(to: Self.inside))
            }
        }
    }

    @Test("a supersonic far field imposes everything where it flows in") func characteristicInflow() {
        let ghost = Self.ghost(.characteristic(Self.imposed), direction: 0, isLower: true)
        #expect(ghost.isClose(to: .init(density: 2, velocity: [3, 0.1], pressure: 1)))
    }

    @Test("patches replace the condition on their part of the face only") func patches() throws {
        let patch = BoundaryPatch(
            region: try Expression("x > 0.5", variables: ["x", "y", "z"]), kind: .outflow)
        let specification = BoundarySpecification(kind: .slipWall, patches: [patch])
        #expect(Self.ghost(specification, direction: 1, isLower: true, position: 0).velocity[1] > 0)
        #expect(Self.ghost(specification, direction: 1, isLower: true, position: 3).velocity[1] < 0)
    }

    /// Cells that differ from layer to layer; Σ is a tenth of the density.
    static func layer(_ index: Int) -> CellStateValues {
        let step = 0.01 * Double(index)
        return CellStateValues(
            density: 1.2 + step, velocity: [0.3 + 2 * step, -0.4 + step], pressure: 0.9 + 3 * step)
    }

    /// A condition of each kind, and its ghost layers where it holds at a face across y.
    static func row(_ name: BoundaryKind.Name) -> (kind: BoundaryKind, layers: [CellStateValues]) {
        let mirrored = (0..<3).map { index in
            let state = layer(index)
            return CellStateValues(
                density: state.density, velocity: [state.velocity[0], -state.velocity[1]],
                pressure: state.pressure)
        }
        switch name {
        case .slipWall: return (.slipWall, mirrored)
        case .noSlipWall:
            let stuck = mirrored.map {
                CellStateValues(
                    density: $0.density, velocity: [0.5 - $0.velocity[0], $0.velocity[1]],
                    pressure: $0.pressure)
            }
            return (.noSlipWall(velocity: [0.25, 0], temperature: nil), stuck)
        case .inflow:
            let state = CellStateValues(density: 2, velocity: [3, 0.1], pressure: 1)
            return (.inflow(imposed), [state, state, state])
        case .outflow: return (.outflow, [layer(0), layer(0), layer(0)])
        case .characteristic:
            // Agrees with the cell at the face.
            let state = layer(0)
            let same = StateExpressions(
                density: Expression(constant: state.density),
                velocity: state.velocity.map(Expression.init(constant:)),
                pressure: Expression(constant: state.pressure))
            return (.characteristic(same), [state, state, state])
        case .periodic:
            // Left to who knows the other end.
            let none = CellStateValues(
                density: 0.7, velocity: [0.1 / 0.7, -0.2 / 0.7], pressure: 0.4 * (2 - 0.025 / 0.7))
            return (.periodic, [none, none, none])
        }
    }

    @Test(
        "each condition makes its three layers, nearest first, and Σ has no normal gradient",
        arguments: BoundaryKind.Name.allCases)
    func layers(name: BoundaryKind.Name) {
        for isLower in [true, false] {
            let (kind, expected) = Self.row(name)
            let found = Self.layers(
                BoundarySpecification(kind: kind), direction: 1, isLower: isLower, position: 1, Self.layer)
            for (index, layer) in found.enumerated() {
                #expect(layer.state.isClose(to: expected[index]), "layer \(index): \(layer)")
                let mirrors = name == .slipWall || name == .noSlipWall
                let sigma = name == .periodic ? 0 : Self.layer(mirrors ? index : 0).density / 10
                #expect(abs(layer.entropicPressure - sigma) < 1e-15)
            }
        }
    }

    @Test("a subsonic far field keeps the wave that leaves and imposes those that enter")
    func characteristicWaves() {
        let outside = CellStateValues(density: 1.1, velocity: [0.2, 0.5], pressure: 1.0)
        let state = StateExpressions(
            density: Expression(constant: 1.1), velocity: outside.velocity.map(Expression.init(constant:)),
            pressure: Expression(constant: 1))
        for isLower in [true, false] {
            let found = Self.ghost(.characteristic(state), direction: 1, isLower: isLower)
            let outward = isLower ? -1.0 : 1.0
            let impedance = (1.4 * Self.inside.pressure * Self.inside.density).squareRoot()
            let wave = { (state: CellStateValues, sign: Double) in
                state.pressure + sign * impedance * outward * state.velocity[1]
            }
            #expect(abs(wave(found, 1) - wave(Self.inside, 1)) < 1e-12)
            #expect(abs(wave(found, -1) - wave(outside, -1)) < 1e-12)
            // Entropy and tangential velocity come from where the flow comes from: it leaves at the lower side.
            let upstream = isLower ? Self.inside : outside
            let square = 1.4 * Self.inside.pressure / Self.inside.density
            let entropy = { (state: CellStateValues) in state.density - state.pressure / square }
            #expect(abs(entropy(found) - entropy(upstream)) < 1e-12)
            #expect(abs(found.velocity[0] - upstream.velocity[0]) < 1e-12)
        }
    }

    static func ghost(_ kind: BoundaryKind, direction: Int, isLower: Bool) -> CellStateValues {
        ghost(
            BoundarySpecification(kind: kind, patches: []), direction: direction, isLower: isLower,
            position: 1)
    }

    /// The second ghost layer of a 2-D face whose three interior layers all hold `inside`.
    static func ghost(
        _ specification: BoundarySpecification, direction: Int, isLower: Bool, position: Int
    ) -> CellStateValues {
        layers(specification, direction: direction, isLower: isLower, position: position) { _ in inside }[1]
            .state
    }

    /// The ghost layers of a 2-D face, nearest first, from its three interior layers.
    static func layers(
        _ specification: BoundarySpecification, direction: Int, isLower: Bool, position: Int,
        _ interior: (Int) -> CellStateValues
    ) -> [(state: CellStateValues, entropicPressure: Double)] {
        let names = CellVariables(directions: 2, viscous: false)
        let fluid = IdealGas<Double>(heatRatio: 1.4)
        let law = FluidLaw(fluid)
        let medium = Medium(
            variables: names, fluid: fluid,
            reference: ReferenceState(conserved: [0.7, 0.1, -0.2, 2], law: law))
        let face = FaceBoundary(
            specification, direction: direction, isLower: isLower, medium: medium,
            referenceConserved: [0.7, 0.1, -0.2, 2], law: law, positions: 4, lines: 1
        ) { position, _ in
            var point = [0.0, 0.0, 0.0]
            point[1 - direction] = (Double(position) + 0.5) / 4
            return point
        }
        let stride = 4
        let layer = stride * names.count
        var memory = [Double](repeating: 0, count: 6 * layer)
        return memory.withUnsafeMutableBufferPointer { cells in
            let start = cells.baseAddress!
            for index in 0..<3 {
                for position in 0..<4 {
                    let cell = start + index * layer + position
                    interior(index).state.store(at: cell, stride: stride, in: medium)
                    cell[names.entropicPressure * stride] = interior(index).density / 10
                }
            }
            let line = GhostLine(
                interior: (start, start + layer, start + 2 * layer),
                ghost: (start + 3 * layer, start + 4 * layer, start + 5 * layer), variableStride: stride,
                positionStride: 1, count: 4, direction: direction, isLower: isLower, medium: medium)
            face.fill(line, line: 0, start: 0)
            return (3..<6).map { index in
                let cell = start + index * layer + position
                let state = CellStateValues(CellState(at: cell, stride: stride, in: medium))
                return (state, cell[names.entropicPressure * stride])
            }
        }
    }
}

/// A two-dimensional state as plain numbers.
struct CellStateValues {
    var density: Double
    var velocity: [Double]
    var pressure: Double

    init(density: Double, velocity: [Double], pressure: Double) {
        self.density = density
        self.velocity = velocity
        self.pressure = pressure
    }

    init(_ state: CellState<Double>) {
        self.init(
            density: state.density, velocity: [state.velocity[0], state.velocity[1]], pressure: state.pressure
        )
    }

    var state: CellState<Double> {
        var components = Components<Double>()
        for (index, value) in velocity.enumerated() { components[index] = value }
        return CellState(density: density, velocity: components, pressure: pressure)
    }

    func isClose(to other: CellStateValues) -> Bool {
        zip([density, pressure] + velocity, [other.density, other.pressure] + other.velocity)
            .allSatisfy { abs($0 - $1) < 1e-12 }
    }
}
