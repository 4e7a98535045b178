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

    static func ghost(_ kind: BoundaryKind, direction: Int, isLower: Bool) -> CellStateValues {
        ghost(
            BoundarySpecification(kind: kind, patches: []), direction: direction, isLower: isLower,
            position: 1)
    }

    /// The second ghost layer of a 2-D face whose three interior layers all hold `inside`.
    static func ghost(
        _ specification: BoundarySpecification, direction: Int, isLower: Bool, position: Int
    ) -> CellStateValues {
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
                    inside.state.store(at: start + index * layer + position, stride: stride, in: medium)
                }
            }
            let line = GhostLine(
                interior: (start, start + layer, start + 2 * layer),
                ghost: (start + 3 * layer, start + 4 * layer, start + 5 * layer), variableStride: stride,
                positionStride: 1, count: 4, direction: direction, isLower: isLower, medium: medium)
            face.fill(line, line: 0, start: 0)
            return CellStateValues(CellState(at: start + 4 * layer + position, stride: stride, in: medium))
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
