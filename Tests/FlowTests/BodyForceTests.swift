import Flow
import Foundation
import Testing

/// A flow given by expressions, put on a grid around a body; nothing is advanced.
private func computation(_ text: String, _ overrides: String...) throws -> (BodyForces, any FlowComputation) {
    let flowCase = try CaseReader.read(
        text: text, overrides: overrides + ["numerics.storage=\"float64\"", "numerics.scheme=\"weno-hllc\""]
    ).flowCase
    return (BodyForces(flowCase), try FlowSolverFactory.make(flowCase))
}

private func circle(cells: Int, pressure: String, velocity: String = "[0.0, 0.0]", more: String = "")
    -> String
{
    """
    [gas]
    viscosity = 0.1
    [domain]
    cells = [\(cells), \(cells)]
    lower = [-2.0, -2.0]
    upper = [2.0, 2.0]
    [boundaries]
    x = "outflow"
    y = "outflow"
    [initial]
    density = 1.0
    velocity = \(velocity)
    pressure = "\(pressure)"
    [[body]]
    name = "cylinder"
    shape = "circle"
    center = [0.03, 0.01]
    radius = 1.0
    \(more)
    [time]
    end = 1.0
    """
}

@Suite("Forces on bodies, on analytic flows") struct BodyForceTests {
    @Test("A uniform pressure makes no force, to round-off") func uniform() throws {
        let (meter, flow) = try computation(circle(cells: 40, pressure: "7.0"))
        let force = try #require(meter.sample(flow).first)
        #expect(force.pressure.length < 1e-11)
        #expect(abs(force.moment.z) < 1e-11)
    }

    @Test("A linear pressure is buoyancy: minus its gradient times the displaced area") func buoyancy() throws
    {
        let (meter, flow) = try computation(circle(cells: 40, pressure: "7 + 0.5*x - 0.25*y"))
        let force = try #require(meter.sample(flow).first)
        #expect(abs(force.pressure.x / (-0.5 * .pi) - 1) < 2e-3)
        #expect(abs(force.pressure.y / (0.25 * .pi) - 1) < 2e-3)
    }

    @Test("The pressure of potential flow is met at the wall at second order or better") func potential()
        throws
    {
        // C_p of a doublet in a stream, continued smoothly into the body.
        let pressure = "7 + ((x-0.03)^2 - (y-0.01)^2)/max((x-0.03)^2 + (y-0.01)^2, 0.2)^2"
        let errors = try [24, 48].map { cells in
            let (meter, flow) = try computation(circle(cells: cells, pressure: pressure))
            let surface = try #require(meter.surface(flow).first)
            let (x, y, found) = (surface["x"] ?? [], surface["y"] ?? [], surface["pressure"] ?? [])
            return found.indices.map { index -> Double in
                let (a, b) = (x[index] - 0.03, y[index] - 0.01)
                return abs(found[index] - 7 - (a * a - b * b))
            }.reduce(0, +) / Double(found.count)
        }
        #expect(errors[1] < 6e-3)
        #expect(errors[1] < errors[0] / 4)
    }

    @Test("A gas that rotates about a body at rest drags it round: torque 4πμΩ") func torque() throws {
        // u_θ = Ω(r − 1/r): with u = 0 on the wall and ∂u_θ/∂r = 2Ω there.
        let factor = "(1 - 1/max((x-0.03)^2 + (y-0.01)^2, 0.1))"
        let velocity = "[\"-0.1*(y-0.01)*\(factor)\", \"0.1*(x-0.03)*\(factor)\"]"
        let errors = try [32, 64].map { cells in
            let (meter, flow) = try computation(
                circle(cells: cells, pressure: "7", velocity: velocity, more: "wall = \"no-slip\""))
            let force = try #require(meter.sample(flow).first)
            #expect(force.viscous.length < 1e-3)
            return abs(force.moment.z / (4 * .pi * 0.1 * 0.1) - 1)
        }
        #expect(errors[1] < 0.01)
        #expect(errors[1] < errors[0] / 2.5)
    }

    @Test("A slip wall has no friction") func slip() throws {
        let (meter, flow) = try computation(circle(cells: 32, pressure: "7", velocity: "[\"y\", 0.0]"))
        #expect(try #require(meter.sample(flow).first).viscous.length == 0)
    }

    @Test("Half a body on a symmetry plane has the drag coefficient of the whole") func half() throws {
        let pressure = "7 - x + 0.3*x^2"
        let text = circle(cells: 40, pressure: pressure, velocity: "[1.0, 0.0]")
        let (whole, flow) = try computation(text, "body.0.center=[0.0, 0.0]")
        let (half, halfFlow) = try computation(
            text, "body.0.center=[0.0, 0.0]", "domain.cells=[40, 20]", "domain.lower=[-2.0, 0.0]",
            "boundaries.y={ lower = \"wall\", upper = \"outflow\" }")
        let first = try #require(whole.sample(flow).first?.dragCoefficient)
        let second = try #require(half.sample(halfFlow).first?.dragCoefficient)
        #expect(abs(first - .pi) < 0.02)
        #expect(abs(first - second) < 1e-3)
    }

    @Test("A sphere in a linear pressure has the buoyancy of its volume") func sphere() throws {
        let (meter, flow) = try computation(
            """
            [domain]
            cells = [24, 24, 24]
            lower = [-1.0, -1.0, -1.0]
            upper = [1.0, 1.0, 1.0]
            [boundaries]
            x = "outflow"
            y = "outflow"
            z = "outflow"
            [initial]
            density = 1.0
            velocity = [0.0, 0.0, 2.0]
            pressure = "5 + 0.5*z"
            [[body]]
            shape = "sphere"
            center = [0.01, 0.0, 0.02]
            radius = 0.6
            [time]
            end = 1.0
            """)
        let force = try #require(meter.sample(flow).first)
        #expect(abs(force.drag / (-0.5 * 4 / 3 * .pi * 0.216) - 1) < 0.01)
        #expect(abs(meter.frontalAreas[0] / (.pi * 0.36) - 1) < 0.01)
        #expect(abs(force.lift) < 1e-3)
    }
}

@Suite("The dominating frequency of a series") struct DominantFrequencyTests {
    private func series(_ frequency: Double, count: Int) -> (times: [Double], values: [Double]) {
        // Uneven steps, a trend, a mean and a weak second harmonic.
        let times = (0..<count).map { Double($0) * 0.05 + 0.01 * sin(Double($0)) }
        let values = times.map {
            3 + 0.1 * $0 + 0.7 * sin(2 * .pi * frequency * $0 + 0.4) + 0.1 * sin(4 * .pi * frequency * $0)
        }
        return (times, values)
    }

    @Test("Frequency and amplitude of a sine on a trend", arguments: [0.311, 0.83, 1.7])
    func sine(frequency: Double) throws {
        let (times, values) = series(frequency, count: 600)
        let found = try #require(DominantFrequency(times: times, values: values))
        #expect(abs(found.frequency / frequency - 1) < 2e-3)
        #expect(abs(found.amplitude / 0.7 - 1) < 0.03)
    }

    @Test("No oscillation, no frequency") func constant() {
        #expect(
            DominantFrequency(times: (0..<20).map(Double.init), values: Array(repeating: 2, count: 20)) == nil
        )
        #expect(DominantFrequency(times: [0, 1], values: [0, 1]) == nil)
    }
}
