/// A figure with every size and place decided.
struct FigureLayout {
    let styles: TextStyles
    let measure: TextMeasure
    private(set) var panels: [PanelLayout]
    private(set) var width: Double
    private(set) var height = 0.0
    private(set) var titleLines: [String] = []

    private let columns: Int
    private let weights: [Double]
    private let sharesScale: Bool
    private let fixedHeight: Double?
    private let pixel: Double
    private let padding: Double

    /// - Parameter pixel: boxes begin and end at multiples of this length, so that cells stay sharp.
    init(_ figure: Figure, pixel: Double) throws(FigureError) {
        let size = figure.size
        guard (36...20000).contains(size.width), (1...200).contains(size.fontSize),
            (36...20000).contains(size.height ?? 36)
        else {
            throw .invalidSize(
                reason: "\(size.width) by \(size.height.map { "\($0)" } ?? "automatic") points with letters "
                    + "of \(size.fontSize); allowed: sides of 36 to 20000, letters of 1 to 200")
        }
        guard !figure.panels.isEmpty else { throw .emptyData(what: "a figure without panels") }
        measure = try TextMeasure()
        styles = TextStyles(fontSize: size.fontSize)
        columns = min(figure.columns, figure.panels.count)
        weights = (0..<columns).map {
            $0 < figure.columnWeights.count ? max(figure.columnWeights[$0], 1e-3) : 1
        }
        sharesScale = figure.sharesScale
        fixedHeight = size.height
        self.pixel = pixel
        padding = size.fontSize * 0.7
        width = (size.width / pixel).rounded() * pixel
        panels = []
        titleLines = measure.wrapped(figure.title, styles.figureTitle, limit: width - 2 * padding)
        let guess = width / Double(columns) * 0.7
        for (index, panel) in figure.panels.enumerated() {
            let name = panel.title.isEmpty ? "panel \(index + 1)" : "panel '\(panel.title)'"
            panels.append(try PanelLayout(panel, name: name, styles: styles, width: guess))
        }
        try settle()
    }

    /// Sizes decide ticks, ticks decide margins, margins decide sizes: a few rounds settle it. Legends come
    /// after the first rounds, because they need to know where the data lie.
    private mutating func settle() throws(FigureError) {
        for round in 0..<5 {
            for index in panels.indices { panels[index].measure(measure) }
            try arrange()
            guard round == 1 || round == 3 else { continue }
            for index in panels.indices where round == 1 || panels[index].legend?.isOutside == false {
                panels[index].legend = LegendBox(for: panels[index], measure: measure)
            }
        }
        for index in panels.indices { placeLegend(index) }
        alignLabels()
    }

    /// The y labels of a column stand in one line.
    private mutating func alignLabels() {
        for column in 0..<columns {
            let shown = members(column: column).filter { $0.panel.yAxis.showsLabels }
            let distance = shown.map(\.yLabelDistance).max() ?? 0
            for index in panels.indices where index % columns == column {
                panels[index].yLabelDistance = distance
            }
        }
    }

    private mutating func placeLegend(_ index: Int) {
        guard var legend = LegendBox(for: panels[index], measure: measure) else { return }
        if let settled = panels[index].legend, settled.isOutside { legend = settled }
        if legend.isOutside {
            let box = panels[index].box
            let note = panels[index].note == nil ? 0 : styles.tick.size * 1.3
            legend.area.x = box.x
            legend.area.y = box.y - PanelLayout.gap - note - legend.area.height
        }
        panels[index].legend = legend
    }

    var titleHeight: Double {
        titleLines.isEmpty
            ? 0 : Double(titleLines.count) * styles.figureTitle.size * 1.3 + PanelLayout.gap * 2
    }

    // MARK: The grid

    private var rowCount: Int { (panels.count + columns - 1) / columns }

    private func members(column: Int) -> [PanelLayout] {
        panels.indices.filter { $0 % columns == column }.map { panels[$0] }
    }

    private func members(row: Int) -> [PanelLayout] {
        panels.indices.filter { $0 / columns == row }.map { panels[$0] }
    }

    private mutating func arrange() throws(FigureError) {
        let gap = styles.tick.size * 1.2
        let columnGap = styles.tick.size * (columns > 1 ? 1.8 : 0)
        let lefts = (0..<columns).map { members(column: $0).map(\.margins.left).max() ?? 0 }
        let rights = (0..<columns).map { members(column: $0).map(\.margins.right).max() ?? 0 }
        let tops = (0..<rowCount).map { members(row: $0).map(\.margins.top).max() ?? 0 }
        let bottoms = (0..<rowCount).map { members(row: $0).map(\.margins.bottom).max() ?? 0 }

        let used = 2 * padding + sum(lefts) + sum(rights) + columnGap * Double(columns - 1)
        let unit = (width - used) / sum(weights)
        let widths = weights.map { $0 * unit }
        guard (widths.min() ?? 0) > 12 else {
            throw .invalidSize(reason: "\(columns) columns do not fit into \(width) points; widen the figure")
        }
        let taken = titleHeight + 2 * padding + sum(tops) + sum(bottoms) + gap * Double(rowCount - 1)
        let heights = try rowHeights(widths: widths, taken: taken)
        height = fixedHeight ?? ((taken + sum(heights)) / pixel).rounded(.up) * pixel

        var y = padding + titleHeight
        for row in 0..<rowCount {
            var x = padding
            for column in 0..<columns where row * columns + column < panels.count {
                let cell = Rectangle(
                    x: x + lefts[column], y: y + tops[row], width: widths[column], height: heights[row])
                place(row * columns + column, in: cell)
                x += lefts[column] + widths[column] + rights[column] + columnGap
            }
            y += tops[row] + heights[row] + bottoms[row] + gap
        }
    }

    /// The wished heights, scaled to a fixed height of the figure where one is given.
    private func rowHeights(widths: [Double], taken: Double) throws(FigureError) -> [Double] {
        let pointsPerUnit =
            sharesScale
            ? panels.indices.map { widths[$0 % columns] / panels[$0].xLength }.min() : nil
        let wished = (0..<rowCount).map { row in
            let heights = members(row: row).enumerated().map { column, panel in
                (pointsPerUnit.map { $0 * panel.xLength } ?? widths[column]) * panel.ratio
            }
            return min(max(heights.max() ?? 0, styles.tick.size * 1.5), width * 1.25)
        }
        guard let fixedHeight else { return wished }
        let scale = (fixedHeight - taken) / sum(wished)
        guard scale * (wished.min() ?? 0) > 8 else {
            throw .invalidSize(reason: "\(rowCount) rows do not fit into \(fixedHeight) points of height")
        }
        return wished.map { $0 * scale }
    }

    /// Puts a plot box into its cell: filling it, or as large as equal units allow and centred.
    private mutating func place(_ index: Int, in cell: Rectangle) {
        var (width, height) = (cell.width, cell.height)
        if panels[index].panel.shape == .equalUnits {
            width = min(cell.width, cell.height / panels[index].ratio)
            height = width * panels[index].ratio
        }
        func snapped(_ length: Double) -> Double { (length / pixel).rounded() * pixel }
        panels[index].box = Rectangle(
            x: snapped(cell.x + (cell.width - width) / 2), y: snapped(cell.y + (cell.height - height) / 2),
            width: max(snapped(width), pixel), height: max(snapped(height), pixel))
    }

    private func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
}
