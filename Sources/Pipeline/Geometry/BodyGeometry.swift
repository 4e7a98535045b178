import Archive
import Flow
import Geometry
import Numerics

/// The bodies of a case as a run file holds them.
enum BodyGeometry {
    /// The signed distance of the union of all bodies and the cells that the solver takes for solid; nil where
    /// there are no bodies.
    static func make(_ flowCase: FlowCase) -> RunGeometry? {
        guard !flowCase.bodies.isEmpty else { return nil }
        let domain = flowCase.domain
        let grid = SampleGrid(cells: domain.cells, lower: domain.lower, upper: domain.upper)
        let workers = Workers(count: flowCase.numerics.threads)
        let distance = ShapeSampler.union(flowCase.bodies.map(\.shape), on: grid, workers: workers)
        let solid = SolidCells(flowCase, workers: workers)
        return RunGeometry(
            signedDistance: distance.values, mask: (0..<grid.count).map { solid.isSolid($0) ? 0 : 1 })
    }
}
