/// The cells on which quantities are computed, as far as differences between them go.
public struct QuantityGrid: Sendable {
    /// One axis of cells of the same size.
    public struct Axis: Sendable {
        /// How many cells.
        public var cells: Int
        /// The size of a cell.
        public var spacing: Double
        /// Whether the last cell is beside the first.
        public var isPeriodic: Bool

        /// An axis.
        public init(cells: Int, spacing: Double, isPeriodic: Bool) {
            self.cells = cells
            self.spacing = spacing
            self.isPeriodic = isPeriodic
        }

        /// The cells before and after one; nil where an end is in the way.
        func neighbours(of index: Int) -> (lower: Int?, upper: Int?) {
            (
                index > 0 ? index - 1 : isPeriodic ? cells - 1 : nil,
                index + 1 < cells ? index + 1 : isPeriodic ? 0 : nil
            )
        }
    }

    /// x first.
    public let axes: [Axis]

    /// A grid of one, two or three axes.
    public init(_ axes: [Axis]) { self.axes = axes }

    /// The dimension.
    public var rank: Int { axes.count }
    /// Cells along x.
    public var rowCells: Int { axes[0].cells }
    /// How many rows along x there are; (y, z) = (row mod n_y, row / n_y).
    public var rowCount: Int { axes.dropFirst().reduce(1) { $0 * $1.cells } }

    /// The rows before and after a row along y (1) or z (2).
    func neighbours(of row: Int, axis: Int) -> (lower: Int?, upper: Int?) {
        let stride = axis == 1 ? 1 : axes[1].cells
        let index = row / stride % axes[axis].cells
        let (lower, upper) = axes[axis].neighbours(of: index)
        return (lower.map { row + ($0 - index) * stride }, upper.map { row + ($0 - index) * stride })
    }
}
