import Numerics

/// The bodies of a case as the solver uses them, where they are at one time: which cells are solid, the states
/// behind walls, and the balance of closed bodies.
final class ImmersedBodies<Codec: StorageCodec>: Sendable {
    typealias Scalar = Codec.Scalar

    let solid: SolidCells
    let spans: SolidSpans
    let ghosts: GhostStates<Codec>
    let balance: SurfaceBalance<Codec>
    /// Per direction.
    let thinWalls: [ThinWalls]
    let oneCellWalls: OneCellWalls

    /// - Returns: nil where the case has no bodies, or none of their cells.
    init?(_ flowCase: FlowCase, gas: GasModel<Scalar>, team: Workers) {
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
        ghosts = GhostStates(layout, gas: gas)
        let tight = flowCase.boundaries.map { ($0.lower.isTight, $0.upper.isTight) }
        // What a moving body covers and lays bare changes the fluid's mass: there is nothing to hold fixed.
        let faces =
            flowCase.hasMovingBodies
            ? SurfaceFaces(rows: solid.grid.count / solid.grid.cells[0])
            : SurfaceFaces(solid, bodies: bodies, isTight: tight)
        balance = SurfaceBalance(faces, gas: gas)
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
