/// Where the points of the grid lie on an axis of length 1.
public enum PointPlacement: String, Sendable, Codable, CaseIterable {
    /// At the centres of n cells: (i + ½)/n.
    case cells
    /// At i/n of a periodic axis.
    case periodicNodes = "periodic-nodes"
    /// At i/n of an axis at whose ends, 0 and 1, the outputs are 0; the end at 1 is not stored.
    case zeroBoundaryNodes = "zero-boundary-nodes"

    /// Where a point comes from when the axis is reversed.
    ///
    /// The end of the axis that is not stored becomes the first point. There outputs with zero boundaries are as they were,
    /// and what is given is taken from the nearest point that is stored.
    func reversed(_ index: Int, of extent: Int, isGiven: Bool) -> Int {
        switch self {
        case .cells: extent - 1 - index
        case .periodicNodes: (extent - index) % extent
        case .zeroBoundaryNodes: index > 0 ? extent - index : isGiven ? extent - 1 : 0
        }
    }
}
