import Geometry

/// The undisturbed flow that coefficients refer to: the base state of `[initial]` at the origin.
public struct FreeStream: Sendable {
    /// ρ∞.
    public let density: Double
    /// u∞.
    public let velocity: Point
    /// p∞.
    public let pressure: Double
    /// M∞.
    public let mach: Double
    /// Unit vector along u∞; along x where the gas is at rest.
    public let direction: Point
    /// Unit vector of lift: in two dimensions ``direction`` turned by 90° against the clock; in three the part
    /// of y (of z, where the flow is along y) across the flow.
    public let upward: Point

    /// The free stream of a case.
    public init(_ flowCase: FlowCase) {
        let base = flowCase.initial.base
        let origin = [0.0, 0.0, 0.0, 0.0]
        var velocity = Point(repeating: 0)
        for axis in 0..<flowCase.domain.rank { velocity[axis] = base.velocity[axis].evaluate(origin) }
        self.velocity = velocity
        density = base.density.evaluate(origin)
        pressure = base.pressure.evaluate(origin)
        let speed = (velocity * velocity).sum().squareRoot()
        mach = speed / flowCase.gas.law.soundSpeed(pressure: pressure, density: density)
        let along = speed > 0 ? velocity / speed : Point(1, 0, 0)
        direction = along
        upward = Self.upward(along, rank: flowCase.domain.rank)
    }

    /// ½ρ∞|u∞|².
    public var dynamicPressure: Double { density * (velocity * velocity).sum() / 2 }
    /// |u∞|.
    public var speed: Double { (velocity * velocity).sum().squareRoot() }

    private static func upward(_ direction: Point, rank: Int) -> Point {
        if rank < 3 { return Point(-direction.y, direction.x, 0) }
        let axis = abs(direction.y) < 0.9 ? Point(0, 1, 0) : Point(0, 0, 1)
        let across = axis - (axis * direction).sum() * direction
        return across / (across * across).sum().squareRoot()
    }
}
