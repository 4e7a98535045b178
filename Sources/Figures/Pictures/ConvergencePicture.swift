import Foundation

/// Errors over resolution for one norm, scheme or field.
public struct ConvergenceSeries: Sendable {
    /// The name in the legend, as in "L1(density)".
    public var label: String
    /// Cells along an axis, ascending.
    public var resolution: [Double]
    /// The error at each resolution.
    public var error: [Double]

    /// A series.
    public init(label: String, resolution: [Double], error: [Double]) {
        self.label = label
        self.resolution = resolution
        self.error = error
    }

    /// The order of convergence p in error ~ resolution^−p: the slope of the least-squares line through the
    /// logarithms. Nil with fewer than two usable points.
    public var measuredOrder: Double? {
        let points = zip(resolution, error).filter { $0 > 0 && $1 > 0 && $0.isFinite && $1.isFinite }
            .map { (log($0), log($1)) }
        guard points.count >= 2 else { return nil }
        let meanX = points.reduce(0) { $0 + $1.0 } / Double(points.count)
        let meanY = points.reduce(0) { $0 + $1.1 } / Double(points.count)
        let spread = points.reduce(0) { $0 + ($1.0 - meanX) * ($1.0 - meanX) }
        guard spread > 0 else { return nil }
        return -points.reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / spread
    }
}

/// A ready-made picture of convergence: two logarithmic axes and a triangle of the expected order.
public enum ConvergencePicture {
    /// Errors over resolution; the legend tells each series' measured order.
    /// - Parameter expectedOrder: the order that the triangle shows; nil for none.
    /// - Throws: ``FigureError`` for series without points greater than zero or of unequal length.
    public static func convergence(
        _ series: [ConvergenceSeries], expectedOrder: Double? = nil, title: String = "",
        xLabel: String = "cells along an axis", yLabel: String = "error", size: FigureSize = .page
    ) throws(FigureError) -> Figure {
        var layers: [any Layer] = []
        if let expectedOrder, let triangle = triangle(under: series, order: expectedOrder) {
            layers.append(triangle)
        }
        let forms = Marker.Form.allCases
        for (index, one) in series.enumerated() {
            let order = one.measuredOrder.map { " (order \(Ticks.fixedPoint($0, decimals: 2)))" } ?? ""
            layers.append(
                try LineLayer(
                    x: one.resolution, y: one.error, stroke: Stroke(.series(index)),
                    marker: Marker(forms[index % forms.count], color: .series(index), size: 5),
                    label: one.label + order))
        }
        // Ticks at the resolutions themselves, as long as they are few.
        let resolutions = Set(series.flatMap(\.resolution)).filter { $0 > 0 && $0.isFinite }.sorted()
        let axis = Axis(
            xLabel, scale: .logarithmic, margin: 0.09, ticks: resolutions.count <= 8 ? resolutions : nil)
        let panel = Panel(
            xAxis: axis, yAxis: Axis(yLabel, scale: .logarithmic, margin: 0.08), layers: layers,
            shape: .ratio(0.7))
        return Figure(title: title, panels: [panel], size: size)
    }

    /// A triangle over the middle of the resolutions, at no more than half of the least error there.
    private static func triangle(
        under series: [ConvergenceSeries], order: Double
    ) -> OrderTriangleLayer? {
        let points = series.flatMap { zip($0.resolution, $0.error) }
            .filter { $0 > 0 && $1 > 0 && $0.isFinite && $1.isFinite }
        let all = Bounds(points.map(\.0))
        guard !all.isEmpty, all.upper > all.lower else { return nil }
        let start = all.lower * pow(all.upper / all.lower, 0.2)
        let end = all.lower * pow(all.upper / all.lower, 0.5)
        // error · resolution^order is the height of a line of this slope through a point.
        let least = points.map { $0.1 * pow($0.0, order) }.min() ?? 1
        return OrderTriangleLayer(x: start...end, y: 0.35 * least / pow(start, order), slope: -order)
    }
}
