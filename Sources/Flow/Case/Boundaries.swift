import Schema

/// The two sides of one axis.
public struct AxisBoundaries: Sendable {
    /// The side at the lower bound.
    public var lower: BoundarySpecification
    /// The side at the upper bound.
    public var upper: BoundarySpecification
}

/// A boundary condition, and patches (nozzles) that replace it on parts of the face; later patches win.
public struct BoundarySpecification: Sendable {
    /// The condition outside of all patches.
    public var kind: BoundaryKind
    /// Other conditions on parts of the face, in their order.
    public var patches: [BoundaryPatch]

    /// A condition with its patches.
    public init(kind: BoundaryKind, patches: [BoundaryPatch] = []) {
        self.kind = kind
        self.patches = patches
    }
}

/// What happens at a face of the domain.
public enum BoundaryKind: Sendable {
    /// Joined to the opposite side; both sides of an axis are.
    case periodic
    /// The flow follows the wall without friction.
    case slipWall
    /// Adiabatic where `temperature` is nil; `velocity` is that of the wall.
    case noSlipWall(velocity: [Double], temperature: Double?)
    /// The whole state is imposed; may vary with position and time.
    case inflow(StateExpressions)
    /// Extrapolation.
    case outflow
    /// Non-reflecting: incoming characteristics carry this far-field state, outgoing ones leave.
    case characteristic(StateExpressions)

    /// The words of case files: every condition has one.
    public enum Name: String, Sendable, CaseIterable {
        /// See ``BoundaryKind/slipWall``.
        case slipWall = "wall"
        /// See ``BoundaryKind/noSlipWall(velocity:temperature:)``.
        case noSlipWall = "no-slip"
        /// See ``BoundaryKind/inflow(_:)``.
        case inflow
        /// See ``BoundaryKind/outflow``.
        case outflow
        /// See ``BoundaryKind/characteristic(_:)``.
        case characteristic
        /// See ``BoundaryKind/periodic``.
        case periodic
    }

    /// The word of this condition.
    public var name: Name {
        switch self {
        case .periodic: .periodic
        case .slipWall: .slipWall
        case .noSlipWall: .noSlipWall
        case .inflow: .inflow
        case .outflow: .outflow
        case .characteristic: .characteristic
        }
    }
}

/// Part of a face: cells whose face-centre satisfies `where` (an expression in x, y, z).
public struct BoundaryPatch: Sendable {
    /// Not 0 inside the patch.
    public var region: Expression
    /// The condition there; never periodic.
    public var kind: BoundaryKind

    /// A part of a face.
    public init(region: Expression, kind: BoundaryKind) {
        self.region = region
        self.kind = kind
    }
}
