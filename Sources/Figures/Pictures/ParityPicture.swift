/// A ready-made picture of predictions over what is true: points on the diagonal are right.
public enum ParityPicture {
    /// One panel for each quantity: points, the diagonal, and beneath it how the differences are distributed.
    ///
    /// - Parameters:
    ///   - groups: for each group of samples (such as a split) the points (truth, prediction) of every quantity.
    ///   - axes: the quantities.
    /// - Throws: ``FigureError/emptyData(what:)`` where there is no point.
    public static func panels(
        _ groups: [(label: String, points: [[(truth: Double, prediction: Double)]])], axes: [Axis],
        title: String = "", size: FigureSize = .page
    ) throws(FigureError) -> Figure {
        guard !axes.isEmpty, groups.contains(where: { $0.points.contains { !$0.isEmpty } }) else {
            throw .emptyData(what: "a picture of predictions over truth")
        }
        var (parity, differences): ([Panel], [Panel]) = ([], [])
        for (index, axis) in axes.enumerated() {
            parity.append(try parityPanel(groups, index, axis))
            differences.append(try differencePanel(groups, index, axis))
        }
        return Figure(title: title, panels: parity + differences, columns: axes.count, size: size)
    }

    private static func parityPanel(
        _ groups: [(label: String, points: [[(truth: Double, prediction: Double)]])], _ index: Int,
        _ axis: Axis
    ) throws(FigureError) -> Panel {
        var bounds = Bounds()
        var layers: [any Layer] = []
        for (number, group) in groups.enumerated() where !group.points[index].isEmpty {
            let points = group.points[index]
            bounds.include(Bounds(points.map(\.truth) + points.map(\.prediction)))
            layers.append(
                try ScatterLayer(
                    x: points.map(\.truth), y: points.map(\.prediction),
                    marker: Marker(color: .series(number).opacity(0.6), size: 3),
                    label: index == 0 ? group.label : nil))
        }
        let ends = [bounds.lower, bounds.upper]
        layers.insert(
            try LineLayer(x: ends, y: ends, stroke: Stroke(.ink, width: 0.8, dash: .dashed)), at: 0)
        let room = max(0.04 * (bounds.upper - bounds.lower), 1e-12)
        let range = (bounds.lower - room)...(bounds.upper + room)
        return Panel(
            xAxis: Axis("true \(axis.label)", unit: axis.unit, range: range),
            yAxis: Axis("predicted \(axis.label)", unit: axis.unit, range: range), layers: layers,
            shape: .equalUnits)
    }

    private static func differencePanel(
        _ groups: [(label: String, points: [[(truth: Double, prediction: Double)]])], _ index: Int,
        _ axis: Axis
    ) throws(FigureError) -> Panel {
        var layers: [any Layer] = []
        for (number, group) in groups.enumerated() where !group.points[index].isEmpty {
            let differences = group.points[index].map { $0.prediction - $0.truth }
            layers.append(
                try HistogramLayer(differences, isDensity: true, color: .series(number).opacity(0.6)))
        }
        return Panel(
            xAxis: Axis("error of \(axis.label)", unit: axis.unit), yAxis: Axis("density", margin: 0.05),
            layers: layers, shape: .ratio(0.5))
    }
}
