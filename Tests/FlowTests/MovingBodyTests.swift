import Flow
import Geometry
import Testing

/// What holds for bodies that move, beyond what holds for all.
@Suite("Moving bodies") struct MovingBodyTests {
    private static let motion =
        "body.0.motion={ displacement = [\"-0.2*t\", \"0.1*sin(3*t)\"], angle = \"40*t\" }"

    @Test("the number of threads changes nothing", arguments: BodyConformanceTests.walls)
    func threads(wall: [String]) throws {
        let text = BodyConformanceTests.stream(rank: 2, cells: 72)
        let one = try Computation(text, overrides: wall + [Self.motion, "numerics.threads=1"])
        let three = try Computation(text, overrides: wall + [Self.motion, "numerics.threads=3"])
        try one.run(steps: 12)
        try three.run(steps: 12)
        #expect(three.solver.workers == 3)
        #expect(one.fields == three.fields)
    }

    @Test(
        "a body that moves with the gas leaves a uniform stream as it is", arguments: SchemeKind.allCases,
        2...3)
    func carried(scheme: SchemeKind, rank: Int) throws {
        let velocity = ["0.5*t", "0", "0"].prefix(rank).map { "\"\($0)\"" }.joined(separator: ", ")
        let run = try Computation(
            BodyConformanceTests.stream(
                rank: rank, cells: rank == 2 ? 24 : 16, mach: 0.5, boundary: "periodic"),
            overrides: [
                "body.0.motion={ displacement = [\(velocity)] }", "numerics.scheme=\"\(scheme.rawValue)\"",
            ])
        try run.run()
        let solid = SolidCells(run.flowCase.moved(to: run.solver.time))
        for (values, expected) in zip(run.fields, [1.4, 0.7]) {
            let errors = values.indices.filter { !solid.isSolid($0) }.map { abs(values[$0] - expected) }
            #expect((errors.max() ?? 1) < 1e-7)
        }
    }

    @Test("a body in motion sees what a body at rest sees in the opposite stream")
    func relativity() throws {
        func pressure(stream: Double, body: Double) throws -> Double {
            let text = BodyConformanceTests.stream(rank: 2, cells: 96, mach: stream)
            let run = try Computation(
                text,
                overrides: [
                    "domain.lower=[-2.4, -1.2]", "domain.upper=[2.4, 1.2]", "domain.cells=[128, 64]",
                    "body.0.motion={ displacement = [\"\(body)*t\", 0.0] }", "time.end=0.6",
                ])
            try run.run()
            let forces = BodyForces(run.flowCase).moved(to: run.solver.time)
            return forces.sample(run.solver)[0].pressure.x
        }
        let still = try pressure(stream: 2, body: 0)
        let moving = try pressure(stream: 0, body: -2)
        #expect(abs(moving / still - 1) < 0.02, "\(moving) against \(still)")
    }

    @Test("points of a wall have the velocity and the acceleration of the prescribed motion")
    func kinematics() throws {
        let text = BodyConformanceTests.stream(rank: 2, cells: 24)
        let key = "body.0.motion={ displacement = [\"0.3*t^2\", \"0.2*t\"], angle = \"90*t\" }"
        let body = try CaseReader.read(text: text, overrides: [key]).flowCase.bodies[0].moved(to: 1)
        let motion = try #require(body.wallMotion)
        // A quarter turn a second about a centre that is at (0.3, 0.2), and moves with (0.6, 0.2), accelerated by (0.6, 0).
        let (turn, arm) = (Double.pi / 2, [0.25, -0.1])
        let point = Point(0.3 + arm[0], 0.2 + arm[1], 0)
        let (velocity, acceleration) = (motion.velocity(at: point), motion.acceleration(at: point))
        #expect(abs(velocity.x - (0.6 - turn * arm[1])) < 1e-6)
        #expect(abs(velocity.y - (0.2 + turn * arm[0])) < 1e-6)
        #expect(abs(acceleration.x - (0.6 - turn * turn * arm[0])) < 1e-4)
        #expect(abs(acceleration.y + turn * turn * arm[1]) < 1e-4)
    }
}
