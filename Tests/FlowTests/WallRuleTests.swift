import Flow
import Fluids
import Foundation
import Testing

/// What each rule of a wall puts into a ghost cell, against exact flows past walls.
@Suite("Rules of walls") struct WallRuleTests {
    private static let law = FluidLaw(IdealGas<Double>(heatRatio: 1.4))
    private static let mean = [0.7, 0.1, -0.2, 2]

    /// A ghost of a wall whose normal is x.
    private func ghost(
        _ rule: WallRule, ratio: Double = 1, span: Double = 0.1, curvature: Double = 0,
        velocity: [Double] = [0, 0],
        acceleration: Double = 0
    ) -> GhostCell<Double> {
        var normal = Components<Double>()
        normal[0] = 1
        var wall = Components<Double>()
        for (axis, value) in velocity.enumerated() { wall[axis] = value }
        var tensor = SymmetricTensor()
        tensor.add(curvature / 2, 1, 1)
        return GhostCell(
            normal: normal, ratio: ratio, span: span, curvature: tensor, rule: rule, wallVelocity: wall,
            wallAcceleration: acceleration)
    }

    /// The state that a ghost makes of its image's.
    private func reflect(_ ghost: GhostCell<Double>, _ image: CellStateValues) -> CellStateValues {
        let fluid = IdealGas<Double>(heatRatio: 1.4)
        let medium = Medium(
            variables: CellVariables(directions: 2, viscous: false), fluid: fluid,
            reference: ReferenceState(conserved: Self.mean, law: Self.law))
        var values = [Double](repeating: 0, count: medium.variables.count)
        return values.withUnsafeMutableBufferPointer { cell in
            guard let start = cell.baseAddress else { return image }
            image.state.store(at: start, stride: 1, in: medium)
            ghost.reflect(start, in: medium)
            return CellStateValues(CellState(at: start, stride: 1, in: medium))
        }
    }

    private static let image = CellStateValues(density: 1.2, velocity: [0.3, -0.4], pressure: 0.9)

    /// What a flat wall at rest makes of the image, at half its distance.
    private func expected(_ rule: WallRule) -> CellStateValues {
        switch rule {
        case .slip: CellStateValues(density: 1.2, velocity: [-0.15, -0.4], pressure: 0.9)
        case .adiabatic: CellStateValues(density: 1.2, velocity: [-0.15, 0.2], pressure: 0.9)
        case .isothermal(let wall):
            // T = p/ρ on a straight line from the image through the wall.
            CellStateValues(density: 0.9 / (wall + (wall - 0.75) / 2), velocity: [-0.15, 0.2], pressure: 0.9)
        case .penalised(slips: true): CellStateValues(density: 1.2, velocity: [0, -0.4], pressure: 0.9)
        case .penalised(slips: false): CellStateValues(density: 1.2, velocity: [0, 0], pressure: 0.9)
        }
    }

    /// Every kind of wall in every representation.
    private static let rules = BodyRepresentation.allCases.flatMap { representation in
        WallKind.Name.allCases.flatMap { name -> [WallKind] in
            switch name {
            case .slip: [.slip]
            case .noSlip: [.noSlip(temperature: nil), .noSlip(temperature: 0.8)]
            }
        }.map { WallRule($0, representation) }
    }

    @Test("flat walls at rest", arguments: rules) func flat(rule: WallRule) {
        let found = reflect(ghost(rule, ratio: 0.5), Self.image)
        #expect(found.isClose(to: expected(rule)), "\(found)")
    }

    @Test("a wall in motion does the same in its own frame", arguments: rules) func moving(rule: WallRule) {
        var image = Self.image
        image.velocity = [0.3 + 0.6, -0.4 + 0.5]
        var wanted = expected(rule)
        wanted.velocity = [wanted.velocity[0] + 0.6, wanted.velocity[1] + 0.5]
        let found = reflect(ghost(rule, ratio: 0.5, velocity: [0.6, 0.5]), image)
        #expect(found.isClose(to: wanted), "\(found)")
    }

    /// The largest difference of the ghost from an exact flow, which is given by the distance from the wall.
    private func error(
        _ distance: Double, curvature: Double, acceleration: Double, _ flow: (Double) -> CellStateValues
    )
        -> Double
    {
        let rule = ghost(.slip, span: 2 * distance, curvature: curvature, acceleration: acceleration)
        let (found, exact) = (reflect(rule, flow(distance)), flow(-distance))
        let pairs = zip(
            [found.density, found.pressure] + found.velocity,
            [exact.density, exact.pressure] + exact.velocity)
        return pairs.map { abs($0 - $1) }.max() ?? .infinity
    }

    @Test("around a curved wall the ghost continues a vortex, of one entropy and one total enthalpy")
    func curved() {
        // u = R/r: p and ρ follow from c²/(γ − 1) + u²/2.
        let flow = { (distance: Double) in
            let speed = 0.8 * 2 / (2 + distance)
            let square = 1.4 - 0.2 * (speed * speed - 0.64)
            let density = pow(square / 1.4, 2.5)
            return CellStateValues(density: density, velocity: [0, speed], pressure: density * square / 1.4)
        }
        let errors = [0.08, 0.04].map { error($0, curvature: 0.5, acceleration: 0, flow) }
        #expect(errors[1] < errors[0] / 3.5, "\(errors)")
    }

    @Test("an accelerated wall pushes the gas in front of it, of one entropy")
    func accelerated() {
        // In the frame of the wall dp/dx = −ρa: c² = c₀² − (γ − 1)ax.
        let flow = { (distance: Double) in
            let square = 1.4 - 0.4 * 0.7 * distance
            let density = pow(square / 1.4, 2.5)
            return CellStateValues(density: density, velocity: [0, 0.3], pressure: density * square / 1.4)
        }
        let errors = [0.08, 0.04].map { error($0, curvature: 0, acceleration: 0.7, flow) }
        #expect(errors[1] < errors[0] / 3.5, "\(errors)")
    }
}
