import Schema

/// Density, velocity (one expression per dimension) and pressure as expressions in x, y, z (and t at
/// boundaries). Values are passed in the order x, y, z, t; coordinates beyond the dimension of the domain are
/// 0.
public struct StateExpressions: Sendable {
    /// Density.
    public var density: Expression
    /// Velocity, one component per dimension.
    public var velocity: [Expression]
    /// Pressure.
    public var pressure: Expression

    /// A state as one expression per quantity.
    public init(density: Expression, velocity: [Expression], pressure: Expression) {
        self.density = density
        self.velocity = velocity
        self.pressure = pressure
    }
}

/// The state at t = 0: a base state, and regions that replace it; later regions win.
public struct InitialState: Sendable {
    /// The state outside of all regions.
    public var base: StateExpressions
    /// Parts with another state, in their order.
    public var regions: [InitialRegion]
    /// Passes of a conservative ¼-½-¼ filter over the initial conserved state.
    public var smoothingPasses: Int
}

/// A region of the initial state. Unnamed quantities keep the value beneath.
public struct InitialRegion: Sendable {
    /// Where it is.
    public var shape: RegionShape
    /// Density, if it differs from the one beneath.
    public var density: Expression?
    /// Velocity, if it differs from the one beneath.
    public var velocity: [Expression]?
    /// Pressure, if it differs from the one beneath.
    public var pressure: Expression?
}

/// Where a region is.
public enum RegionShape: Sendable {
    /// Where this is not 0.
    case expression(Expression)
    /// A box along the axes.
    case box(lower: [Double], upper: [Double])
    /// A segment, circle or sphere.
    case ball(center: [Double], radius: Double)
    /// Points with (x − point)·normal < 0.
    case halfSpace(point: [Double], normal: [Double])
}
