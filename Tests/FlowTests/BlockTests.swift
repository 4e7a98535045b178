import Flow
import Testing

/// A grid cut into blocks that share nothing but what they exchange gives the bits of the whole one: in every field, in
/// totals, at probes and on bodies.
@Suite("Blocks") struct BlockTests {
    /// What is cut: everything in the solver that looks beyond a plane.
    enum Subject: String, CaseIterable {
        case periodic, walls, viscous, patches, characteristic, space, body, thinBody, movingBody, weno, full
        case gated, gatedThinBody, gatedSpace

        /// The case but for its storage.
        var text: String {
            switch self {
            case .periodic: Self.plane(boundaries: "x = \"periodic\"\ny = \"periodic\"")
            case .walls: Self.plane(boundaries: "x = \"wall\"\ny = \"wall\"")
            case .viscous:
                "[gas]\nviscosity = 0.01\n"
                    + Self.plane(
                        boundaries: """
                            x = "periodic"
                            y = { lower = { kind = "no-slip", velocity = [0.4, 0.0] }, upper = { kind = "no-slip", temperature = 1.2 } }
                            """)
            case .patches:
                Self.plane(
                    boundaries: """
                        x = { lower = "wall", upper = { kind = "wall", patches = [ { where = "y > 0.4", kind = "outflow" } ] } }
                        y = { lower = { kind = "inflow", density = "1 + 0.1*x", velocity = [0.1, "0.5 + t"], pressure = 1.0 }, upper = "outflow" }
                        """)
            case .characteristic:
                Self.plane(
                    boundaries: """
                        x = "periodic"
                        y = { kind = "characteristic", density = 1.0, velocity = [0.1, 0.2], pressure = 1.0 }
                        """)
            case .space: Self.spaceText
            case .body: Self.plane(boundaries: "x = \"wall\"\ny = \"periodic\"") + Self.circle(radius: 0.21)
            case .thinBody:
                Self.plane(boundaries: "x = \"periodic\"\ny = \"wall\"")
                    + """

                    [[body]]
                    name = "plate"
                    shape = "box"
                    center = [0.5, 0.5]
                    size = [0.4, 0.06]
                    """
            case .movingBody:
                Self.plane(boundaries: "x = \"periodic\"\ny = \"periodic\"") + Self.circle(radius: 0.19)
                    + "motion = { displacement = [\"0.3*t\", \"-0.5*t\"] }\n"
            case .weno: Self.plane(boundaries: "x = \"wall\"\ny = \"wall\"", scheme: "weno-hllc")
            case .full:
                Self.plane(boundaries: "x = \"periodic\"\ny = \"wall\"").replacing(
                    "[time]", with: "source = \"full\"\nelliptic = \"red-black\"\n[time]")
            case .gated: Self.gated(.patches)
            case .gatedThinBody: Self.gated(.thinBody)
            case .gatedSpace: Self.gated(.space)
            }
        }

        private static func gated(_ subject: Subject) -> String {
            subject.text.replacing("[numerics]", with: "[numerics]\nsource = \"gated\"")
        }

        private static func plane(boundaries: String, scheme: String = "igr") -> String {
            """
            [domain]
            cells = [70, 23]
            lower = [0.0, 0.0]
            upper = [1.0, 1.0]
            [boundaries]
            \(boundaries)
            [initial]
            density = "1 + 0.3*sin(2*pi*(x + y))"
            velocity = ["0.4*sin(2*pi*y)", "0.5*cos(2*pi*x)"]
            pressure = "1 + 0.4*cos(2*pi*(x - y))"
            [[initial.region]]
            box = { lower = [0.1, 0.55], upper = [0.5, 0.8] }
            pressure = 6.0
            [[probe]]
            name = "middle"
            position = [0.31, 0.49]
            [numerics]
            scheme = "\(scheme)"
            [time]
            end = 1.0
            """
        }

        private static let spaceText = """
            [domain]
            cells = [18, 7, 16]
            lower = [0.0, 0.0, 0.0]
            upper = [1.0, 0.4, 0.9]
            [boundaries]
            x = "wall"
            y = "periodic"
            z = "wall"
            [initial]
            density = "1 + 0.3*sin(2*pi*(x + z))"
            velocity = ["0.4*sin(2*pi*z)", 0.3, "0.5*cos(2*pi*x)"]
            pressure = "if(x + z < 0.6, 5, 1)"
            [[probe]]
            name = "middle"
            position = [0.31, 0.2, 0.49]
            [[body]]
            name = "ball"
            shape = "sphere"
            center = [0.5, 0.2, 0.45]
            radius = 0.16
            [numerics]
            [time]
            end = 1.0
            """

        private static func circle(radius: Double) -> String {
            """

            [[body]]
            name = "circle"
            shape = "circle"
            center = [0.52, 0.48]
            radius = \(radius)

            """
        }
    }

    @Test("1, 2, 3, 5 and 7 blocks give the same bits", arguments: Subject.allCases, StorageFormat.allCases)
    func blocks(_ subject: Subject, _ storage: StorageFormat) throws {
        let overrides = ["numerics.storage=\"\(storage.rawValue)\"", "numerics.threads=2"]
        let flowCase = try CaseReader.read(text: subject.text, overrides: overrides).flowCase
        let whole = try observe(flowCase, blocks: 1)
        #expect(whole.allSatisfy { $0.isFinite })
        for count in [2, 3, 5, 7] {
            let cut = try observe(flowCase, blocks: count)
            #expect(cut == whole, "\(subject) \(storage) in \(count) blocks")
        }
        #expect(try observe(flowCase, blocks: 0) == whole, "\(subject) \(storage) as it is run")
    }

    /// Everything that can be seen of a few steps.
    private func observe(_ flowCase: FlowCase, blocks: Int) throws -> [Double] {
        let solver = try FlowSolverFactory.make(flowCase, blocks: blocks)
        var seen: [Double] = []
        for _ in 0..<3 {
            let step = try solver.stableTimeStep()
            try solver.advance(by: step)
            seen += [step, Double(solver.faces.fallbacks), Double(solver.faces.limited)]
        }
        let placed = flowCase.moved(to: solver.time)
        let sampler = FlowSampler(placed)
        seen += sampler.totals(of: solver).columns.map(\.1)
        seen += flowCase.probes.flatMap { sampler.state(at: $0.position, of: solver).map(\.1) }
        if !flowCase.bodies.isEmpty {
            seen += BodyForces(placed).sample(solver).flatMap { $0.columns.map(\.1) }
        }
        let cells = flowCase.domain.cells
        var row = [Double](repeating: 0, count: (cells.count + 3) * cells[0])
        for index in 0..<cells.dropFirst().reduce(1, *) {
            solver.conservedRow(index, into: &row)
            seen += row
        }
        return seen
    }

    @Test("a checkpoint of one number of blocks is taken up by another") func checkpoints() throws {
        let overrides = ["numerics.storage=\"scaled16\""]
        let flowCase = try CaseReader.read(text: Subject.body.text, overrides: overrides).flowCase
        let first = try FlowSolverFactory.make(flowCase, blocks: 3)
        for _ in 0..<2 { try first.advance(by: first.stableTimeStep()) }
        let second = try FlowSolverFactory.make(flowCase, blocks: 5)
        #expect(second.restore(first.checkpoint(), time: first.time, step: first.step))
        for solver in [first, second] { try solver.advance(by: solver.stableTimeStep()) }
        let bytes = { (solver: any FlowComputation) in solver.checkpoint().map { Array($0.bytes) } }
        #expect(bytes(first) == bytes(second))
    }
}
