extension FieldPicture {
    /// Channels over samples: a row for each channel, a column for each sample, whose bodies differ. The pictures of a
    /// row share their colours, explained by one bar at its end; distances and masks are shown inside of bodies too.
    /// - Parameters:
    ///   - columnTitles: what stands over the columns; as many as a row has planes.
    ///   - bodies: for each column the signed distance on the same cells, negative inside; nil for none.
    /// - Throws: ``FigureError`` for rows of unequal length or without finite values.
    public static func samples(
        _ rows: [SheetRow], columnTitles: [String], bodies: [Plane?], options: Options = Options(size: .wide)
    ) throws(FigureError) -> Figure {
        var panels: [Panel] = []
        for (index, row) in rows.enumerated() {
            guard row.planes.count == columnTitles.count, bodies.count == columnTitles.count else {
                throw .lengthMismatch(
                    what: "the row '\(row.field)' of a contact sheet", expected: columnTitles.count,
                    found: min(row.planes.count, bodies.count))
            }
            panels += try samplesRow(
                row, titles: index == 0 ? columnTitles : columnTitles.map { _ in "" },
                isLowest: index == rows.count - 1, bodies: bodies, options: options)
        }
        return Figure(
            title: options.title, panels: panels, columns: max(columnTitles.count, 1), size: options.size)
    }

    private static func samplesRow(
        _ row: SheetRow, titles: [String], isLowest: Bool, bodies: [Plane?], options: Options
    ) throws(FigureError) -> [Panel] {
        var options = options
        options.showsInterior = ["sdf", "mask"].contains(row.field)
        var bounds = Bounds()
        for (plane, body) in zip(row.planes, bodies) {
            bounds.include(visibleBounds(plane, body: options.showsInterior ? nil : body))
        }
        let style = FieldStyle.named(row.field)
        let map = options.colorMap ?? style.colorMap ?? ValueRange.colorMap(for: bounds)
        let range = options.range ?? ValueRange.automatic(for: bounds)
        var panels: [Panel] = []
        for (column, plane) in row.planes.enumerated() {
            panels.append(
                Panel(
                    title: titles[column], xAxis: Axis(options.axisLabels.x, showsLabels: isLowest),
                    yAxis: Axis(options.axisLabels.y, showsLabels: column == 0),
                    layers: try layers(
                        plane, body: bodies[column], map: map, range: range, options: options),
                    colorBar: column == row.planes.count - 1
                        ? ColorBar(style.label, unit: row.unit ?? options.unit) : nil, shape: .equalUnits))
        }
        return panels
    }
}
