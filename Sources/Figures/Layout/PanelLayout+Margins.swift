extension PanelLayout {
    static let tickLength = 3.5
    static let gap = 3.0

    var barWidth: Double { fontSize * 1.2 }

    /// Distance from the left edge of the box to the middle of the y label.
    func ownLabelDistance(_ measure: TextMeasure) -> Double {
        Self.tickLength + Self.gap + measure.widest(yTicks.labels, styles.tick) + fontSize * 1.1
    }

    /// The widths of the labels of the colour bar, as far as one stands at the right.
    func barLabelDistance(_ measure: TextMeasure) -> Double {
        barGap + barWidth + Self.tickLength + Self.gap + measure.widest(barTicks.labels, styles.tick)
            + fontSize * 0.95
    }

    var barGap: Double { fontSize * 0.8 }

    func leftMargin(_ measure: TextMeasure) -> Double {
        guard panel.yAxis.showsLabels else { return Self.tickLength }
        let ticks = Self.tickLength + Self.gap + measure.widest(yTicks.labels, styles.tick)
        return max(
            yLabel.isEmpty ? ticks : ownLabelDistance(measure) + fontSize * 0.7,
            overhang(measure, atEnd: false))
    }

    func rightMargin(_ measure: TextMeasure) -> Double {
        let bar: Double
        if let placement = panel.colorBar?.placement, placement == .right, panel.colors != nil {
            bar = barLabelDistance(measure) + (barLabel.isEmpty ? -fontSize * 0.95 : fontSize * 0.7)
        } else {
            bar = 0
        }
        return max(bar, overhang(measure, atEnd: true), 2)
    }

    /// How far the first or last x tick label sticks out of the box.
    private func overhang(_ measure: TextMeasure, atEnd: Bool) -> Double {
        let isLast = atEnd != panel.xAxis.isReversed
        guard panel.xAxis.showsLabels,
            let position = isLast ? xTicks.major.last : xTicks.major.first,
            let label = isLast ? xTicks.labels.last : xTicks.labels.first,
            let share = panel.xAxis.share(of: position, in: xRange)
        else { return 0 }
        let free = box.width * (atEnd ? 1 - share : share)
        return measure.width(label, styles.tick) / 2 - free
    }

    var xLabelDistance: Double { Self.tickLength + Self.gap + fontSize * 1.85 }

    /// Distance from the lower edge of the box to the end of axis numbers and label.
    var xAxisDepth: Double {
        guard panel.xAxis.showsLabels else { return Self.tickLength }
        return xLabel.isEmpty
            ? Self.tickLength + Self.gap + fontSize : xLabelDistance + fontSize * 0.7
    }

    var bottomMargin: Double {
        guard panel.colorBar?.placement == .below, panel.colors != nil else { return xAxisDepth }
        let label = barLabel.isEmpty ? 0 : fontSize * 1.4
        return xAxisDepth + barGap * 0.7 + barWidth + Self.tickLength + Self.gap + fontSize + label
    }

    var topMargin: Double {
        var height = titleHeight + (note == nil ? 0 : fontSize * 1.3)
        if let legend, legend.isOutside { height += legend.area.height + Self.gap }
        return max(height, fontSize * 0.5)
    }

    var titleHeight: Double {
        titleLines.isEmpty ? 0 : Double(titleLines.count) * styles.panelTitle.size * 1.3 + Self.gap
    }

    /// The bar of colours; nil when the panel has none.
    var barArea: Rectangle? {
        guard let bar = panel.colorBar, panel.colors != nil else { return nil }
        return bar.placement == .right
            ? Rectangle(x: box.right + barGap, y: box.y, width: barWidth, height: box.height)
            : Rectangle(
                x: box.x, y: box.bottom + xAxisDepth + barGap * 0.7, width: box.width, height: barWidth)
    }
}
