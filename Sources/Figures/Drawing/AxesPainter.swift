/// Draws what surrounds the data of one panel: grid, box, ticks, numbers, labels, title.
struct AxesPainter {
    let layout: PanelLayout
    let canvas: Canvas
    let measure: TextMeasure

    private var box: Rectangle { layout.box }
    private static let edge = Stroke(.grey(0.25), width: 0.8)

    func paintGrid() {
        let stroke = Stroke(.grey(0.9), width: 0.6)
        for x in layout.xTicks.major.compactMap(across) {
            canvas.line([Point(x: x, y: box.y), Point(x: x, y: box.bottom)], stroke)
        }
        for y in layout.yTicks.major.compactMap(up) {
            canvas.line([Point(x: box.x, y: y), Point(x: box.right, y: y)], stroke)
        }
    }

    func paintAxes() {
        canvas.outline(box, Self.edge)
        paintXAxis()
        paintYAxis()
    }

    func paintTitle() {
        let style = layout.styles.panelTitle
        let top = box.y - layout.margins.top
        for (index, line) in layout.titleLines.enumerated() {
            let y = top + style.size * (0.65 + 1.3 * Double(index))
            canvas.text(line, at: Point(x: box.center.x, y: y), style, alignment: .middle)
        }
        if let note = layout.note {
            let point = Point(x: box.right, y: box.y - layout.fontSize * 0.75)
            canvas.text(note, at: point, layout.styles.note, alignment: .end)
        }
    }

    private func across(_ value: Double) -> Double? {
        layout.panel.xAxis.share(of: value, in: layout.xRange).map { box.x + $0 * box.width }
    }

    private func up(_ value: Double) -> Double? {
        layout.panel.yAxis.share(of: value, in: layout.yRange).map { box.bottom - $0 * box.height }
    }

    private func paintXAxis() {
        for x in layout.xTicks.minor.compactMap(across) {
            tick(x, box.bottom, 0, PanelLayout.tickLength * 0.55)
        }
        for x in layout.xTicks.major.compactMap(across) { tick(x, box.bottom, 0, PanelLayout.tickLength) }
        guard layout.panel.xAxis.showsLabels else { return }
        let y = box.bottom + PanelLayout.tickLength + PanelLayout.gap + layout.fontSize * 0.45
        for (position, label) in zip(layout.xTicks.major, layout.xTicks.labels) {
            guard let x = across(position) else { continue }
            canvas.text(label, at: Point(x: x, y: y), layout.styles.tick, alignment: .middle)
        }
        let point = Point(x: box.center.x, y: box.bottom + layout.xLabelDistance)
        let room = 2 * min(layout.margins.left, layout.margins.right)
        let label = measure.fitted(layout.xLabel, layout.styles.label, limit: box.width + room)
        canvas.text(label.text, at: point, label.style, alignment: .middle)
    }

    private func paintYAxis() {
        for y in layout.yTicks.minor.compactMap(up) { tick(box.x, y, -PanelLayout.tickLength * 0.55, 0) }
        for y in layout.yTicks.major.compactMap(up) { tick(box.x, y, -PanelLayout.tickLength, 0) }
        guard layout.panel.yAxis.showsLabels else { return }
        let x = box.x - PanelLayout.tickLength - PanelLayout.gap
        for (position, label) in zip(layout.yTicks.major, layout.yTicks.labels) {
            guard let y = up(position) else { continue }
            canvas.text(label, at: Point(x: x, y: y), layout.styles.tick, alignment: .end)
        }
        let point = Point(x: box.x - layout.yLabelDistance, y: box.center.y)
        let label = measure.fitted(
            layout.yLabel, layout.styles.label, limit: box.height + layout.fontSize * 2)
        canvas.text(label.text, at: point, label.style, alignment: .middle, isUpward: true)
    }

    private func tick(_ x: Double, _ y: Double, _ dx: Double, _ dy: Double) {
        canvas.line([Point(x: x, y: y), Point(x: x + dx, y: y + dy)], Self.edge)
    }
}
