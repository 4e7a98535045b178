import Geometry
import Schema

/// A prescribed motion of a body: turned about a point, then displaced, both as functions of time.
///
///     x(t) = c + d(t) + R(θ(t)) (x₀ − c)
public struct BodyMotion: Sendable {
    /// d(t), one expression in t per dimension of the domain.
    public var displacement: [Expression]
    /// θ(t) in degrees, counter-clockwise when looking against `axis`.
    public var angle: Expression
    /// The axis of the rotation, of length 1.
    public var axis: Point
    /// c, the point about which the body turns, where it is at d = 0.
    public var pivot: Point
    /// The time over which the motion is differenced for velocities and accelerations.
    public var differenceStep: Double

    /// A motion from its expressions in t.
    public init(
        displacement: [Expression], angle: Expression = Expression(constant: 0), axis: Point = Point(0, 0, 1),
        pivot: Point = Point(repeating: 0), differenceStep: Double = 1e-5
    ) {
        self.displacement = displacement
        self.angle = angle
        self.axis = axis
        self.pivot = pivot
        self.differenceStep = differenceStep
    }

    /// Where the body is at a time.
    func place(at time: Double) -> RigidMotion {
        var translation = Point(repeating: 0)
        for (axis, expression) in displacement.enumerated() {
            translation[axis] = expression.evaluate([time])
        }
        return RigidMotion(
            degrees: angle.evaluate([time]), axis: axis, pivot: pivot, translation: translation)
    }
}

/// How the points of a rigid body move at one time. Derivatives are central differences of the prescribed motion,
/// good to about eight digits.
public struct WallMotion: Sendable {
    private let before: RigidMotion
    private let now: RigidMotion
    private let after: RigidMotion
    private let step: Double

    init(_ motion: BodyMotion, at time: Double) {
        step = motion.differenceStep
        before = motion.place(at: time - step)
        now = motion.place(at: time)
        after = motion.place(at: time + step)
    }

    /// The velocity of the material point that is at `point`.
    public func velocity(at point: Point) -> Point {
        let rest = now.undo(point)
        return (after.apply(rest) - before.apply(rest)) / (2 * step)
    }

    /// The acceleration of the material point that is at `point`.
    public func acceleration(at point: Point) -> Point {
        let rest = now.undo(point)
        return (after.apply(rest) - 2 * now.apply(rest) + before.apply(rest)) / (step * step)
    }
}
