import Fluids
import Numerics
import Testing

/// Every fluid passes the same tests: its formulas belong together, whatever they are.
@Suite("Fluids") struct FluidConformanceTests {
    /// A sample of each kind; the switch asks for a row where a kind is added.
    private static func sample(_ kind: String) -> FluidModel? {
        let samples: [FluidModel] = [
            .ideal(IdealGas(heatRatio: 1.3, gasConstant: 0.7)),
            .stiffened(StiffenedGas(heatRatio: 4.4, stiffness: 6, gasConstant: 0.9)),
        ]
        return samples.first { model in
            switch model {
            case .ideal: kind == "ideal"
            case .stiffened: kind == "stiffened"
            }
        }
    }

    private static let kinds = FluidKind.all.map(\.name)
    private static let states = [(density: 1.2, pressure: 0.9), (0.01, 30), (7, 0.002)]

    @Test("every kind has a sample", arguments: kinds) func samples(_ kind: String) {
        #expect(Self.sample(kind) != nil)
    }

    @Test(
        "heat and pressure are each other's inverse, and their changes those of the values", arguments: kinds)
    func inverse(_ kind: String) throws {
        try visit(kind) { fluid in
            for (_, pressure) in Self.states {
                let heat = fluid.heat(pressure: pressure)
                #expect(isClose(fluid.pressure(heat: heat), pressure))
                let change = fluid.pressure(heat: heat + 0.25) - pressure
                #expect(isClose(fluid.pressureChange(heat: 0.25), change))
                #expect(isClose(fluid.heatChange(pressure: change), 0.25))
            }
        }
    }

    @Test("the speed of sound is that of small isentropic changes", arguments: kinds)
    func soundSpeed(_ kind: String) throws {
        try visit(kind) { fluid in
            for (density, pressure) in Self.states {
                // dp along de = p dρ/ρ², with h = ρe.
                let energy = fluid.heat(pressure: pressure) / density
                let moved = { (step: Double) in
                    let next = density * (1 + step)
                    let heat = next * (energy + pressure / density * step)
                    return fluid.pressure(heat: heat)
                }
                let slope = (moved(1e-5) - moved(-1e-5)) / (2e-5 * density)
                let speed = fluid.soundSpeed(pressure: pressure, density: density)
                #expect(abs(slope / (speed * speed) - 1) < 1e-4)
            }
        }
    }

    @Test("sound stands still at the least heat", arguments: kinds) func leastHeat(_ kind: String) throws {
        try visit(kind) { fluid in
            let pressure = fluid.pressure(heat: fluid.leastHeat)
            #expect(abs(fluid.reserve(pressure: pressure)) < 1e-14)
            #expect(fluid.soundSpeed(pressure: pressure, density: 1.3) < 1e-6)
            #expect(fluid.reserve(pressure: pressure + 1) > 0.99)
        }
    }

    @Test(
        "temperature and density belong together, and warming at constant pressure takes cp", arguments: kinds
    )
    func temperature(_ kind: String) throws {
        try visit(kind) { fluid in
            for (density, pressure) in Self.states {
                let temperature = fluid.temperature(pressure: pressure, density: density)
                #expect(isClose(fluid.density(pressure: pressure, temperature: temperature), density))
                let enthalpy = { (temperature: Double) in
                    (fluid.heat(pressure: pressure) + pressure)
                        / fluid.density(pressure: pressure, temperature: temperature)
                }
                let step = 1e-4 * temperature
                let slope = (enthalpy(temperature + step) - enthalpy(temperature - step)) / (2 * step)
                #expect(abs(slope / fluid.heatCapacity - 1) < 1e-6)
            }
            #expect(fluid.heatRatio > 1)
        }
    }

    @Test("with as much Σ as a fluid may carry the first-order flux keeps it admissible", arguments: kinds)
    func entropicRatio(_ kind: String) throws {
        try visit(kind) { fluid in
            for (density, pressure) in Self.states {
                for velocity in [-3.0, -0.1, 0, 0.7, 20] {
                    let sigma = fluid.largestEntropicRatio * fluid.reserve(pressure: pressure)
                    let total = pressure + sigma
                    let speed = abs(velocity) + fluid.soundSpeed(pressure: total, density: density)
                    let energy = fluid.heat(pressure: pressure) + density * velocity * velocity / 2
                    for sign in [-1.0, 1] {
                        // q ∓ F/λ; a constant part of the momentum flux cancels between faces, so that it may be counted
                        // from the least pressure.
                        let share = sign / speed
                        let push = fluid.reserve(pressure: total)
                        let mass = density + share * density * velocity
                        let momentum = density * velocity + share * (density * velocity * velocity + push)
                        let heat =
                            energy + share * velocity * (energy + total) - momentum * momentum / (2 * mass)
                        #expect(mass > 0)
                        #expect(heat - fluid.leastHeat > -1e-9 * (1 + energy))
                    }
                }
            }
        }
    }

    @Test("lanes, single cells, single precision and the law say the same", arguments: kinds)
    func agreement(_ kind: String) throws {
        let model = try #require(Self.sample(kind))
        let law = model.law
        try visit(kind) { fluid in
            for (density, pressure) in Self.states {
                let lanes = SIMD8<Double>(repeating: pressure)
                #expect(isClose(fluid.heat(pressure: lanes)[5], law.heat(pressure: pressure)))
                let square = fluid.soundSpeedSquared(
                    pressure: lanes, inverseDensity: SIMD8(repeating: 1 / density))
                let speed = law.soundSpeed(pressure: pressure, density: density)
                #expect(isClose(square[2], speed * speed))
                #expect(isClose(law.reserve(pressure: pressure), fluid.reserve(pressure: pressure)))
                let temperature = law.temperature(pressure: pressure, density: density)
                #expect(isClose(temperature, fluid.temperature(pressure: pressure, density: density)))
            }
        }
        switch model {
        case .ideal(let wide):
            #expect(abs(IdealGas<Float>(wide).heat(pressure: 0.9).double - wide.heat(pressure: 0.9)) < 1e-6)
        case .stiffened(let wide):
            #expect(
                abs(StiffenedGas<Float>(wide).heat(pressure: 0.9).double - wide.heat(pressure: 0.9)) < 1e-5)
        }
    }

    @Test("conserved and primitive variables are each other's inverse", arguments: kinds)
    func variables(_ kind: String) throws {
        let law = try #require(Self.sample(kind)).law
        for rank in 1...3 {
            let primitive = [1.3] + [0.4, -2, 0.6].prefix(rank) + [0.8]
            let back = law.primitive(conserved: law.conserved(primitive: primitive))
            #expect(zip(back, primitive).allSatisfy { isClose($0, $1) })
            #expect(Variable.conserved(rank: rank).count == primitive.count)
        }
    }

    private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * max(1, abs(a), abs(b)) }

    private func visit(_ kind: String, _ body: (any Fluid<Double>) -> Void) throws {
        switch try #require(Self.sample(kind)) {
        case .ideal(let fluid): body(fluid)
        case .stiffened(let fluid): body(fluid)
        }
    }
}
