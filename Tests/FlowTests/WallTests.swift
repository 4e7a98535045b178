import Flow
import Testing

@Suite("Walls") struct WallTests {
    /// Gas at rest between two plates of different temperature, in each direction.
    static func slab(direction: Int, rank: Int) -> String {
        let names = ["x", "y", "z"].prefix(rank)
        let cells = (0..<rank).map { $0 == direction ? "12" : "6" }.joined(separator: ", ")
        let boundaries = names.enumerated().map { index, name in
            index == direction
                ? "\(name) = { lower = { kind = \"no-slip\", temperature = 1.0 }, upper = { kind = \"no-slip\", temperature = 1.2 } }"
                : "\(name) = \"periodic\""
        }.joined(separator: "\n")
        return """
            [gas]
            viscosity = 0.05
            prandtl = 0.7
            [domain]
            cells = [\(cells)]
            lower = [\(names.map { _ in "0.0" }.joined(separator: ", "))]
            upper = [\(names.map { _ in "1.0" }.joined(separator: ", "))]
            [boundaries]
            \(boundaries)
            [initial]
            density = 1.0
            pressure = 1.1
            [numerics]
            storage = "float64"
            arithmetic = "float64"
            [time]
            end = 7.0
            """
    }

    @Test(
        "heat conduction between isothermal walls ends in a linear temperature and keeps the mass",
        arguments: [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)])
    func conduction(direction: Int, rank: Int) throws {
        let run = try Computation(Self.slab(direction: direction, rank: rank))
        let mass = run.fields[0].reduce(0, +)
        try run.run()
        let fields = run.fields
        #expect(abs(fields[0].reduce(0, +) - mass) < 1e-11 * mass)
        let cells = run.flowCase.domain.cells
        let stride = cells.prefix(direction).reduce(1, *)
        for index in 0..<12 {
            let cell = index * stride
            let temperature = 0.4 * fields[rank + 1][cell] / fields[0][cell]
            #expect(abs(temperature - (1 + 0.2 * (Double(index) + 0.5) / 12)) < 2e-3)
        }
    }
}
