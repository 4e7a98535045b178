import Schema

/// `[numerics]`
enum NumericsSchema {
    private static let reconstruction = Key<ReconstructionKind>.choice(
        "reconstruction", default: .weno5Z, "How cells are continued to their faces.")
    private static let projection = Key<Projection>.choice(
        "projection", default: .component,
        "Whether variables are reconstructed one by one, or the waves that they are made of.")
    private static let riemannSolver = Key<RiemannSolverKind>.choice(
        "riemann_solver", default: .hllc, "What approximates the solution of Riemann's problem at a face.")
    private static let limiter = Key<FaceLimiter>.choice(
        "limiter", default: .none,
        "What limits the flux where the flow is not smooth. `mix` has defaults of its own for `alpha`, `sweeps`, `source` and `integrator`."
    )
    private static let order = Key.integer(
        "order", among: [1, 3, 5], default: 5, "Order of the reconstruction.")
    private static let alpha = Key.number(
        "alpha", .atLeast(0), unit: "1", "α = alpha · max(Δx)²: the width of regularized shocks."
    ).optional(otherwise: "2; 0.05 where limiter is \"mix\"")
    private static let sweeps = Key.integer(
        "sweeps", 0...1000, "Relaxation sweeps for the entropic pressure in each stage."
    ).optional(otherwise: "5; 1 where limiter is \"mix\"")
    private static let initialSweeps = Key.integer(
        "initial_sweeps", 0...100_000, default: 100, "Relaxation sweeps before the first step.")
    private static let elliptic = Key<EllipticSolver>.choice(
        "elliptic", default: .jacobi, "How the equation of the entropic pressure is relaxed.")
    private static let source = Key<SourceKind>.choice(
        "source", default: .compressive,
        "What feeds the entropic pressure: compression; compression that the grid does not resolve; or all of ∇u."
    ).optional(otherwise: "\"compressive\"; \"gated\" where limiter is \"mix\"")
    private static let integrator = Key<TimeIntegrator>.choice(
        "integrator", default: .rk3,
        "Time integrator; all but euler preserve strong stability. ssp43 takes twice the step of rk3 in four stages."
    ).optional(otherwise: "\"rk3\"; \"ssp43\" where limiter is \"mix\"")
    private static let cfl = Key.number(
        "cfl", .above(0, upTo: 2), unit: "1",
        "Time step over the fastest wave's time to cross a cell; above 0.5 the first five steps are shorter."
    ).optional(otherwise: "0.8 with ssp43, else 0.4")
    private static let timeStep = Key.number(
        "time_step", .above(0), unit: "time", "A fixed time step; replaces `cfl`."
    ).optional()
    private static let storage = Key<StorageFormat>.choice(
        "storage", default: .float32, "How numbers are kept in memory.")
    private static let arithmetic = Key<ArithmeticFormat>.choice(
        "arithmetic", default: .float32, "How numbers are computed."
    ).optional(otherwise: "\"float32\"; \"float64\" where storage is \"float64\"")
    private static let threads = Key.integer(
        "threads", 0...4096, default: 0, "Threads; 0 is all that the machine has.")

    static let table = TableSchema(
        "Numerical method and precision.",
        [
            order, alpha, sweeps, initialSweeps, elliptic, source, integrator, cfl, timeStep, storage,
            arithmetic, threads,
        ], tag: "scheme", otherwise: SchemeKind.igr.rawValue,
        variants: SchemeKind.allCases.map { .init($0.rawValue, summary($0), keys($0)) })

    private static func summary(_ scheme: SchemeKind) -> String {
        switch scheme {
        case .igr: "Information geometric regularization."
        case .wenoHLLC:
            "Shock capturing to compare with: `godunov` with `weno5-z`, `component` and `hllc`."
        case .mp5HLLC:
            "Shock capturing to compare with: `godunov` with `mp5`, `characteristic` and `hllc`."
        case .godunov: "Shock capturing: reconstructed states and a Riemann solver of choice."
        }
    }

    private static func keys(_ scheme: SchemeKind) -> [any SchemaKey] {
        switch scheme {
        case .igr: [limiter]
        case .wenoHLLC, .mp5HLLC: []
        case .godunov: [reconstruction, projection, riemannSolver]
        }
    }

    static func read(_ section: Section) -> NumericsOptions {
        let storage = section[storage]
        let scheme = section.node?["scheme"]?.text.flatMap { SchemeKind(rawValue: $0) } ?? .igr
        let limiter = section[limiter]
        let isLimited = scheme == .igr && limiter == .mix
        let integrator = section[integrator] ?? (isLimited ? .ssp43 : .rk3)
        return NumericsOptions(
            scheme: scheme, reconstruction: section[reconstruction], projection: section[projection],
            riemannSolver: section[riemannSolver], limiter: limiter, order: section[order],
            alpha: section[alpha] ?? (isLimited ? 0.05 : 2),
            sweeps: section[sweeps] ?? (isLimited ? 1 : 5),
            initialSweeps: section[initialSweeps], elliptic: section[elliptic],
            source: section[source] ?? (isLimited ? .gated : .compressive),
            integrator: integrator, cfl: section[cfl] ?? integrator.defaultCFL, timeStep: section[timeStep],
            storage: storage,
            arithmetic: section[arithmetic] ?? (storage == .float64 ? .float64 : .float32),
            threads: section[threads])
    }
}
