import Flow
import Testing

/// Properties that hold for every flow, scheme and dimension.
@Suite("Invariances") struct InvarianceTests {
    /// A wavy flow with shocks, in `rank` dimensions.
    static func wavy(rank: Int, boundary: String = "periodic", cells: Int = 24) -> String {
        let names = ["x", "y", "z"].prefix(rank)
        let waves = names.map { "sin(2*pi*\($0))" }.joined(separator: " + ")
        return """
            [domain]
            cells = [\(names.map { _ in "\(cells)" }.joined(separator: ", "))]
            lower = [\(names.map { _ in "0.0" }.joined(separator: ", "))]
            upper = [\(names.map { _ in "1.0" }.joined(separator: ", "))]
            [boundaries]
            \(names.map { "\($0) = \"\(boundary)\"" }.joined(separator: "\n"))
            [initial]
            density = "1 + 0.2*(\(waves))"
            velocity = [\(names.map { "\"0.8*sin(2*pi*\($0))\"" }.joined(separator: ", "))]
            pressure = "1 + 0.1*(\(waves))"
            [numerics]
            storage = "float64"
            arithmetic = "float64"
            [time]
            end = 0.3
            """
    }

    @Test("mass, momentum and energy are conserved to round-off", arguments: 1...3, FluxChoice.all)
    func conservation(rank: Int, choice: FluxChoice) throws {
        let run = try Computation(
            Self.wavy(rank: rank, cells: rank == 3 ? 16 : 24), overrides: choice.overrides)
        let before = run.fields.map { $0.reduce(0, +) }
        try run.run()
        let after = run.fields.map { $0.reduce(0, +) }
        for variable in 0..<rank + 2 {
            #expect(abs(after[variable] - before[variable]) < 1e-12 * before[0])
        }
    }

    @Test("a closed box keeps its mass and energy", arguments: 1...3) func closedBox(rank: Int) throws {
        let run = try Computation(Self.wavy(rank: rank, boundary: "wall", cells: 16))
        let before = run.fields.map { $0.reduce(0, +) }
        try run.run()
        let after = run.fields.map { $0.reduce(0, +) }
        #expect(abs(after[0] - before[0]) < 1e-12 * before[0])
        #expect(abs(after[rank + 1] - before[rank + 1]) < 1e-12 * before[rank + 1])
    }

    @Test("exchanging x and y exchanges the flow", arguments: 2...3) func swap(rank: Int) throws {
        let run = try Computation(Self.wavy(rank: rank, cells: 16))
        try run.run()
        let fields = run.fields
        let plane = 16 * 16
        for z in 0..<(rank == 3 ? 16 : 1) {
            for y in 0..<16 {
                for x in 0..<16 {
                    let here = z * plane + y * 16 + x
                    let there = z * plane + x * 16 + y
                    #expect(abs(fields[0][here] - fields[0][there]) < 1e-12)
                    #expect(abs(fields[1][here] - fields[2][there]) < 1e-12)
                }
            }
        }
    }

    @Test("mirroring x mirrors the flow", arguments: 1...3, FluxChoice.all)
    func mirror(rank: Int, choice: FluxChoice) throws {
        // The wavy flow is odd about the middle in velocity; a mirrored start must stay the mirror image.
        let cells = rank == 3 ? 10 : 16
        let text = Self.wavy(rank: rank, cells: cells)
        let mirrored = text.replacing("sin(2*pi*x)", with: "sin(2*pi*(1-x))").replacing(
            "\"0.8*sin(2*pi*(1-x))\"", with: "\"-0.8*sin(2*pi*(1-x))\"")
        let a = try Computation(text, overrides: choice.overrides)
        let b = try Computation(mirrored, overrides: choice.overrides)
        try a.run(steps: 20)
        try b.run(steps: 20)
        let (left, right) = (a.fields, b.fields)
        for cell in left[0].indices {
            let image = cell / cells * cells + cells - 1 - cell % cells
            #expect(abs(left[0][cell] - right[0][image]) < 1e-12)
            #expect(abs(left[1][cell] + right[1][image]) < 1e-12)
        }
    }

    @Test("a moving frame sees the same flow") func galilean() throws {
        let at = { (speed: Double) in
            """
            [domain]
            cells = [64]
            lower = [0.0]
            upper = [1.0]
            [boundaries]
            x = "periodic"
            [initial]
            density = "1 + 0.2*sin(2*pi*x)"
            velocity = [\(speed)]
            pressure = "1 + 0.2*sin(2*pi*x)"
            [numerics]
            storage = "float64"
            arithmetic = "float64"
            time_step = 0.001
            [time]
            end = 0.25
            """
        }
        // At speed 4 the frame moves once around by t = 0.25.
        let rest = try Computation(at(0))
        let moving = try Computation(at(4))
        try rest.run()
        try moving.run()
        let difference = zip(rest.fields[0], moving.fields[0]).map { abs($0 - $1) }.max() ?? 1
        #expect(difference < 2e-4)
    }

    @Test("the number of threads does not change a bit", arguments: 2...3, StorageFormat.allCases)
    func threads(rank: Int, storage: StorageFormat) throws {
        let results = try [1, 2, 3].map { threads in
            let run = try Computation(
                Self.wavy(rank: rank, cells: rank == 2 ? 72 : 32), "numerics.threads=\(threads)",
                "numerics.storage=\"\(storage)\"",
                "numerics.arithmetic=\"\(storage == .float64 ? "float64" : "float32")\"")
            try run.run(steps: 6)
            #expect(run.solver.workers == threads)
            return run.fields
        }
        let agree = results[0] == results[1] && results[0] == results[2]
        #expect(agree)
    }

    @Test(
        "sweeps of either kind do not depend on threads", arguments: EllipticSolver.allCases,
        SourceKind.allCases)
    func sweepThreads(elliptic: EllipticSolver, source: SourceKind) throws {
        let results = try [1, 2].map { threads in
            let run = try Computation(
                Self.wavy(rank: 2, cells: 72), "numerics.threads=\(threads)",
                "numerics.elliptic=\"\(elliptic.rawValue)\"", "numerics.source=\"\(source)\"")
            try run.run(steps: 6)
            return run.fields
        }
        let agree = results[0] == results[1]
        #expect(agree)
    }

    @Test(
        "a uniform flow is preserved exactly", arguments: StorageFormat.allCases, ArithmeticFormat.allCases)
    func freeStream(storage: StorageFormat, arithmetic: ArithmeticFormat) throws {
        guard Self.fits(storage, arithmetic) else { return }
        let run = try Computation(
            """
            [domain]
            cells = [20, 10, 8]
            lower = [0.0, 0.0, 0.0]
            upper = [1.0, 1.0, 1.0]
            [boundaries]
            x = "outflow"
            y = "periodic"
            z = "characteristic"
            [initial]
            density = 1.1
            velocity = [0.7, -0.3, 0.2]
            pressure = 0.9
            [numerics]
            storage = "\(storage)"
            arithmetic = "\(arithmetic)"
            [time]
            end = 0.1
            """)
        let before = run.fields
        try run.run()
        let isUnchanged = run.fields == before
        #expect(isUnchanged)
    }

    /// Numbers of double precision are computed in no other.
    static func fits(_ storage: StorageFormat, _ arithmetic: ArithmeticFormat) -> Bool {
        storage != .float64 || arithmetic == .float64
    }

    /// How far totals may drift in a hundred roundings, relative to the mass.
    static func drift(_ storage: StorageFormat, _ arithmetic: ArithmeticFormat) -> Double {
        switch storage {
        case .float64: 1e-13
        case .float32, .scaled16: 1e-6
        // Rounds the full values.
        case .float16: 1e-2
        }
    }

    @Test(
        "every storage and arithmetic conserves as its numbers allow", arguments: StorageFormat.allCases,
        ArithmeticFormat.allCases)
    func conservation(storage: StorageFormat, arithmetic: ArithmeticFormat) throws {
        guard Self.fits(storage, arithmetic) else { return }
        for integrator in TimeIntegrator.allCases {
            let run = try Computation(
                Self.wavy(rank: 2, cells: 70), "numerics.storage=\"\(storage)\"",
                "numerics.arithmetic=\"\(arithmetic)\"", "numerics.integrator=\"\(integrator)\"",
                "numerics.cfl=0.2")
            let before = run.fields.map { $0.reduce(0, +) }
            try run.run(steps: 30)
            let after = run.fields.map { $0.reduce(0, +) }
            for variable in 0..<4 {
                let change = abs(after[variable] - before[variable]) / before[0]
                #expect(change < Self.drift(storage, arithmetic), "\(integrator) \(variable)")
            }
        }
    }
}
