import Geometry

/// A solid in the flow.
public struct Body: Sendable {
    /// Names its forces in the run file.
    public var name: String
    /// Where it is now.
    public private(set) var shape: any Shape
    /// What its surface does to the gas.
    public var wall: WallKind
    /// How the solver sees it.
    public var representation: BodyRepresentation
    /// How it moves; nil where it stays.
    public let motion: BodyMotion?
    /// How its points move now; nil where it stays.
    public private(set) var wallMotion: WallMotion?
    private let resting: any Shape

    /// A solid in the flow, as it is at t = 0.
    ///
    /// - Parameter shape: the solid before any motion.
    public init(
        name: String, shape: any Shape, wall: WallKind = .slip, representation: BodyRepresentation = .sdf,
        motion: BodyMotion? = nil
    ) {
        self.name = name
        self.shape = shape
        self.wall = wall
        self.representation = representation
        self.motion = motion
        resting = shape
        move(to: 0)
    }

    /// The body at another time.
    public func moved(to time: Double) -> Body {
        var copy = self
        copy.move(to: time)
        return copy
    }

    private mutating func move(to time: Double) {
        guard let motion else { return }
        shape = MovedShape(resting, motion.place(at: time))
        wallMotion = WallMotion(motion, at: time)
    }

    /// A bound of the speeds of its points: the largest among the corners of its bounds, since the speed of a
    /// rigid body is convex in space. The parts of endless bodies beyond `domain` do not count.
    func largestSpeed(in domain: Domain) -> Double {
        guard let wallMotion else { return 0 }
        let bounds = shape.bounds
        var largest = 0.0
        for corner in 0..<8 {
            var point = Point(repeating: 0)
            for axis in 0..<domain.rank {
                point[axis] =
                    corner >> axis & 1 == 0
                    ? max(bounds.lower[axis], domain.lower[axis])
                    : min(bounds.upper[axis], domain.upper[axis])
            }
            largest = max(largest, wallMotion.velocity(at: point).length)
        }
        return largest
    }
}

extension FlowCase {
    /// Whether a body moves.
    public var hasMovingBodies: Bool { bodies.contains { $0.motion != nil } }

    /// The case with its bodies where they are at a time.
    public func moved(to time: Double) -> FlowCase {
        guard hasMovingBodies else { return self }
        var copy = self
        copy.bodies = bodies.map { $0.moved(to: time) }
        return copy
    }
}

/// What the surface of a body does to the gas.
public enum WallKind: Sendable, Equatable {
    /// The flow follows the wall without friction.
    case slip
    /// The gas sticks to the wall; adiabatic where `temperature` is nil.
    case noSlip(temperature: Double?)

    /// The words of case files: every kind of wall has one.
    public enum Name: String, Sendable, CaseIterable {
        /// See ``WallKind/slip``.
        case slip
        /// See ``WallKind/noSlip(temperature:)``.
        case noSlip = "no-slip"
    }

    /// The word of this kind.
    public var name: Name {
        switch self {
        case .slip: .slip
        case .noSlip: .noSlip
        }
    }
}

/// How the solver sees a body.
public enum BodyRepresentation: String, Sendable, CaseIterable {
    /// A sharp wall where the signed distance is 0.
    case sdf
    /// Cells that are solid or not; the flow is slowed down inside by volume penalisation.
    case mask
}
