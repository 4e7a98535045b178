/// Draws a settled layout.
struct FigurePainter {
    let layout: FigureLayout
    let canvas: Canvas

    func paint() {
        let style = layout.styles.figureTitle
        for (index, line) in layout.titleLines.enumerated() {
            let y = style.size * (0.7 + 0.65 + 1.3 * Double(index)) * 0.9
            canvas.text(line, at: Point(x: layout.width / 2, y: y), style, alignment: .middle)
        }
        for panel in layout.panels { paint(panel) }
    }

    private func paint(_ panel: PanelLayout) {
        let axes = AxesPainter(layout: panel, canvas: canvas, measure: layout.measure)
        if panel.panel.showsGrid, panel.panel.colors == nil { axes.paintGrid() }
        let frame = panel.frame
        canvas.clipped(to: panel.box) {
            for layer in panel.panel.layers { layer.draw(on: canvas, in: frame) }
        }
        axes.paintAxes()
        for layer in panel.panel.layers { layer.drawMarks(on: canvas, in: frame) }
        axes.paintTitle()
        ColorBarPainter(layout: panel, canvas: canvas, measure: layout.measure).paint()
        if let legend = panel.legend { paint(legend, panel) }
    }

    private func paint(_ legend: LegendBox, _ panel: PanelLayout) {
        let size = panel.fontSize
        if !legend.isOutside {
            canvas.fill(legend.area, with: .white.opacity(0.88))
            canvas.outline(legend.area, Stroke(.grey(0.75), width: 0.5))
        }
        for (entry, offset) in zip(legend.entries, legend.offsets) {
            let left = legend.area.x + offset.x
            let middle = legend.area.y + offset.y + LegendBox.rowHeight(size) / 2
            let right = left + LegendBox.sampleWidth(size) * 0.8
            if let fill = entry.fill {
                let patch = Rectangle(
                    x: left, y: middle - size * 0.4, width: right - left, height: size * 0.8)
                canvas.fill(patch, with: fill)
            }
            if let stroke = entry.stroke {
                canvas.line([Point(x: left, y: middle), Point(x: right, y: middle)], stroke)
            }
            if let marker = entry.marker { canvas.mark(marker, at: Point(x: (left + right) / 2, y: middle)) }
            canvas.text(
                entry.label, at: Point(x: left + LegendBox.sampleWidth(size), y: middle), panel.styles.tick)
        }
    }
}
