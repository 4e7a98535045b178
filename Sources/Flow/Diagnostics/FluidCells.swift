import Geometry

/// Selects the cells of a case that hold gas, as the solver classifies them.
struct FluidCells: Sendable {
    /// nil where the case has no bodies, and all cells are fluid.
    private let solid: SolidCells?

    init(_ flowCase: FlowCase) { solid = flowCase.bodies.isEmpty ? nil : SolidCells(flowCase) }

    /// Whether all cells are fluid.
    var isEverything: Bool { solid == nil }

    /// Whether a cell (x fastest) holds gas.
    func contains(_ cell: Int) -> Bool { !(solid?.isSolid(cell) ?? false) }

    /// The values of fluid cells, in their order.
    func select(_ values: [Double]) -> [Double] {
        guard let solid else { return values }
        return values.indices.lazy.filter { !solid.isSolid($0) }.map { values[$0] }
    }
}

extension Domain {
    /// The cell centres, for sampling shapes.
    var sampleGrid: SampleGrid { SampleGrid(cells: cells, lower: lower, upper: upper) }
}
