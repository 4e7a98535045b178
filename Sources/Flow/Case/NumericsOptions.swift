/// How numbers are kept in memory between stages.
public enum StorageFormat: String, Sendable, CaseIterable { case float64, float32, scaled16, float16 }
/// How numbers are computed.
public enum ArithmeticFormat: String, Sendable, CaseIterable { case float64, float32 }
/// The spatial scheme.
public enum SchemeKind: String, Sendable, CaseIterable {
    /// Information geometric regularization.
    case igr
    /// Godunov's with WENO5-Z, variable by variable, and HLLC.
    case wenoHLLC = "weno-hllc"
    /// Godunov's with MP5 of the waves, and HLLC.
    case mp5HLLC = "mp5-hllc"
    /// Reconstructed states and a Riemann solver of choice.
    case godunov
}
/// How cells are continued to their faces.
public enum ReconstructionKind: String, Sendable, CaseIterable {
    /// Constant in each cell.
    case firstOrder = "first-order"
    /// Straight lines with a limited slope.
    case muscl
    /// Fifth-order WENO-Z.
    case weno5Z = "weno5-z"
    /// The linear value of fifth order between bounds that preserve monotonicity.
    case mp5
}
/// What limits the flux of ``SchemeKind/igr`` where the flow is not smooth.
public enum FaceLimiter: String, Sendable, CaseIterable {
    /// Nothing: shocks are as wide as α makes them, and contacts undershoot.
    case none
    /// Reconstructed waves, with Rusanov's solver at shocks and HLLC elsewhere.
    case mix
}
/// What is reconstructed.
public enum Projection: String, Sendable, CaseIterable {
    /// Density, velocity and pressure, each by itself.
    case component
    /// The waves that they are made of.
    case characteristic
}
/// What approximates the solution of Riemann's problem at a face.
public enum RiemannSolverKind: String, Sendable, CaseIterable { case hllc, hll, hlle, rusanov }
/// What feeds the entropic pressure.
public enum SourceKind: String, Sendable, CaseIterable {
    /// The square of the divergence where it is negative.
    case compressive
    /// The same where the grid does not resolve it.
    case gated
    /// All of the velocity gradient, as published.
    case full
}
/// How the elliptic equation is relaxed.
public enum EllipticSolver: String, Sendable, CaseIterable {
    /// Every cell from the previous iterate.
    case jacobi
    /// Gauss–Seidel in two colours.
    case redBlack = "red-black"
}
/// The time integrator.
public enum TimeIntegrator: String, Sendable, CaseIterable {
    case euler, rk2, rk3
    /// Four stages of half a step each and third order: as stable as `rk3` at twice the step.
    case ssp43

    /// Of the error in time.
    public var order: Int {
        switch self {
        case .euler: 1
        case .rk2: 2
        case .rk3, .ssp43: 3
        }
    }

    /// The CFL number up to which a first-order flux keeps density and pressure positive in every stage, less a fifth.
    public var defaultCFL: Double {
        switch self {
        case .euler, .rk2, .rk3: 0.4
        case .ssp43: 0.8
        }
    }
}

/// Numerical choices.
public struct NumericsOptions: Sendable {
    /// The spatial scheme.
    public var scheme: SchemeKind
    /// Of ``SchemeKind/godunov``: how cells are continued to their faces.
    public var reconstruction: ReconstructionKind
    /// Of ``SchemeKind/godunov``: what is reconstructed.
    public var projection: Projection
    /// Of ``SchemeKind/godunov``: what solves Riemann's problems.
    public var riemannSolver: RiemannSolverKind
    /// Of ``SchemeKind/igr``: what limits the flux where the flow is not smooth.
    public var limiter: FaceLimiter
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
    /// The CFL number, in (0, 2].
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
