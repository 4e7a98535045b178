import Geometry

/// What the gas does to one body. In two dimensions all is per unit of depth.
public struct BodyForce: Sendable {
    /// The body.
    public var name: String
    /// −∫(p + Σ) n dA: the momentum that the gas gives up at the wall, which in this method acts through p + Σ.
    public var pressure: Point
    /// ∫τ·n dA.
    public var viscous: Point
    /// ∫(x − x₀) × (−(p + Σ) n + τ·n) dA about ``BodyForces/momentCenters``; only z in two dimensions.
    public var moment: Point
    /// The force along the free stream.
    public var drag: Double
    /// The force along ``FreeStream/upward``.
    public var lift: Double
    /// Drag over dynamic pressure and frontal area; nil where the free stream is at rest.
    public var dragCoefficient: Double?
    /// Lift over dynamic pressure and frontal area; nil where the free stream is at rest.
    public var liftCoefficient: Double?
    /// The dimension.
    let rank: Int

    /// The values as a row of a table: `pressure_force_x`, `viscous_force_x`, `moment_z`, `drag`, `lift`,
    /// `drag_coefficient`, …; always the same names for a case.
    public var columns: [(String, Double)] {
        let axes = Array(CaseVariables.space.prefix(rank))
        let moments = rank == 3 ? [0, 1, 2] : [2]
        return axes.enumerated().map { ("pressure_force_\($1)", pressure[$0]) }
            + axes.enumerated().map { ("viscous_force_\($1)", viscous[$0]) }
            + moments.map { ("moment_\(CaseVariables.space[$0])", moment[$0]) }
            + [("drag", drag), ("lift", lift)]
            + [("drag_coefficient", dragCoefficient), ("lift_coefficient", liftCoefficient)].compactMap {
                name, value in value.map { (name, $0) }
            }
    }
}

/// The state along the surface of one body, one value per element; in two dimensions the elements follow each
/// contour with the body on the left.
public struct BodySurface: Sendable {
    /// The body.
    public var name: String
    /// Names and values: `x`, `y`, `z`, `arc_length`, `contour`, `normal_x` …, `area`, `pressure`,
    /// `entropic_pressure`, `temperature`, `viscous_stress_x` …, `pressure_coefficient` = (p − p∞)/q∞ and
    /// `friction_coefficient` = |τ·n|/q∞ (the two only where the free stream moves).
    public var columns: [(String, [Double])]

    /// A column by its name.
    public subscript(name: String) -> [Double]? { columns.first { $0.0 == name }?.1 }
}
