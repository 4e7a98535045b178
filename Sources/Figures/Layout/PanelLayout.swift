/// The space around a plot box, in points.
struct Margins: Sendable, Equatable {
    var left = 0.0
    var right = 0.0
    var top = 0.0
    var bottom = 0.0
}

/// One panel with everything decided: ranges, ticks, texts, margins, the plot box and the legend.
struct PanelLayout {
    let panel: Panel
    let xRange: ClosedRange<Double>
    let yRange: ClosedRange<Double>
    let styles: TextStyles
    var box: Rectangle
    var xTicks = Ticks()
    var yTicks = Ticks()
    var barTicks = Ticks()
    var titleLines: [String] = []
    var legend: LegendBox?
    var margins = Margins()
    /// Distance from the box to the middle of the y label, the same in all panels of a column.
    var yLabelDistance = 0.0

    /// - Parameter name: what messages call the panel.
    init(_ panel: Panel, name: String, styles: TextStyles, width: Double) throws(FigureError) {
        var extent = Extent()
        for layer in panel.layers {
            extent.x.include(layer.extent.x)
            extent.y.include(layer.extent.y)
        }
        let isTight = panel.shape == .equalUnits
        self.panel = panel
        self.styles = styles
        xRange = try panel.xAxis.resolvedRange(extent.x, isTight: isTight, what: "the x axis of \(name)")
        yRange = try panel.yAxis.resolvedRange(extent.y, isTight: isTight, what: "the y axis of \(name)")
        box = Rectangle(x: 0, y: 0, width: width, height: 0)
        box.height = width * ratio
    }

    var fontSize: Double { styles.tick.size }

    /// The length of the horizontal axis in units of the data.
    var xLength: Double { xRange.upperBound - xRange.lowerBound }

    /// Height over width that the plot box should have.
    var ratio: Double {
        switch panel.shape {
        case .ratio(let ratio): ratio
        case .equalUnits:
            (yRange.upperBound - yRange.lowerBound) / (xRange.upperBound - xRange.lowerBound)
        }
    }

    var frame: Frame {
        Frame(
            box: box, xRange: xRange, yRange: yRange, xAxis: panel.xAxis, yAxis: panel.yAxis,
            fontSize: fontSize)
    }

    var xLabel: String { xTicks.axisLabel(panel.xAxis.label, unit: panel.xAxis.unit) }
    var yLabel: String { yTicks.axisLabel(panel.yAxis.label, unit: panel.yAxis.unit) }
    var barLabel: String {
        barTicks.axisLabel(panel.colorBar?.label ?? "", unit: panel.colorBar?.unit)
    }

    /// What to say about values that are not finite; nil when all are.
    var note: String? {
        let count = panel.nonFiniteCount
        return count == 0 ? nil : "\(count) \(count == 1 ? "cell is" : "cells are") not finite"
    }

    /// Chooses ticks for the present size of the plot box and measures the margins that they need.
    mutating func measure(_ measure: TextMeasure) {
        xTicks = ticks(panel.xAxis, xRange, target: box.width / (fontSize * 5)) { ticks in
            self.fits(ticks, measure)
        }
        yTicks = ticks(panel.yAxis, yRange, target: box.height / (fontSize * 3.4)) { _ in true }
        measureBar(measure)
        titleLines = measure.wrapped(panel.title, styles.panelTitle, limit: max(box.width, 60))
        yLabelDistance = ownLabelDistance(measure)
        margins = Margins(
            left: leftMargin(measure), right: rightMargin(measure), top: topMargin, bottom: bottomMargin)
    }

    private func ticks(
        _ axis: Axis, _ range: ClosedRange<Double>, target: Double, fit: (Ticks) -> Bool
    ) -> Ticks {
        if let positions = axis.ticks { return .fixed(positions, in: range) }
        var target = max(2, min(Int(target), 10))
        var ticks = Ticks.choose(in: range, scale: axis.scale, target: target)
        while target > 2, !fit(ticks) {
            target -= 1
            ticks = Ticks.choose(in: range, scale: axis.scale, target: target)
        }
        return ticks
    }

    /// True when neighbouring labels under the box keep a letter's distance.
    private func fits(_ ticks: Ticks, _ measure: TextMeasure) -> Bool {
        let spans = zip(ticks.major, ticks.labels).map { position, label in
            let center = (panel.xAxis.share(of: position, in: xRange) ?? 0) * box.width
            let half = measure.width(label, styles.tick) / 2
            return (start: center - half, end: center + half)
        }
        let ordered = spans.sorted { $0.start < $1.start }
        return zip(ordered, ordered.dropFirst()).allSatisfy { $0.end + fontSize * 0.7 < $1.start }
    }

    private mutating func measureBar(_ measure: TextMeasure) {
        guard let bar = panel.colorBar, let colors = panel.colors else { return }
        let length = bar.placement == .right ? box.height / (fontSize * 2.6) : box.width / (fontSize * 6)
        barTicks = Ticks.choose(in: colors.range, scale: .linear, target: max(2, min(Int(length), 8)))
    }
}
