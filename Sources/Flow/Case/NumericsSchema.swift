import Schema

/// `[numerics]`
enum NumericsSchema {
    private static let scheme = Key<SchemeKind>.choice(
        "scheme", default: .igr, "Information geometric regularization, or shock capturing to compare with.")
    private static let order = Key.integer(
        "order", among: [1, 3, 5], default: 5, "Order of the reconstruction.")
    private static let alpha = Key.number(
        "alpha", .atLeast(0), default: 2, unit: "1", "α = alpha · max(Δx)²: the width of regularized shocks.")
    private static let sweeps = Key.integer(
        "sweeps", 0...1000, default: 5, "Relaxation sweeps for the entropic pressure in each stage.")
    private static let initialSweeps = Key.integer(
        "initial_sweeps", 0...100_000, default: 100, "Relaxation sweeps before the first step.")
    private static let elliptic = Key<EllipticSolver>.choice(
        "elliptic", default: .jacobi, "How the equation of the entropic pressure is relaxed.")
    private static let source = Key<SourceKind>.choice(
        "source", default: .compressive, "What feeds the entropic pressure: compression only, or all of ∇u.")
    private static let integrator = Key<TimeIntegrator>.choice(
        "integrator", default: .rk3, "Time integrator; rk2 and rk3 preserve strong stability.")
    private static let cfl = Key.number(
        "cfl", .above(0, upTo: 1), default: 0.4, unit: "1",
        "Time step over the fastest wave's time to cross a cell.")
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
            scheme, order, alpha, sweeps, initialSweeps, elliptic, source, integrator, cfl, timeStep, storage,
            arithmetic, threads,
        ])

    static func read(_ section: Section) -> NumericsOptions {
        let storage = section[storage]
        return NumericsOptions(
            scheme: section[scheme], order: section[order], alpha: section[alpha], sweeps: section[sweeps],
            initialSweeps: section[initialSweeps], elliptic: section[elliptic], source: section[source],
            integrator: section[integrator], cfl: section[cfl], timeStep: section[timeStep], storage: storage,
            arithmetic: section[arithmetic] ?? (storage == .float64 ? .float64 : .float32),
            threads: section[threads])
    }
}
