import Geometry

/// A solid in the flow.
public struct Body: Sendable {
    /// Names its forces in the run file.
    public var name: String
    /// Where it is.
    public var shape: any Shape
    /// What its surface does to the gas.
    public var wall: WallKind
    /// How the solver sees it.
    public var representation: BodyRepresentation

    /// A solid in the flow.
    public init(
        name: String, shape: any Shape, wall: WallKind = .slip, representation: BodyRepresentation = .sdf
    ) {
        self.name = name
        self.shape = shape
        self.wall = wall
        self.representation = representation
    }
}

/// What the surface of a body does to the gas.
public enum WallKind: Sendable, Equatable {
    /// The flow follows the wall without friction.
    case slip
    /// The gas sticks to the wall; adiabatic where `temperature` is nil.
    case noSlip(temperature: Double?)
}

/// How the solver sees a body.
public enum BodyRepresentation: String, Sendable, CaseIterable {
    /// A sharp wall where the signed distance is 0.
    case sdf
    /// Cells that are solid or not; the flow is slowed down inside by volume penalisation.
    case mask
}
