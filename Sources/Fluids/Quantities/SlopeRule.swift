/// How derivatives are taken between cell centres: by central differences, second order; one-sided at an end of an axis
/// that is not periodic and beside a body; 0 where there is no neighbour to either side, and inside of bodies.
struct SlopeRule {
    /// Cells in a line or, for y and z, cells beside those of the row.
    struct Side {
        let values: UnsafePointer<Double>
        /// 0 where a body is; nil where all hold the fluid.
        let isFluid: UnsafePointer<UInt8>?

        func shifted(_ cells: Int) -> Side {
            Side(values: values + cells, isFluid: isFluid.map { $0 + cells })
        }
    }

    /// Fills a row of derivatives along x.
    static func alongRow(
        _ row: Side, _ axis: QuantityGrid.Axis, into result: UnsafeMutablePointer<Double>
    ) {
        let count = axis.cells
        for cell in count > 1 ? [0, count - 1] : [0] {
            let (lower, upper) = axis.neighbours(of: cell)
            across(
                row.shifted(cell), lower: lower.map(row.shifted), upper: upper.map(row.shifted), cells: 1,
                axis.spacing, into: result + cell)
        }
        guard count > 2 else { return }
        across(
            row.shifted(1), lower: row, upper: row.shifted(2), cells: count - 2, axis.spacing,
            into: result + 1)
    }

    /// Fills a row of derivatives from the cells before and after each.
    static func across(
        _ center: Side, lower: Side?, upper: Side?, cells: Int, _ spacing: Double,
        into result: UnsafeMutablePointer<Double>
    ) {
        let low = lower ?? center
        let high = upper ?? center
        let sides = (lower == nil ? 0 : 1) + (upper == nil ? 0 : 1)
        let inverse = sides == 0 ? 0 : 1 / (Double(sides) * spacing)
        for cell in 0..<cells { result[cell] = (high.values[cell] - low.values[cell]) * inverse }
        guard center.isFluid != nil || low.isFluid != nil || high.isFluid != nil else { return }
        for cell in 0..<cells {
            // Absent marks are not 0: all cells of such a row hold the fluid.
            let hasLower = lower != nil && low.isFluid?[cell] != 0
            let hasUpper = upper != nil && high.isFluid?[cell] != 0
            guard center.isFluid?[cell] != 0, hasLower || hasUpper else {
                result[cell] = 0
                continue
            }
            guard !(hasLower && hasUpper) else { continue }
            let difference =
                (hasUpper ? high : center).values[cell] - (hasLower ? low : center).values[cell]
            result[cell] = difference / spacing
        }
    }
}
