import Fluids

extension FlowCase {
    /// The cells of the case, or others over the same domain, for quantities.
    ///
    /// - Parameter cells: Along each axis, x first; those of the case where nil.
    public func quantityGrid(cells: [Int]? = nil) -> QuantityGrid {
        QuantityGrid(
            (cells ?? domain.cells).enumerated().map { axis, count in
                QuantityGrid.Axis(
                    cells: count,
                    spacing: count == domain.cells[axis]
                        ? domain.spacing(axis) : (domain.upper[axis] - domain.lower[axis]) / Double(count),
                    isPeriodic: isPeriodic(axis))
            })
    }

    /// Whether the last cell of an axis is beside the first.
    public func isPeriodic(_ axis: Int) -> Bool {
        if case .periodic = boundaries[axis].lower.kind { true } else { false }
    }
}

extension FluidCells {
    /// Tells which cells hold gas; nil where all do.
    var test: ((Int) -> Bool)? { isEverything ? nil : { contains($0) } }
}

extension PrimitiveRow {
    /// Takes a row from a computation.
    func load(_ row: Int, of computation: any FlowComputation, law: FluidLaw) {
        computation.conservedRow(row, into: values)
        makePrimitive(law)
    }
}
