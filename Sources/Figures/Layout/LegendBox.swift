/// A legend with the place of every entry.
struct LegendBox {
    var entries: [LegendEntry]
    /// The upper left corners of the entries, from the corner of `area`.
    var offsets: [Point]
    var area: Rectangle
    /// True above the plot box, false inside.
    var isOutside: Bool

    static func sampleWidth(_ fontSize: Double) -> Double { fontSize * 2.2 }
    static func rowHeight(_ fontSize: Double) -> Double { fontSize * 1.4 }

    /// A legend inside of the box where it hides nothing, or else above the box.
    init?(for layout: PanelLayout, measure: TextMeasure) {
        let entries = layout.panel.layers.compactMap(\.legend)
        guard !entries.isEmpty else { return nil }
        let size = layout.fontSize
        let widths = entries.map {
            measure.width($0.label, layout.styles.tick) + Self.sampleWidth(size) + size * 1.5
        }
        let obstacles = layout.panel.layers.flatMap { $0.obstacles(in: layout.frame) }
        if let inside = Self.column(entries, widths: widths, layout: layout, obstacles: obstacles) {
            self = inside
        } else {
            self = Self.rows(entries, widths: widths, layout: layout)
        }
    }

    private init(_ entries: [LegendEntry], offsets: [Point], area: Rectangle, isOutside: Bool) {
        self.entries = entries
        self.offsets = offsets
        self.area = area
        self.isOutside = isOutside
    }

    private static func column(
        _ entries: [LegendEntry], widths: [Double], layout: PanelLayout, obstacles: [Point]
    ) -> LegendBox? {
        let size = layout.fontSize
        let box = layout.box.grown(by: -size * 0.6)
        let width = (widths.max() ?? 0)
        let height = Double(entries.count) * rowHeight(size) + size * 0.5
        guard width < box.width, height < box.height else { return nil }
        let (right, middle) = (box.right - width, box.center.x - width / 2)
        let (low, half) = (box.bottom - height, box.center.y - height / 2)
        let corners = [
            (right, box.y), (box.x, box.y), (right, low), (box.x, low), (right, half), (box.x, half),
            (middle, box.y), (middle, low),
        ]
        let areas = corners.map { Rectangle(x: $0.0, y: $0.1, width: width, height: height) }
        let free = areas.first { area in
            let guarded = area.grown(by: size * 0.35)
            return !obstacles.contains { guarded.contains($0) }
        }
        let offsets = entries.indices.map {
            Point(x: size * 0.5, y: size * 0.25 + Double($0) * rowHeight(size))
        }
        return free.map { LegendBox(entries, offsets: offsets, area: $0, isOutside: false) }
    }

    /// Entries side by side in as many rows as the box's width asks for.
    private static func rows(_ entries: [LegendEntry], widths: [Double], layout: PanelLayout) -> LegendBox {
        let row = rowHeight(layout.fontSize)
        var (x, y) = (0.0, 0.0)
        var offsets: [Point] = []
        for width in widths {
            if x > 0, x + width > layout.box.width { (x, y) = (0, y + row) }
            offsets.append(Point(x: x, y: y))
            x += width
        }
        let area = Rectangle(x: layout.box.x, y: 0, width: layout.box.width, height: y + row)
        return LegendBox(entries, offsets: offsets, area: area, isOutside: true)
    }
}
