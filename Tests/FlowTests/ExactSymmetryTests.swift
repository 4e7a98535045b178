import Flow
import Testing

/// A symmetric flow stays symmetric to the last bit: rounding would be amplified by shocks until the flow leans to one side.
@Suite("Exact symmetry") struct ExactSymmetryTests {
    static let cells = 32

    /// A blast in the middle of a closed box.
    static func blast(_ gas: String = "") -> String {
        """
        \(gas)
        [domain]
        cells = [\(cells), \(cells)]
        lower = [-1.0, -1.0]
        upper = [1.0, 1.0]
        [boundaries]
        x = "wall"
        y = "wall"
        [initial]
        density = 1.0
        pressure = "if(x^2 + y^2 < 0.09, 100, 0.1)"
        [time]
        end = 0.3
        """
    }

    /// Images of a cell of the blast, and what each makes of the components of the momentum.
    static let images: [(name: String, cell: @Sendable (Int, Int) -> (Int, Int), momentum: [(Int, Double)])] =
        [
            ("x mirrored", { (cells - 1 - $0, $1) }, [(1, -1), (2, 1)]),
            ("y mirrored", { ($0, cells - 1 - $1) }, [(1, 1), (2, -1)]),
            ("axes exchanged", { ($1, $0) }, [(2, 1), (1, 1)]),
        ]

    /// The largest difference between a field and its images.
    static func asymmetry(_ fields: [[Double]]) -> [String: Double] {
        var result: [String: Double] = [:]
        for (name, image, momentum) in images {
            let partners = [(0, 1.0)] + momentum + [(3, 1), (4, 1)]
            result[name] = fields.indices.reduce(0) { largest, variable in
                let (other, sign) = partners[variable]
                return (0..<cells * cells).reduce(largest) {
                    let (x, y) = image($1 % cells, $1 / cells)
                    return max($0, abs(fields[variable][$1] - sign * fields[other][y * cells + x]))
                }
            }
        }
        return result
    }

    static func check(_ text: String, _ overrides: [String]) throws {
        let run = try Computation(text, overrides: overrides)
        try run.run()
        #expect(run.fields[0].allSatisfy { $0 > 0 })
        for (name, difference) in asymmetry(run.fields) { #expect(difference == 0, "\(name)") }
    }

    @Test(
        "a blast in a box is its own mirror image to the bit", arguments: [StorageFormat.float64, .float32],
        FluxChoice.all)
    func fluxes(_ storage: StorageFormat, _ choice: FluxChoice) throws {
        try Self.check(Self.blast(), choice.overrides + ["numerics.storage=\"\(storage)\""])
    }

    @Test(
        "whatever feeds Σ, and with viscosity", arguments: [StorageFormat.float64, .float32],
        SourceKind.allCases)
    func sources(_ storage: StorageFormat, _ source: SourceKind) throws {
        let overrides = ["numerics.source=\"\(source.rawValue)\"", "numerics.storage=\"\(storage)\""]
        try Self.check(Self.blast(), overrides)
        try Self.check(Self.blast("[gas]\nviscosity = 0.01"), overrides)
    }
}
