import Numerics

/// The bodies of a case as the solver uses them, where they are at one time: which cells are solid, where the images of ghost
/// cells lie, which faces belong to closed bodies. Geometry alone; what depends on the state is in ``BlockBodies``.
final class ImmersedBodies<Scalar: Real>: Sendable {
    let solid: SolidCells
    let spans: SolidSpans
    let layout: GhostCells<Scalar>
    let surface: SurfaceFaces
    /// Per direction.
    let thinWalls: [ThinWalls]
    let oneCellWalls: OneCellWalls

    /// - Returns: nil where the case has no bodies, or none of their cells.
    init?(_ flowCase: FlowCase, team: Workers) {
        guard !flowCase.bodies.isEmpty else { return nil }
        solid = SolidCells(flowCase, workers: team)
        guard !solid.isEmpty else { return nil }
        let bodies = BodySet(flowCase)
        spans = SolidSpans(solid)
        oneCellWalls = OneCellWalls(solid)
        var layout = GhostCells<Scalar>(bodies, solid, workers: team)
        thinWalls = (0..<flowCase.domain.rank).map { [solid] in
            ThinWalls(solid, bodies: bodies, direction: $0, ghosts: &layout)
        }
        self.layout = layout
        let tight = flowCase.boundaries.map { ($0.lower.isTight, $0.upper.isTight) }
        // What a moving body covers and lays bare changes the fluid's mass: there is nothing to hold fixed.
        surface =
            flowCase.hasMovingBodies
            ? SurfaceFaces(rows: solid.grid.count / solid.grid.cells[0])
            : SurfaceFaces(solid, bodies: bodies, isTight: tight)
    }
}

extension BoundarySpecification {
    /// Whether no mass passes.
    fileprivate var isTight: Bool {
        ([kind] + patches.map(\.kind)).allSatisfy { kind in
            switch kind {
            case .periodic, .slipWall, .noSlipWall: true
            default: false
            }
        }
    }
}
