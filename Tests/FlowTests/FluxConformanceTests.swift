import Flow
import Fluids
import Numerics
import Testing

/// Every numerical flux passes the same tests, in every number of dimensions, every fluid and both precisions.
@Suite("Numerical fluxes") struct FluxConformanceTests {
    struct NoVisit: FluidVisitor {
        func visit<F: Fluid>(_ fluid: F, _ law: FluidLaw) {}
    }

    @Test("every kind of fluid has a row") func fluids() throws {
        #expect(try NoVisit().visitAll() == FluidKind.all.map(\.name))
    }

    struct Consistency: FluidVisitor {
        let options: NumericsOptions
        func visit<F: Fluid>(_ fluid: F, _ law: FluidLaw) {
            let states = [[1.3, 0.4, -0.7, 0.2, 2.1], [0.2, -3, 1, 0.5, 0.3], [4, 0, 0, 0, 10]]
            for rank in 1...3 {
                let bench = FluxBench(rank, options, fluid, law)
                for direction in 0..<rank {
                    for full in states {
                        let state = [full[0]] + full[1..<1 + rank] + [full[4]]
                        let found = bench.flux(
                            cells: Array(repeating: state, count: 6), direction: direction)
                        let expected = bench.physicalFlux(state, direction: direction)
                        for (a, b) in zip(found.flux, expected) {
                            #expect(abs(a - b) <= 4 * bench.tolerance * (1 + abs(b)), "\(F.self) \(rank)")
                        }
                        #expect(found.fallbacks == 0)
                    }
                }
            }
        }
    }

    @Test("equal cells give the physical flux", arguments: FluxChoice.all)
    func consistency(choice: FluxChoice) throws {
        try Consistency(options: choice.options()).visitAll()
    }

    /// A wave with a kink, steeper in thermodynamics than in velocity.
    static func wavyCells(rank: Int) -> [[Double]] {
        (0..<6).map { k in
            let place = Double(k)
            let velocity = (0..<rank).map { 0.3 * Double($0 + 1) - 0.05 * place }
            return [1 + 0.1 * place] + velocity + [1 + 0.2 * place * place]
        }
    }

    static func mirrored(_ cells: [[Double]], _ direction: Int) -> [[Double]] {
        cells.reversed().map { state in
            var state = state
            state[1 + direction] *= -1
            return state
        }
    }

    struct Mirror: FluidVisitor {
        let options: NumericsOptions
        let flow: Double
        let exactly: Bool
        func visit<F: Fluid>(_ fluid: F, _ law: FluidLaw) {
            for rank in 1...3 {
                let bench = FluxBench(rank, options, fluid, law, flow: flow)
                let cells = wavyCells(rank: rank)
                for direction in 0..<rank {
                    let found = bench.flux(cells: cells, direction: direction).flux
                    let image = bench.flux(cells: mirrored(cells, direction), direction: direction).flux
                    for index in 0..<rank + 2 {
                        let sign = index == 1 + direction ? 1.0 : -1.0
                        let allowed = exactly ? 0 : 4 * bench.tolerance * (1 + abs(found[index]))
                        #expect(
                            abs(found[index] - sign * image[index]) <= allowed, "\(F.self) \(rank) \(index)")
                    }
                }
            }
        }
    }

    @Test("a mirrored stencil gives the mirrored flux", arguments: FluxChoice.all)
    func mirror(choice: FluxChoice) throws {
        try Mirror(options: choice.options(), flow: 0.2, exactly: false).visitAll()
    }

    @Test("fluxes are mirrored to the bit where the reference is at rest", arguments: FluxChoice.all)
    func exactMirror(choice: FluxChoice) throws {
        try Mirror(options: choice.options(), flow: 0, exactly: true).visitAll()
    }

    struct MovingContact: FluidVisitor {
        let options: NumericsOptions
        func visit<F: Fluid>(_ fluid: F, _ law: FluidLaw) {
            let bench = FluxBench(1, options, fluid, law)
            let cells = (0..<6).map { [$0 < 3 ? 1.0 : 0.2, 0.6, 1.5] }
            let flux = bench.flux(cells: cells, direction: 0).flux
            // Momentum flux − p = u × mass flux.
            #expect(abs(flux[1] - 1.5 - 0.6 * flux[0]) < 10 * bench.tolerance, "\(F.self)")
        }
    }

    @Test("velocity and pressure stay constant across a jump in density", arguments: FluxChoice.all)
    func movingContact(choice: FluxChoice) throws {
        try MovingContact(options: choice.options()).visitAll()
    }

    struct RestingContact: FluidVisitor {
        let options: NumericsOptions
        func visit<F: Fluid>(_ fluid: F, _ law: FluidLaw) {
            let bench = FluxBench(2, options, fluid, law)
            let cells = (0..<6).map { [$0 < 3 ? 1.0 : 0.2, 0, $0 < 3 ? 0.7 : -0.4, 1.5] }
            let flux = bench.flux(cells: cells, direction: 0).flux
            for (found, expected) in zip(flux, [0, 1.5, 0, 0]) {
                #expect(abs(found - expected) < 10 * bench.tolerance, "\(F.self)")
            }
        }
    }

    @Test(
        "HLLC lets nothing through a contact or shear layer at rest", arguments: FluxChoice.godunov([.hllc]))
    func restingContact(choice: FluxChoice) throws {
        try RestingContact(options: choice.options()).visitAll()
    }

    struct Protection: FluidVisitor {
        let options: NumericsOptions
        func visit<F: Fluid>(_ fluid: F, _ law: FluidLaw) {
            for rank in 1...3 {
                let bench = FluxBench(rank, options, fluid, law)
                let cells = wavyCells(rank: rank)
                let (left, right) = (cells[2], cells[3])
                for direction in 0..<rank {
                    let speed =
                        [left, right].map { abs($0[1 + direction]) + bench.soundSpeed($0) }.max() ?? 0
                    let harmless = bench.flux(cells: cells, direction: direction, reach: 0.01 / speed)
                    #expect(harmless.fallbacks == 0)
                    // A hundred times the time step that any flux could bear.
                    let found = bench.flux(cells: cells, direction: direction, reach: 100 / speed)
                    #expect(found.fallbacks == found.count)
                    let fluxes = [left, right].map { bench.physicalFlux($0, direction: direction) }
                    let states = [left, right].map { law.conserved(primitive: $0) }
                    for index in 0..<rank + 2 {
                        let mean = (fluxes[0][index] + fluxes[1][index]) / 2
                        let expected = mean - speed / 2 * (states[1][index] - states[0][index])
                        #expect(
                            abs(found.flux[index] - expected) < 10 * bench.tolerance * (1 + abs(expected)))
                    }
                }
            }
        }
    }

    @Test("a flux that would empty a cell gives way to local Lax–Friedrichs", arguments: FluxChoice.all)
    func protection(choice: FluxChoice) throws {
        try Protection(options: choice.options()).visitAll()
    }

    /// Fluid at rest: a face pushes with ±κp̂ and takes no mass, so that ½κ²p̂²/ρ is what the heat above its least loses. p̂ is
    /// counted from the least pressure, as in the ideal gas that the fluid moves like; a constant cancels between faces.
    struct Threshold: FluidVisitor {
        let options: NumericsOptions
        func visit<F: Fluid>(_ fluid: F, _ law: FluidLaw) {
            let (density, pressure) = (1.3, 0.7)
            let spare = law.heat(pressure: pressure) - fluid.leastHeat.double
            let limit = (2 * 0.9 * density * spare).squareRoot() / law.reserve(pressure: pressure)
            for rank in 1...3 {
                let bench = FluxBench(rank, options, fluid, law)
                let state = [density] + Array(repeating: 0, count: rank) + [pressure]
                let cells = Array(repeating: state, count: 6)
                for direction in 0..<rank {
                    let below = bench.flux(cells: cells, direction: direction, reach: 0.99 * limit)
                    let above = bench.flux(cells: cells, direction: direction, reach: 1.01 * limit)
                    #expect(below.fallbacks == 0, "\(F.self)")
                    #expect(above.fallbacks == above.count, "\(F.self)")
                }
            }
        }
    }

    @Test("a flux may take nine tenths of the heat above the fluid's least", arguments: FluxChoice.all)
    func threshold(choice: FluxChoice) throws {
        try Threshold(options: choice.options()).visitAll()
    }
}
