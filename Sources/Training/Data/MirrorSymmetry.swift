/// The mirror symmetry of the flow equations: a flow seen in a mirror across an axis is a flow, with the component of
/// every vector along the axis reversed.
package struct MirrorSymmetry: Sendable, Equatable {
    /// 0 for x, 1 for y, 2 for z.
    package let axis: Int

    /// The mirror across an axis.
    package init(axis: Int) { self.axis = axis }

    private static let axes = ["x", "y", "z"]
    /// Vectors whose components are channels.
    private static let vectors = ["velocity", "momentum"]
    /// Axial vectors: in a mirror the components across the axis are reversed.
    private static let axialVectors = ["vorticity"]

    /// Whether a channel changes its sign.
    package func reverses(_ channel: String) -> Bool {
        let name = channel.hasPrefix("initial_") ? String(channel.dropFirst("initial_".count)) : channel
        let own = Self.axes[axis]
        if Self.vectors.contains(where: { name == "\($0)_\(own)" }) { return true }
        return Self.axialVectors.contains { vector in
            Self.axes.contains { $0 != own && name == "\(vector)_\($0)" }
        }
    }

    /// Whether a channel says where a point is, and stays as it is.
    func keeps(_ channel: String) -> Bool { Self.axes.contains(channel) }

    /// The fields in the mirror, channels first.
    package func apply(_ field: [Float], channels: [String], cellShape: [Int]) -> [Float] {
        let points = cellShape.reduce(1, *)
        var result = field
        for (number, name) in channels.enumerated() where !keeps(name) {
            let sign: Float = reverses(name) ? -1 : 1
            let base = number * points
            forEachPair(cellShape) { from, to in result[base + to] = sign * field[base + from] }
        }
        return result
    }

    /// A mask or a distance in the mirror.
    func apply<Element>(_ cells: [Element], cellShape: [Int]) -> [Element] {
        var result = cells
        forEachPair(cellShape) { from, to in result[to] = cells[from] }
        return result
    }

    /// An item in the mirror.
    func apply(_ fields: ItemFields, _ layout: FieldLayout) -> ItemFields {
        ItemFields(
            input: apply(fields.input, channels: layout.givenChannels, cellShape: layout.cellShape),
            target: apply(fields.target, channels: layout.outputChannels, cellShape: layout.cellShape),
            mask: fields.mask.map { apply($0, cellShape: layout.cellShape) },
            distance: fields.distance.map { apply($0, cellShape: layout.cellShape) })
    }

    /// Every point and its image; cells are slowest axis first, so x is the last.
    private func forEachPair(_ cellShape: [Int], _ body: (Int, Int) -> Void) {
        let position = cellShape.count - 1 - axis
        let extent = cellShape[position]
        let inner = cellShape[(position + 1)...].reduce(1, *)
        for outer in 0..<cellShape[..<position].reduce(1, *) {
            for line in 0..<extent {
                let from = (outer * extent + line) * inner
                let to = (outer * extent + extent - 1 - line) * inner
                for i in 0..<inner { body(from + i, to + i) }
            }
        }
    }
}
