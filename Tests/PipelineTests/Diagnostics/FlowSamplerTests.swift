import Flow
import Foundation
import Testing

@Suite("Diagnostics of a flow")
struct FlowSamplerTests {
    /// The sampler and the initial state of a case in double precision.
    private func start(_ text: String, _ overrides: String...) throws -> (FlowSampler, any FlowComputation) {
        let flowCase = try CaseReader.read(
            text: text, overrides: overrides + ["numerics.storage=\"float64\""]
        ).flowCase
        return (FlowSampler(flowCase), try FlowSolverFactory.make(flowCase))
    }

    private static let rotation = """
        [gas]
        gas_constant = 2.0
        [domain]
        cells = [10, 8]
        lower = [-1.0, -1.0]
        upper = [1.0, 1.0]
        [boundaries]
        x = "outflow"
        y = "outflow"
        [initial]
        density = "10 + 3*x - 4*y"
        velocity = ["-y", "x"]
        pressure = 5.0
        [time]
        end = 1.0
        """

    @Test("Solid rotation has the vorticity 2 everywhere, edges included")
    func vorticity() throws {
        let (sampler, flow) = try start(Self.rotation)
        #expect(sampler.values(.vorticity(2), of: flow).allSatisfy { abs($0 - 2) < 1e-6 })
        #expect(abs(sampler.totals(of: flow).enstrophy - 0.5 * 4 * 4) < 1e-12)
    }

    @Test("A linear density has a constant gradient")
    func schlieren() throws {
        let (sampler, flow) = try start(Self.rotation)
        #expect(sampler.values(.schlieren, of: flow).allSatisfy { abs($0 - 5) < 1e-5 })
    }

    @Test("Components of the vorticity in space, around periodic ends too")
    func vorticityInSpace() throws {
        let (sampler, flow) = try start(
            TinyCase.cube, "domain.cells=[8,8,64]",
            "initial.velocity=[\"sin(4*pi*z)\",\"cos(4*pi*z)\",0.5]")
        let component = sampler.values(.vorticity(0), of: flow)
        // ω = (4π sin 4πz, 4π cos 4πz, 0): of constant magnitude, which central differences scale by
        // sin(kh)/(kh).
        let angle = 4 * Double.pi * 0.5 / 64
        let expected = Float(4 * Double.pi * sin(angle) / angle)
        #expect(sampler.values(.vorticityMagnitude, of: flow).allSatisfy { abs($0 - expected) < 1e-4 })
        #expect(abs(component[0] - expected * Float(sin(angle / 2))) < 1e-4)
        #expect(sampler.values(.vorticity(2), of: flow).allSatisfy { abs($0) < 1e-6 })
    }

    @Test("Derived fields follow from the state")
    func derived() throws {
        let (sampler, flow) = try start(Self.rotation)
        let density = sampler.values(.density, of: flow)
        let speed = zip(sampler.values(.velocity(0), of: flow), sampler.values(.velocity(1), of: flow))
            .map { ($0 * $0 + $1 * $1).squareRoot() }
        let mach = zip(speed, density).map { $0 / (1.4 * 5 / $1).squareRoot() }
        let temperature = density.map { 5 / ($0 * 2) }
        #expect(zip(sampler.values(.mach, of: flow), mach).allSatisfy { abs($0 - $1) < 1e-5 })
        #expect(zip(sampler.values(.temperature, of: flow), temperature).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test("Totals do not depend on the number of threads, to the last bit")
    func threads() throws {
        let totals = try [1, 2, 3, 7].map { count in
            let (sampler, flow) = try start(TinyCase.square, "numerics.threads=\(count)")
            return sampler.totals(of: flow)
        }
        #expect(totals.allSatisfy { $0 == totals[0] })
        #expect(totals[0].mass > 0)
    }

    @Test("Mass, momentum and energy of a uniform flow")
    func uniform() throws {
        let (sampler, flow) = try start(TinyCase.cube, "initial.density=2.0")
        let totals = sampler.totals(of: flow)
        let volume = 0.375
        #expect(abs(totals.mass - 2 * volume) < 1e-12)
        #expect(abs(totals.momentum[0] - volume) < 1e-12)
        #expect(abs(totals.kineticEnergy - 0.25 * volume) < 1e-12)
        #expect(abs(totals.energy - (2.5 + 0.25) * volume) < 1e-12)
    }

    @Test("A probe interpolates linearly between cell centres", arguments: [[0.13, -0.37], [0.5, 0.5]])
    func probe(position: [Double]) throws {
        let (sampler, flow) = try start(Self.rotation)
        let state = Dictionary(uniqueKeysWithValues: sampler.state(at: position, of: flow))
        let expected = [
            "velocity_x": -position[1], "velocity_y": position[0],
            "density": 10 + 3 * position[0] - 4 * position[1], "pressure": 5,
        ]
        for (name, value) in expected {
            let found = try #require(state[name])
            #expect(abs(found - value) < 1e-12, "\(name)")
        }
    }

    @Test("A probe beside a periodic end sees the cells beyond it")
    func periodicProbe() throws {
        let (sampler, flow) = try start(TinyCase.cube)
        let ends = [0.0, 1.0].map { sampler.state(at: [$0, 0.1, 0.1], of: flow)[0].1 }
        #expect(abs(ends[0] - 1) < 1e-12)
        #expect(abs(ends[1] - 1) < 1e-12)
    }

    @Test(
        "A probe in the outermost half of a cell follows a linear field, up to the corners of the domain",
        arguments: 1...3)
    func outermostProbe(rank: Int) throws {
        let axes = ["x", "y", "z"].prefix(rank)
        let list = { (words: [String]) in "[" + words.joined(separator: ", ") + "]" }
        let cells = list(Array(["8", "7", "6"].prefix(rank)))
        let (sampler, flow) = try start(
            """
            [domain]
            cells = \(cells)
            lower = \(list(axes.map { _ in "-1.0" }))
            upper = \(list(axes.map { _ in "1.0" }))
            [boundaries]
            \(axes.map { "\($0) = \"outflow\"" }.joined(separator: "\n"))
            [initial]
            density = "\((["10"] + zip(["3*x", "- 4*y", "2*z"], axes).map(\.0)).joined(separator: " + "))"
            velocity = \(list(axes.map { "\"\($0)\"" }))
            pressure = 5.0
            [time]
            end = 1.0
            """)
        for corner in 0..<1 << rank {
            for depth in [1.0, 0.97] {
                let position = (0..<rank).map { (corner >> $0 & 1 == 0 ? -1 : 1) * depth }
                let state = sampler.state(at: position, of: flow)
                let density = 10 + zip([3.0, -4.0, 2.0], position).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(state[0].1 - density) < 1e-12, "\(position)")
                for axis in 0..<rank { #expect(abs(state[1 + axis].1 - position[axis]) < 1e-12) }
            }
        }
    }

    @Test("A probe does not make up a vacuum: where the line leads to one, the outermost state holds")
    func probeBesideJump() throws {
        let (sampler, flow) = try start(
            Self.rotation, "initial.density=\"if(x < -0.8, 0.1, 1)\"", "initial.velocity=[0.0,0.0]")
        let state = Dictionary(uniqueKeysWithValues: sampler.state(at: [-1, 0.0], of: flow))
        #expect(abs((state["density"] ?? .nan) - 0.1) < 1e-12)
        #expect(abs((state["pressure"] ?? .nan) - 5) < 1e-12)
    }

    @Test("velocity stands for its components, and nothing is stored twice")
    func names() {
        #expect(
            FlowField.named(["velocity_y", "velocity", "mach"], rank: 2).map(\.name)
                == ["velocity_y", "velocity_x", "mach"])
    }
}
