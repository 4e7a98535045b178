import Flow
import Fluids
import Numerics
import Testing

/// Riemann solvers against their published formulas in plain numbers.
@Suite("Riemann solvers") struct RiemannSolverTests {
    /// ρ, u, v, p left and right: a subsonic problem, its image, and one that flows through undisturbed.
    static let problems = [
        ([1.0, 0.5, 0.2, 1.0], [0.5, -0.3, -0.4, 0.4]), ([0.5, 0.3, -0.4, 0.4], [1.0, -0.5, 0.2, 1.0]),
        ([1.0, 9.0, 0.2, 1.0], [0.5, 8.0, -0.4, 0.4]),
    ]

    /// S₋ and S₊ in one dimension.
    static func speeds(
        _ kind: RiemannSolverKind, _ left: [Double], _ right: [Double], _ a: Double, _ b: Double
    ) -> (Double, Double) {
        switch kind {
        case .hllc, .hll: return (min(left[1] - a, right[1] - b), max(left[1] + a, right[1] + b))
        case .rusanov:
            let speed = max(abs(left[1]) + a, abs(right[1]) + b)
            return (-speed, speed)
        case .hlle:
            let (l, r) = (left[0].squareRoot(), right[0].squareRoot())
            let mean = (l * left[1] + r * right[1]) / (l + r)
            let jump = right[1] - left[1]
            let square =
                (l * a * a + r * b * b) / (l + r) + l * r / (2 * (l + r) * (l + r)) * jump * jump
            return (
                min(left[1] - a, mean - square.squareRoot()), max(right[1] + b, mean + square.squareRoot())
            )
        }
    }

    /// Harten, Lax & van Leer 1983 where two waves are known; Toro 2009, eqs. 10.37–10.39 and 10.71, for HLLC.
    static func expected(
        _ kind: RiemannSolverKind, _ left: [Double], _ right: [Double], _ law: FluidLaw,
        flux: ([Double]) -> [Double]
    ) -> [Double] {
        let a = law.soundSpeed(pressure: left[3], density: left[0])
        let b = law.soundSpeed(pressure: right[3], density: right[0])
        let (slow, fast) = speeds(kind, left, right, a, b)
        if slow >= 0 { return flux(left) }
        if fast <= 0 { return flux(right) }
        guard kind == .hllc else {
            let (u, v) = (law.conserved(primitive: left), law.conserved(primitive: right))
            let (f, g) = (flux(left), flux(right))
            return (0..<4).map {
                (fast * f[$0] - slow * g[$0] + slow * fast * (v[$0] - u[$0])) / (fast - slow)
            }
        }
        let (m, n) = (left[0] * (slow - left[1]), right[0] * (fast - right[1]))
        let contact = (right[3] - left[3] + m * left[1] - n * right[1]) / (m - n)
        let (side, wave) = contact >= 0 ? (left, slow) : (right, fast)
        let state = law.conserved(primitive: side)
        let density = side[0] * (wave - side[1]) / (wave - contact)
        let work = contact + side[3] / (side[0] * (wave - side[1]))
        let star = [1, contact, side[2], state[3] / side[0] + (contact - side[1]) * work].map { $0 * density }
        let outside = flux(side)
        return (0..<4).map { outside[$0] + wave * (star[$0] - state[$0]) }
    }

    struct Formula: FluidVisitor {
        let options: NumericsOptions
        let kind: RiemannSolverKind
        func visit<F: Fluid>(_ fluid: F, _ law: FluidLaw) {
            let bench = FluxBench(2, options, fluid, law)
            for (left, right) in problems {
                let cells = (0..<6).map { $0 < 3 ? left : right }
                let found = bench.flux(cells: cells, direction: 0).flux
                let wanted = expected(kind, left, right, law) { bench.physicalFlux($0, direction: 0) }
                for (a, b) in zip(found, wanted) {
                    #expect(abs(a - b) < 10 * bench.tolerance * (1 + abs(b)), "\(F.self) \(left)")
                }
            }
        }
    }

    @Test("fluxes agree with the published formulas", arguments: RiemannSolverKind.allCases)
    func formula(kind: RiemannSolverKind) throws {
        try Formula(options: FluxChoice(.firstOrder, .component, kind).options(), kind: kind).visitAll()
    }

    @Test("HLLC, HLL and HLLE resolve Sod's shock better than Rusanov") func diffusion() throws {
        let errors = try RiemannSolverKind.allCases.map { kind in
            let run = try Computation(
                """
                [domain]
                cells = [100]
                lower = [0.0]
                upper = [1.0]
                [boundaries]
                x = "outflow"
                [initial]
                density = "if(x < 0.5, 1, 0.125)"
                pressure = "if(x < 0.5, 1, 0.1)"
                [numerics]
                storage = "float64"
                [time]
                end = 0.2
                """, overrides: FluxChoice(.muscl, .component, kind).overrides)
            try run.run()
            // Between contact and shock the density is 0.2656.
            return (kind, (73..<83).reduce(0) { $0 + abs(run.fields[0][$1] - 0.26557) })
        }
        let rusanov = errors.first { $0.0 == .rusanov }?.1 ?? 0
        for (kind, error) in errors where kind != .rusanov { #expect(error < rusanov, "\(kind)") }
    }
}
