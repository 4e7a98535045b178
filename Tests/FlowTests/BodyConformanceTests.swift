import Flow
import Testing

/// Properties that hold for every body, wall, representation, scheme and storage.
@Suite("Bodies in the flow") struct BodyConformanceTests {
    /// A stream past a ball in `rank` dimensions, cut by nothing.
    static func stream(
        rank: Int, cells: Int, mach: Double = 2, boundary: String = "outflow", pressure: String = "1.0",
        body: String = ""
    ) -> String {
        let names = ["x", "y", "z"].prefix(rank)
        let all = { (value: String) in names.map { _ in value }.joined(separator: ", ") }
        let velocity = ["\(mach)", "0.0", "0.0"].prefix(rank).joined(separator: ", ")
        let ball =
            body.isEmpty
            ? "shape = \"\(rank == 2 ? "circle" : "sphere")\"\ncenter = [\(all("0.0"))]\nradius = 0.3" : body
        return """
            [domain]
            cells = [\(all("\(cells)"))]
            lower = [\(all("-1.0"))]
            upper = [\(all("1.0"))]
            [boundaries]
            \(names.map { "\($0) = \"\(boundary)\"" }.joined(separator: "\n"))
            [initial]
            density = 1.4
            velocity = [\(velocity)]
            pressure = "\(pressure)"
            [[body]]
            name = "ball"
            \(ball)
            [numerics]
            cfl = 0.3
            storage = "float64"
            arithmetic = "float64"
            [time]
            end = 1.0
            """
    }

    /// Every kind of wall in every representation.
    static let walls = BodyRepresentation.allCases.flatMap { representation in
        WallKind.Name.allCases.flatMap { name -> [[String]] in
            let keys = [
                "body.0.wall=\"\(name.rawValue)\"", "body.0.representation=\"\(representation.rawValue)\"",
            ]
            return switch name {
            case .slip: [keys]
            case .noSlip: [[], ["body.0.temperature=1.0"]].map { keys + ["gas.viscosity=0.01"] + $0 }
            }
        }
    }

    private static func computation(_ text: String, _ overrides: [String]) throws -> Computation {
        try Computation(text, overrides: overrides)
    }

    @Test(
        "a sudden stream at Mach 2 is survived with every wall, scheme and storage",
        arguments: walls, StorageFormat.allCases)
    func suddenStart(wall: [String], storage: StorageFormat) throws {
        let arithmetic = storage == .float64 ? "float64" : "float32"
        for scheme in SchemeKind.allCases {
            for (rank, cells) in [(2, 32), (3, 16)] {
                let run = try Self.computation(
                    Self.stream(rank: rank, cells: cells),
                    wall + [
                        "numerics.storage=\"\(storage)\"", "numerics.arithmetic=\"\(arithmetic)\"",
                        "numerics.scheme=\"\(scheme.rawValue)\"",
                    ])
                try run.run(steps: 25)
                _ = try run.solver.stableTimeStep()
                // The stream is stopped at the nose: the pressure there has risen.
                #expect((run.fields[rank + 1].max() ?? 0) > 6)
            }
        }
    }

    @Test("gas at rest stays at rest to the last bit", arguments: walls, 2...3)
    func rest(wall: [String], rank: Int) throws {
        // An isothermal wall of the gas's own temperature 1/1.4 would do too, but only to rounding.
        guard !wall.contains("body.0.temperature=1.0") else { return }
        for storage in ["float64", "float32", "scaled16"] {
            let run = try Self.computation(
                Self.stream(rank: rank, cells: 16, mach: 0), wall + ["numerics.storage=\"\(storage)\""])
            let before = run.fields
            try run.run(steps: 10)
            #expect(run.fields == before)
        }
    }

    @Test("the number of threads changes nothing", arguments: walls, 2...3)
    func threads(wall: [String], rank: Int) throws {
        let text = Self.stream(rank: rank, cells: rank == 2 ? 72 : 24)
        let one = try Self.computation(text, wall + ["numerics.threads=1"])
        let three = try Self.computation(text, wall + ["numerics.threads=3"])
        try one.run(steps: 8)
        try three.run(steps: 8)
        #expect(three.solver.workers == 3)
        #expect(one.fields == three.fields)
    }

    @Test(
        "a mirrored flow past a symmetric body is the mirror image", arguments: walls, SchemeKind.allCases)
    func mirror(wall: [String], scheme: SchemeKind) throws {
        let cells = 32
        let run = try Self.computation(
            Self.stream(rank: 2, cells: cells), wall + ["numerics.scheme=\"\(scheme.rawValue)\""])
        try run.run(steps: 40)
        let fields = run.fields
        for cell in fields[0].indices {
            let image = (cells - 1 - cell / cells) * cells + cell % cells
            #expect(abs(fields[0][cell] - fields[0][image]) < 1e-10)
            #expect(abs(fields[2][cell] + fields[2][image]) < 1e-10)
        }
    }

    @Test("a closed box keeps its mass, and its energy too where no wall is heated", arguments: walls, 2...3)
    func closedBox(wall: [String], rank: Int) throws {
        let text = Self.stream(
            rank: rank, cells: rank == 2 ? 32 : 16, mach: 0, boundary: "wall",
            pressure: "1 + 3*exp(-10*((x + 0.5)^2 + (y - 0.3)^2))")
        let run = try Self.computation(text, wall)
        let before = fluidTotals(run)
        try run.run(steps: 100)
        let after = fluidTotals(run)
        #expect(abs(after.mass / before.mass - 1) < 1e-12)
        if !wall.contains("body.0.temperature=1.0") {
            #expect(abs(after.energy / before.energy - 1) < 1e-12)
        }
    }

    private func fluidTotals(_ run: Computation) -> (mass: Double, energy: Double) {
        let solid = SolidCells(run.flowCase)
        let fields = run.fields
        let fluid = fields[0].indices.filter { !solid.isSolid($0) }
        let energy = fields[run.flowCase.domain.rank + 1]
        return (fluid.reduce(0) { $0 + fields[0][$1] }, fluid.reduce(0) { $0 + energy[$1] })
    }

    @Test("nothing gets through a plate one cell thick", arguments: SchemeKind.allCases)
    func plate(scheme: SchemeKind) throws {
        let cells = 33
        let text = Self.stream(
            rank: 2, cells: cells, mach: 0, boundary: "wall",
            pressure: "if(x < 0, 1 + 5*exp(-20*((x + 0.6)^2 + y^2)), 1)",
            body: "shape = \"box\"\ncenter = [0.0, 0.0]\nsize = [0.06, 2.2]")
        let run = try Self.computation(text, ["numerics.scheme=\"\(scheme.rawValue)\""])
        let before = run.fields
        try run.run(steps: 120)
        let after = run.fields
        let sum = { (fields: [[Double]]) in
            fields[0].indices.filter { $0 % cells > cells / 2 }.reduce(0) { $0 + fields[0][$1] }
        }
        // The pulse has reached the plate by now and shaken it; the far side keeps its mass.
        let shaken = after[0].indices.filter { $0 % cells == cells / 2 - 1 }.map {
            abs(after[0][$0] - before[0][$0])
        }
        #expect((shaken.max() ?? 0) > 0.1)
        #expect(abs(sum(after) / sum(before) - 1) < 1e-12)
        let far = after[0].indices.filter { $0 % cells > cells / 2 }.map { abs(after[1][$0]) }
        #expect((far.max() ?? 1) < 1e-12)
    }

    @Test("touching bodies, and bodies cut by the edge of the domain, run")
    func touching() throws {
        let more = """

            [[body]]
            shape = "circle"
            center = [0.0, 0.61]
            radius = 0.31
            [[body]]
            shape = "wedge"
            apex = [0.0, -1.0]
            half_angle = 20.0
            length = 2.0
            """
        let run = try Computation(Self.stream(rank: 2, cells: 48) + more)
        try run.run(steps: 60)
        _ = try run.solver.stableTimeStep()
    }

    @Test(
        "bodies that the grid cannot hold are refused",
        arguments: [
            ("shape = \"circle\"\ncenter = [0.03, 0.03]\nradius = 0.02", "covers the centre of no cell"),
            ("shape = \"circle\"\ncenter = [5.0, 0.0]\nradius = 0.4", "outside of the domain"),
            ("shape = \"circle\"\ncenter = [0.0, 0.0]\nradius = 5.0", "no room for the gas"),
            (
                "wall = \"no-slip\"\nshape = \"box\"\ncenter = [0.0, 0.0]\nsize = [0.06, 1.0]",
                "a single cell thick"
            ),
        ]) func refused(body: String, message: String) throws
    {
        let text = Self.stream(rank: 2, cells: 33, body: body)
        let flowCase = try CaseReader.read(text: text, overrides: ["gas.viscosity=0.001"]).flowCase
        let problem = #expect(throws: BodyProblem.self) { try BodyCheck.check(flowCase) }
        #expect(problem?.description.contains(message) == true, "\(problem?.description ?? "")")
        #expect(problem?.advice.isEmpty == false)
    }
}
