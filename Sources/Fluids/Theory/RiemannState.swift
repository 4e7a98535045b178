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
