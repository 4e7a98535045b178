import Schema

/// Everything that one computation needs, as read from a case file. Plain values, no defaults hidden elsewhere.
public struct FlowCase: Sendable {
    public var title: String
    public var reference: String
    /// When `hugoniot check-cases` runs it.
    public var tier: CaseTier
    /// Multiples of `domain.cells` at which the case is rerun to measure its order; empty: once, as it is.
    public var convergenceFactors: [Int]
    public var gas: Gas
    public var domain: Domain
    public var boundaries: [AxisBoundaries]
    public var initial: InitialState
    public var numerics: NumericsOptions
    public var time: TimeOptions
    public var output: OutputOptions
    public var probes: [Probe]
    /// What the computed fields are compared with.
    public var exact: ExactSolution?
    public var expectations: [Expectation]
}

/// How long a case may take.
public enum CaseTier: String, Sendable, CaseIterable {
    /// Runs in every test.
    case quick
    /// Runs on request.
    case long
}

/// Ideal gas, p = (γ − 1)(E − ½ρ|u|²), T = p / (ρ R).
public struct Gas: Sendable, Equatable {
    public var gamma: Double
    public var gasConstant: Double
    public var prandtl: Double
    public var viscosity: ViscosityLaw
}

/// Dynamic viscosity μ(T).
public enum ViscosityLaw: Sendable, Equatable {
    case inviscid
    case constant(Double)
    /// μ = μ₀ (T/T₀)^{3/2} (T₀ + S)/(T + S) (Sutherland 1893, doi:10.1080/14786449308620508).
    case sutherland(viscosity: Double, temperature: Double, constant: Double)
}

/// A uniform Cartesian grid; arrays have one entry per dimension (1, 2 or 3), x first.
public struct Domain: Sendable, Equatable {
    public var cells: [Int]
    public var lower: [Double]
    public var upper: [Double]
    public var rank: Int { cells.count }
    public func spacing(_ axis: Int) -> Double { (upper[axis] - lower[axis]) / Double(cells[axis]) }
    public func center(_ axis: Int, _ index: Int) -> Double {
        lower[axis] + (Double(index) + 0.5) * spacing(axis)
    }
}

/// Density, velocity (one expression per dimension) and pressure as expressions in x, y, z (and t at boundaries).
public struct StateExpressions: Sendable {
    public var density: Expression
    public var velocity: [Expression]
    public var pressure: Expression
}

/// The two sides of one axis.
public struct AxisBoundaries: Sendable {
    public var lower: BoundarySpecification
    public var upper: BoundarySpecification
}

/// A boundary condition, and patches (nozzles) that replace it on parts of the face; later patches win.
public struct BoundarySpecification: Sendable {
    public var kind: BoundaryKind
    public var patches: [BoundaryPatch]
}

/// What happens at a face of the domain.
public enum BoundaryKind: Sendable {
    case periodic
    case slipWall
    /// Adiabatic where `temperature` is nil; `velocity` is that of the wall.
    case noSlipWall(velocity: [Double], temperature: Double?)
    /// The whole state is imposed; may vary with position and time.
    case inflow(StateExpressions)
    case outflow
    /// Non-reflecting: incoming characteristics carry this far-field state, outgoing ones leave.
    case characteristic(StateExpressions)
}

/// Part of a face: cells whose face-centre satisfies `where` (an expression in x, y, z).
public struct BoundaryPatch: Sendable {
    public var region: Expression
    public var kind: BoundaryKind
}

/// The state at t = 0: a base state, and regions that replace it; later regions win.
public struct InitialState: Sendable {
    public var base: StateExpressions
    public var regions: [InitialRegion]
    /// Passes of a conservative ¼-½-¼ filter over the initial conserved state.
    public var smoothingPasses: Int
}

/// A region of the initial state. Unnamed quantities keep the value beneath.
public struct InitialRegion: Sendable {
    public var shape: RegionShape
    public var density: Expression?
    public var velocity: [Expression]?
    public var pressure: Expression?
}

/// Where a region is.
public enum RegionShape: Sendable {
    case expression(Expression)
    case box(lower: [Double], upper: [Double])
    case ball(center: [Double], radius: Double)
    /// Points with (x − point)·normal < 0.
    case halfSpace(point: [Double], normal: [Double])
}

/// How numbers are kept in memory between stages.
public enum StorageFormat: String, Sendable, CaseIterable { case float64, float32, scaled16, float16 }
/// How numbers are computed.
public enum ArithmeticFormat: String, Sendable, CaseIterable { case float64, float32 }
/// The spatial scheme.
public enum SchemeKind: String, Sendable, CaseIterable {
    case igr
    case wenoHLLC = "weno-hllc"
}
/// What feeds the entropic pressure.
public enum SourceKind: String, Sendable, CaseIterable { case compressive, full }
/// How the elliptic equation is relaxed.
public enum EllipticSolver: String, Sendable, CaseIterable {
    case jacobi
    case redBlack = "red-black"
}
/// The time integrator.
public enum TimeIntegrator: String, Sendable, CaseIterable { case euler, rk2, rk3 }

/// Numerical choices.
public struct NumericsOptions: Sendable {
    public var scheme: SchemeKind
    public var order: Int
    public var alpha: Double
    public var sweeps: Int
    public var initialSweeps: Int
    public var elliptic: EllipticSolver
    public var source: SourceKind
    public var integrator: TimeIntegrator
    public var cfl: Double
    /// A fixed time step; overrides `cfl`.
    public var timeStep: Double?
    public var storage: StorageFormat
    public var arithmetic: ArithmeticFormat
    /// 0: all.
    public var threads: Int
}

/// When to stop.
public struct TimeOptions: Sendable {
    public var end: Double
    public var maximumSteps: Int?
    /// Seconds of wall time after which the run writes a checkpoint and stops.
    public var wallBudget: Double?
}

/// What is written, and when.
public struct OutputOptions: Sendable {
    public var every: Double?
    public var everySteps: Int?
    public var times: [Double]
    public var fields: [String]
    public var compression: Int
    /// Steps between rows of `/history`.
    public var historyEvery: Int
    /// Seconds of wall time between checkpoints.
    public var checkpointEvery: Double
}

/// A point whose state is recorded.
public struct Probe: Sendable {
    public var name: String
    public var position: [Double]
    public var everySteps: Int
}

/// One line of `[expect]`: a named result, its value and the relative (or absolute) tolerance.
public struct Expectation: Sendable {
    public var key: String
    public var value: Double?
    public var tolerance: Double
    public var absolute: Bool
    public var minimum: Double?
    public var maximum: Double?
}
