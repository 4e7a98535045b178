/// One sample as it is scored: what is true, what was predicted, and where.
public struct ScoredSample: Sendable {
    /// Output channels by name; of a trajectory the channels of every time, one time after the other.
    public var channels: [String]
    /// Extents of the grid, x first.
    public var cells: [Int]
    /// Cell sizes, x first.
    public var spacing: [Double]
    /// The true values: channel, (z,) y, x.
    public var truth: [Float]
    /// The predicted values, in the same order and unit.
    public var prediction: [Float]
    /// 1 where there is fluid; all fluid where nil.
    public var mask: [UInt8]?
    /// Signed distance to the bodies, negative inside; nil where there are none.
    public var signedDistance: [Float]?

    /// A sample to score.
    public init(
        channels: [String], cells: [Int], spacing: [Double], truth: [Float], prediction: [Float],
        mask: [UInt8]? = nil, signedDistance: [Float]? = nil
    ) {
        self.channels = channels
        self.cells = cells
        self.spacing = spacing
        self.truth = truth
        self.prediction = prediction
        self.mask = mask
        self.signedDistance = signedDistance
    }

    /// Cells of the grid.
    public var count: Int { cells.reduce(1, *) }

    /// Whether a cell holds fluid.
    @inline(__always) func isFluid(_ cell: Int) -> Bool { mask.map { $0[cell] != 0 } ?? true }

    /// The values of one channel.
    func values(_ field: [Float], _ channel: Int) -> ArraySlice<Float> {
        field[channel * count..<(channel + 1) * count]
    }

    /// Cells with 0 ≤ φ ≤ 0.2; empty where there are no bodies.
    var boundaryCells: [Int] {
        guard let signedDistance else { return [] }
        return signedDistance.indices.filter {
            signedDistance[$0] >= 0 && signedDistance[$0] <= Float(UnifiedScore.bandWidth) && isFluid($0)
        }
    }
}
