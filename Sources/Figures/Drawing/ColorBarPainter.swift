/// Draws the colour bar of a panel. Pointed ends say that data lie beyond the colours' range.
struct ColorBarPainter {
    let layout: PanelLayout
    let canvas: Canvas
    let measure: TextMeasure

    func paint() {
        guard let area = layout.barArea, let colors = layout.panel.colors, let bar = layout.panel.colorBar
        else { return }
        let isUpright = bar.placement == .right
        paintColors(colors, area, isUpright: isUpright)
        paintEnds(colors, area, isUpright: isUpright)
        for (position, label) in zip(layout.barTicks.major, layout.barTicks.labels) {
            paintTick(share: share(position, colors), label, area, isUpright: isUpright)
        }
        paintLabel(area, isUpright: isUpright)
    }

    private func share(_ value: Double, _ colors: ColorScale) -> Double {
        (value - colors.range.lowerBound) / (colors.range.upperBound - colors.range.lowerBound)
    }

    private func paintColors(_ colors: ColorScale, _ area: Rectangle, isUpright: Bool) {
        let table = colors.colorMap.table(count: 256)
        let bitmap =
            isUpright
            ? Bitmap(pixels: table.reversed(), width: 1, height: 256)
            : Bitmap(pixels: table, width: 256, height: 1)
        canvas.image(bitmap, in: area)
        canvas.outline(area, Stroke(.grey(0.25), width: 0.8))
    }

    private func paintEnds(_ colors: ColorScale, _ area: Rectangle, isUpright: Bool) {
        let reach = layout.barWidth * 0.5
        func end(_ color: Color, sign: Double, at edge: Double) {
            let tip = edge + sign * reach
            let points =
                isUpright
                ? [Point(x: area.x, y: edge), Point(x: area.center.x, y: tip), Point(x: area.right, y: edge)]
                : [
                    Point(x: edge, y: area.y), Point(x: tip, y: area.center.y),
                    Point(x: edge, y: area.bottom),
                ]
            canvas.fill([points], with: color)
            canvas.line(points, Stroke(.grey(0.25), width: 0.8))
        }
        if colors.bounds.upper > colors.range.upperBound {
            end(colors.colorMap.color(at: 1), sign: isUpright ? -1 : 1, at: isUpright ? area.y : area.right)
        }
        if colors.bounds.lower < colors.range.lowerBound {
            end(colors.colorMap.color(at: 0), sign: isUpright ? 1 : -1, at: isUpright ? area.bottom : area.x)
        }
    }

    private func paintTick(share: Double, _ label: String, _ area: Rectangle, isUpright: Bool) {
        let stroke = Stroke(.grey(0.25), width: 0.8)
        let (length, gap) = (PanelLayout.tickLength, PanelLayout.gap)
        if isUpright {
            let y = area.bottom - share * area.height
            canvas.line([Point(x: area.right, y: y), Point(x: area.right + length, y: y)], stroke)
            canvas.text(label, at: Point(x: area.right + length + gap, y: y), layout.styles.tick)
        } else {
            let x = area.x + share * area.width
            canvas.line([Point(x: x, y: area.bottom), Point(x: x, y: area.bottom + length)], stroke)
            let point = Point(x: x, y: area.bottom + length + gap + layout.fontSize * 0.45)
            canvas.text(label, at: point, layout.styles.tick, alignment: .middle)
        }
    }

    private func paintLabel(_ area: Rectangle, isUpright: Bool) {
        let length = isUpright ? area.height + layout.fontSize * 2 : area.width
        let label = measure.fitted(layout.barLabel, layout.styles.label, limit: length)
        let point =
            isUpright
            ? Point(x: layout.box.right + layout.barLabelDistance(measure), y: area.center.y)
            : Point(x: area.center.x, y: area.bottom + layout.xLabelDistance)
        canvas.text(label.text, at: point, label.style, alignment: .middle, isUpward: isUpright)
    }
}
