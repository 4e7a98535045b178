/// Points of one name, such as the samples of a split.
public struct PointGroup: Sendable {
    /// The name in the legend.
    public var label: String
    /// The coordinates of each point, one for each axis of ``ScatterPicture``.
    public var points: [[Double]]
    /// True draws crosses instead of discs: points that something is wrong with.
    public var isCrossed: Bool

    /// A group of points.
    public init(label: String, points: [[Double]], isCrossed: Bool = false) {
        self.label = label
        self.points = points
        self.isCrossed = isCrossed
    }
}

/// A ready-made picture of points in several dimensions: every axis against every other one.
public enum ScatterPicture {
    /// A panel for each pair of axes, points coloured by their group.
    /// - Throws: ``FigureError/emptyData(what:)`` for less than two axes or no point.
    public static func pairs(
        _ groups: [PointGroup], axes: [Axis], title: String = "", size: FigureSize = .page
    ) throws(FigureError) -> Figure {
        guard axes.count > 1, groups.contains(where: { !$0.points.isEmpty }) else {
            throw .emptyData(what: "a picture of points over \(axes.count) axes")
        }
        var panels: [Panel] = []
        for first in axes.indices {
            for second in axes.indices.dropFirst(first + 1) {
                panels.append(
                    Panel(
                        xAxis: axes[first], yAxis: axes[second],
                        layers: try layers(groups, first, second, isLabelled: panels.isEmpty),
                        shape: .ratio(0.8)))
            }
        }
        let columns = panels.count < 3 ? panels.count : panels.count == 4 ? 2 : 3
        return Figure(title: title, panels: panels, columns: columns, size: size)
    }

    private static func layers(
        _ groups: [PointGroup], _ first: Int, _ second: Int, isLabelled: Bool
    ) throws(FigureError) -> [any Layer] {
        var layers: [any Layer] = []
        for (index, group) in groups.enumerated() {
            let points = group.points.filter { $0[first].isFinite && $0[second].isFinite }
            guard !points.isEmpty else { continue }
            layers.append(
                try ScatterLayer(
                    x: points.map { $0[first] }, y: points.map { $0[second] },
                    marker: Marker(group.isCrossed ? .cross : .circle, color: .series(index), size: 3.5),
                    label: isLabelled ? group.label : nil))
        }
        return layers
    }
}
