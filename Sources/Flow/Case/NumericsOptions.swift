/// How numbers are kept in memory between stages.
public enum StorageFormat: String, Sendable, CaseIterable { case float64, float32, scaled16, float16 }
/// How numbers are computed.
public enum ArithmeticFormat: String, Sendable, CaseIterable { case float64, float32 }
/// The spatial scheme.
public enum SchemeKind: String, Sendable, CaseIterable {
    /// Information geometric regularization.
    case igr
    /// WENO5-Z reconstruction with HLLC fluxes.
    case wenoHLLC = "weno-hllc"
}
/// What feeds the entropic pressure.
public enum SourceKind: String, Sendable, CaseIterable { case compressive, full }
/// How the elliptic equation is relaxed.
public enum EllipticSolver: String, Sendable, CaseIterable {
    /// Every cell from the previous iterate.
    case jacobi
    /// Gauss–Seidel in two colours.
    case redBlack = "red-black"
}
/// The time integrator.
public enum TimeIntegrator: String, Sendable, CaseIterable { case euler, rk2, rk3 }

/// Numerical choices.
public struct NumericsOptions: Sendable {
    /// The spatial scheme.
    public var scheme: SchemeKind
    /// Order of the reconstruction: 1, 3 or 5.
    public var order: Int
    /// α = `alpha` · max(Δx)².
    public var alpha: Double
    /// Relaxation sweeps in each stage.
    public var sweeps: Int
    /// Relaxation sweeps before the first step.
    public var initialSweeps: Int
    /// How the elliptic equation is relaxed.
    public var elliptic: EllipticSolver
    /// What feeds the entropic pressure.
    public var source: SourceKind
    /// The time integrator.
    public var integrator: TimeIntegrator
    /// The CFL number, in (0, 1].
    public var cfl: Double
    /// A fixed time step; overrides `cfl`.
    public var timeStep: Double?
    /// How numbers are kept.
    public var storage: StorageFormat
    /// How numbers are computed.
    public var arithmetic: ArithmeticFormat
    /// 0: all.
    public var threads: Int
}
