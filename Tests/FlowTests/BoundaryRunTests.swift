import Flow
import Fluids
import Testing

/// Boundary conditions in whole runs: on each face of one, two and three dimensions, over all of it and over a part.
@Suite("Boundary conditions of runs") struct BoundaryRunTests {
    /// One face of a domain.
    struct Face: CustomStringConvertible {
        let rank: Int
        let axis: Int
        let isLower: Bool
        var transverse: [Int] { (0..<rank).filter { $0 != axis } }
        var description: String { "\(isLower ? "lower" : "upper") \(BoundaryRunTests.axes[axis]) of \(rank)" }

        /// Coordinates along the face with different weights: what varies along it tells its directions apart.
        var place: String {
            let terms = zip(["1", "0.25"], transverse).map { "\($0)*\(BoundaryRunTests.axes[$1])" }
            return (terms + ["0*\(BoundaryRunTests.axes[axis])"]).joined(separator: " + ")
        }

        /// That of the domain along its axes, which have eight cells each.
        var size: [Double] { Array([1, 0.5, 2].prefix(rank)) }

        static let all: [Face] = (1...3).flatMap { rank in
            (0..<rank).flatMap { axis in [true, false].map { Face(rank: rank, axis: axis, isLower: $0) } }
        }
    }

    static let axes = ["x", "y", "z"]
    /// Numbers whose sums and products are exact, so that nothing is rounded.
    static let velocity = [0.5, -0.25, 0.125]

    static let fluids = [
        "ideal": "kind = \"ideal\"", "stiffened": "kind = \"stiffened\"\ngamma = 4.0\nstiffness = 2.0",
    ]

    @Test("every kind of fluid has a row") func fluidRows() {
        #expect(Set(Self.fluids.keys) == Set(FluidKind.all.map(\.name)))
    }

    /// The keys of a condition that a stream of a velocity fits.
    static func keys(_ name: BoundaryKind.Name, _ velocity: [Double]) -> String {
        switch name {
        case .slipWall, .outflow, .periodic: ""
        case .noSlipWall: ", velocity = \(velocity)"
        case .inflow, .characteristic: ", density = 1.25, velocity = \(velocity), pressure = 0.875"
        }
    }

    /// Whether nothing may flow through.
    static func isWall(_ name: BoundaryKind.Name) -> Bool { name == .slipWall || name == .noSlipWall }

    static func text(
        _ face: Face, _ condition: String, opposite: String, velocity: [Double], gas: String,
        numerics: String
    ) -> String {
        let sides = [condition, opposite]
        let boundaries = (0..<face.rank).map { axis in
            axis != face.axis || condition == "\"periodic\""
                ? "\(axes[axis]) = \"periodic\""
                : "\(axes[axis]) = { lower = \(sides[face.isLower ? 0 : 1]), upper = \(sides[face.isLower ? 1 : 0]) }"
        }
        return """
            [gas]
            \(gas)
            [domain]
            cells = \(face.size.map { _ in 8 })
            lower = \((0..<face.rank).map { _ in 0.0 })
            upper = \(face.size)
            [boundaries]
            \(boundaries.joined(separator: "\n"))
            [initial]
            density = 1.25
            velocity = \(velocity)
            pressure = 0.875
            [numerics]
            storage = "float64"
            \(numerics)
            [time]
            end = 1.0
            """
    }

    @Test(
        "a stream that fits a condition stays uniform to the bit", arguments: BoundaryKind.Name.allCases,
        FluidKind.all.map(\.name))
    func uniform(name: BoundaryKind.Name, fluid: String) throws {
        for face in Face.all {
            let velocity = Self.velocity.prefix(face.rank).enumerated().map {
                $0 == face.axis && Self.isWall(name) ? 0 : $1
            }
            let condition = "kind = \"\(name.rawValue)\"" + Self.keys(name, velocity)
            let patch = "patches = [ { where = \"\(face.place) > 0.2\", \(condition) } ]"
            let conditions =
                name == .periodic
                ? ["\"periodic\""] : ["{ \(condition) }", "{ kind = \"outflow\", \(patch) }"]
            for text in conditions {
                for numerics in ["", "scheme = \"weno-hllc\""] {
                    for viscosity in ["", "\nviscosity = 0.01"] {
                        let gas = try #require(Self.fluids[fluid]) + viscosity
                        let run = try Computation(
                            Self.text(
                                face, text, opposite: "\"outflow\"", velocity: velocity, gas: gas,
                                numerics: numerics))
                        let before = run.fields
                        try run.run(steps: 2)
                        #expect(run.fields == before, "\(face) \(text) \(numerics) \(viscosity)")
                    }
                }
            }
        }
    }

    /// Cells of a face whose place along it lies in a range; coordinates have different weights.
    private static func isPatch(_ place: [Int], _ face: Face, above least: Double, upTo most: Double) -> Bool
    {
        let centres = face.transverse.map { (Double(place[$0]) + 0.5) * face.size[$0] / 8 }
        let sum = zip([1, 0.25], centres).reduce(0.0) { $0 + $1.0 * $1.1 }
        return sum > least && sum <= most
    }

    @Test("a patch acts on its part of a face and nowhere else, and later ones win")
    func patches() throws {
        for face in Face.all {
            let least = face.rank == 1 ? -1.0 : 0.2
            let condition = """
                { kind = "outflow", patches = [ { where = "\(face.place) > \(least)", kind = "wall" }, \
                { where = "\(face.place) > 0.4", kind = "outflow" } ] }
                """
            var velocity = Array(repeating: 0.0, count: face.rank)
            velocity[face.axis] = face.isLower ? -0.5 : 0.5
            let run = try Computation(
                Self.text(
                    face, condition, opposite: "\"outflow\"", velocity: velocity, gas: "",
                    numerics: "scheme = \"weno-hllc\"\nintegrator = \"euler\"\ntime_step = 0.001"))
            let before = run.fields[0]
            try run.run(steps: 1)
            let cells = run.flowCase.domain.cells
            for (index, density) in run.fields[0].enumerated() {
                let position = cells.indices.map { index / cells[..<$0].reduce(1, *) % cells[$0] }
                let depth = face.isLower ? position[face.axis] : cells[face.axis] - 1 - position[face.axis]
                let isHit = Self.isPatch(position, face, above: least, upTo: 0.4)
                if depth == 0 { #expect((density > before[index]) == isHit, "\(face) \(position)") }
                if !isHit { #expect(density == before[index], "\(face) \(position)") }
            }
        }
    }
}

/// Walls of the domain and of bodies, by what they do to the cell beside them in a short time, from the law of friction
/// and of heat conduction.
@Suite("Walls drag and heat") struct WallFluxTests {
    /// A wall and what it does: the velocity that the gas has there (nil where it slides) and the temperature (nil where no heat
    /// passes).
    struct Row {
        let condition: String
        var slides = false
        var speed = 0.0
        var temperature: Double?
        /// How far the value that stands for the wall lies from the cell, in cells.
        var distance = 0.5
        /// Which part of its effect it may lack.
        var slack = 0.0
    }

    private static func rows(_ name: BoundaryKind.Name, _ speed: [Double], _ temperature: Double) -> [Row] {
        let (hot, cold) = (1.25 * temperature, 0.75 * temperature)
        return switch name {
        case .slipWall: [Row(condition: "{ kind = \"wall\" }", slides: true)]
        case .noSlipWall:
            [
                Row(condition: "{ kind = \"no-slip\" }"),
                Row(condition: "{ kind = \"no-slip\", velocity = \(speed) }", speed: 0.25),
                Row(condition: "{ kind = \"no-slip\", temperature = \(hot) }", temperature: hot),
                Row(
                    condition: "{ kind = \"no-slip\", velocity = \(speed), temperature = \(cold) }",
                    speed: 0.25,
                    temperature: cold),
            ]
        case .inflow, .outflow, .characteristic, .periodic: []
        }
    }

    /// T of the stream.
    private static func temperature(_ gas: String) throws -> Double {
        let face = BoundaryRunTests.Face(rank: 1, axis: 0, isLower: true)
        let text = BoundaryRunTests.text(
            face, "\"periodic\"", opposite: "", velocity: [0], gas: gas, numerics: "")
        let law = try CaseReader.read(text: text).flowCase.gas.law
        return law.temperature(pressure: 0.875, density: 1.25)
    }

    private static let viscosity = 0.01
    private static let step = 1e-3

    /// The rates at which momentum along the wall and energy of the cell beside it change.
    private func rates(_ row: Row, flow: Double, temperature: Double, width: Double, heat: Double) -> (
        Double, Double
    ) {
        guard !row.slides else { return (0, 0) }
        let drag = Self.viscosity * (row.speed - flow) / (row.distance * width)
        let conduction =
            row.temperature.map { Self.viscosity * heat * ($0 - temperature) / (row.distance * width) } ?? 0
        return (drag / width, (conduction + row.speed * drag) / width)
    }

    @Test("faces of the domain", arguments: BoundaryKind.Name.allCases, FluidKind.all.map(\.name))
    func faces(name: BoundaryKind.Name, fluid: String) throws {
        for face in BoundaryRunTests.Face.all where face.rank > 1 {
            let along = face.transverse[face.rank - 2]
            let unit = { (value: Double) in (0..<face.rank).map { $0 == along ? value : 0.0 } }
            let kind = try #require(BoundaryRunTests.fluids[fluid])
            for row in Self.rows(name, unit(0.25), try Self.temperature(kind)) {
                let gas =
                    kind
                    + "\nviscosity = \(Self.viscosity)\nprandtl = 0.5"
                let text = BoundaryRunTests.text(
                    face, row.condition, opposite: "\"wall\"", velocity: unit(0.5), gas: gas,
                    numerics: "scheme = \"weno-hllc\"\nintegrator = \"euler\"\ntime_step = \(Self.step)")
                try expect(row, text, along: along, axis: face.axis, isUpper: !face.isLower, "\(face) \(row)")
            }
        }
    }

    @Test("plane sides of bodies", arguments: WallKind.Name.allCases, BodyRepresentation.allCases)
    func bodies(name: WallKind.Name, representation: BodyRepresentation) throws {
        for face in BoundaryRunTests.Face.all where face.rank > 1 {
            let along = face.transverse[0]
            let velocity = (0..<face.rank).map { $0 == along ? 0.5 : 0.0 }
            for row in Self.rows(name, representation) {
                let size = face.size
                // Its side lies three cells away from the end of the domain.
                let depth = 3 * size[face.axis] / 8
                let sizes = (0..<face.rank).map { $0 == face.axis ? 2 * depth : 2 * size[$0] }
                let centre = (0..<face.rank).map {
                    $0 != face.axis ? size[$0] / 2 : face.isLower ? 0 : size[$0]
                }
                let body = """
                    [[body]]
                    shape = "box"
                    size = \(sizes)
                    center = \(centre)
                    representation = "\(representation.rawValue)"
                    \(row.condition)
                    """
                let text = BoundaryRunTests.text(
                    face, "\"wall\"", opposite: "\"wall\"", velocity: velocity,
                    gas: "viscosity = \(Self.viscosity)\nprandtl = 0.5",
                    numerics: "scheme = \"weno-hllc\"\nintegrator = \"euler\"\ntime_step = \(Self.step)"
                ).replacing("[numerics]", with: body + "\n[numerics]")
                try expect(
                    row, text, along: along, axis: face.axis, isUpper: !face.isLower, depth: 3,
                    "\(face) \(row)")
            }
        }
    }

    private static func rows(_ name: WallKind.Name, _ representation: BodyRepresentation) -> [Row] {
        let key = "wall = \"\(name.rawValue)\""
        switch (name, representation) {
        case (.slip, _): return [Row(condition: key, slides: true)]
        // Images lie a little farther away than ghosts, which takes up to a sixth off a profile that is no straight line.
        case (.noSlip, .sdf):
            return [
                Row(condition: key, slack: 0.2),
                Row(condition: key + "\ntemperature = 1.5", temperature: 1.5, slack: 0.2),
            ]
        // In a mask the wall is the centre of the solid cell.
        case (.noSlip, .mask): return [Row(condition: key, distance: 1)]
        }
    }

    private func expect(
        _ row: Row, _ text: String, along: Int, axis: Int, isUpper: Bool, depth: Int = 0, _ comment: String
    ) throws {
        let run = try Computation(text)
        let law = run.flowCase.gas.law
        let before = run.fields
        try run.run(steps: 1)
        let cells = run.flowCase.domain.cells
        let rank = cells.count
        let place = isUpper ? cells[axis] - 1 - depth : depth
        // The middle of the other axes.
        let cell = (0..<rank).reduce(0) {
            $0 + ($1 == axis ? place : cells[$1] / 2) * cells[..<$1].reduce(1, *)
        }
        let width = run.flowCase.domain.spacings[axis]
        let temperature = law.temperature(pressure: 0.875, density: 1.25)
        let (drag, heat) = rates(
            row, flow: 0.5, temperature: temperature, width: width, heat: law.heatCapacity / 0.5)
        let change = { (variable: Int) in (run.fields[variable][cell] - before[variable][cell]) / Self.step }
        for (found, exact) in [(change(1 + along), drag), (change(rank + 1), heat)] {
            #expect(abs(found - exact) < 1e-9 + row.slack * abs(exact), "\(comment): \(found), not \(exact)")
        }
        #expect(abs(change(0)) < 1e-9, "\(comment)")
    }
}
