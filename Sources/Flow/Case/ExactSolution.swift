import Schema

/// A known solution, from which error norms are computed.
public enum ExactSolution: Sendable {
    /// Two constant states that meet at `position` at t = 0, in one dimension.
    case riemann(left: RiemannState, right: RiemannState, position: Double)
    /// Expressions in x, y, z and t.
    case expressions(StateExpressions)
}

/// One side of a Riemann problem.
public struct RiemannState: Sendable, Equatable {
    /// Density.
    public var density: Double
    /// Velocity along x.
    public var velocity: Double
    /// Pressure.
    public var pressure: Double

    /// A state.
    public init(density: Double, velocity: Double, pressure: Double) {
        self.density = density
        self.velocity = velocity
        self.pressure = pressure
    }
}
