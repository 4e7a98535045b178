/// One row of a contact sheet: the same field at several times.
public struct SheetRow: Sendable {
    /// The field's name in the run file, as in `density`.
    public var field: String
    /// The unit; nil for a number without a unit.
    public var unit: String?
    /// The planes, one for each column, all of one rectangle.
    public var planes: [Plane]

    /// A row.
    public init(field: String, unit: String? = nil, planes: [Plane]) {
        self.field = field
        self.unit = unit
        self.planes = planes
    }
}

extension FieldPicture {
    /// Fields over times: a row for each field, a column for each time. The pictures of a row share their
    /// colours, explained by one bar at its end.
    /// - Parameters:
    ///   - columnTitles: what stands over the columns, as in "t = 0.2"; as many as a row has planes.
    ///   - body: signed distance on the same cells, negative inside bodies.
    /// - Throws: ``FigureError`` for rows of unequal length or without finite values.
    public static func contactSheet(
        _ rows: [SheetRow], columnTitles: [String], body: Plane? = nil,
        options: Options = Options(size: .wide)
    ) throws(FigureError) -> Figure {
        var panels: [Panel] = []
        for (index, row) in rows.enumerated() {
            guard row.planes.count == columnTitles.count else {
                throw .lengthMismatch(
                    what: "the row '\(row.field)' of a contact sheet", expected: columnTitles.count,
                    found: row.planes.count)
            }
            let titles = index == 0 ? columnTitles : columnTitles.map { _ in "" }
            panels += try sheetRow(
                row, titles: titles, isLowest: index == rows.count - 1, body: body, options: options)
        }
        return Figure(
            title: options.title, panels: panels, columns: max(columnTitles.count, 1), size: options.size)
    }

    private static func sheetRow(
        _ row: SheetRow, titles: [String], isLowest: Bool, body: Plane?, options: Options
    ) throws(FigureError) -> [Panel] {
        var bounds = Bounds()
        for plane in row.planes {
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
                        plane, body: body, map: map, range: range, options: options),
                    colorBar: column == row.planes.count - 1
                        ? ColorBar(style.label, unit: row.unit ?? options.unit) : nil,
                    shape: .equalUnits))
        }
        return panels
    }
}
