extension FieldPicture {
    /// One field on a plane: colours with a bar, true proportions, bodies and contours when asked for.
    /// - Parameters:
    ///   - field: the field's name in the run file, as in `density`.
    ///   - body: signed distance on the same cells, negative inside bodies.
    /// - Throws: ``FigureError`` for a plane without finite values or a body of another shape.
    public static func plane(
        _ plane: Plane, field: String, body: Plane? = nil, options: Options = Options()
    ) throws(FigureError) -> Figure {
        let panel = try panel(plane, field: field, body: body, options: options)
        return Figure(title: options.title, panels: [panel], size: options.size)
    }

    private static func panel(
        _ plane: Plane, field: String, body: Plane?, options: Options
    ) throws(FigureError) -> Panel {
        let style = FieldStyle.named(field)
        let bounds = visibleBounds(plane, body: options.showsInterior ? nil : body)
        let map = options.colorMap ?? style.colorMap ?? ValueRange.colorMap(for: bounds)
        return Panel(
            xAxis: Axis(options.axisLabels.x), yAxis: Axis(options.axisLabels.y),
            layers: try layers(
                plane, body: body, map: map, range: options.range ?? ValueRange.automatic(for: bounds),
                options: options),
            colorBar: colorBar(style.label, unit: options.unit, aspect: plane.aspect), shape: .equalUnits)
    }

    /// A numerical schlieren picture of a field of |∇ρ|, in grey; see ``Schlieren``. There is no colour bar:
    /// the shades have no absolute meaning.
    /// - Parameters:
    ///   - gradient: |∇ρ| on the plane.
    ///   - amplification: larger values darken weaker gradients.
    ///   - body: signed distance on the same cells, negative inside bodies.
    /// - Throws: ``FigureError`` for a plane without finite values or a body of another shape.
    public static func schlieren(
        gradient: Plane, body: Plane? = nil, amplification: Double = Schlieren.defaultAmplification,
        options: Options = Options()
    ) throws(FigureError) -> Figure {
        let shades = try Schlieren.shades(of: gradient, amplification: amplification)
        let panel = Panel(
            xAxis: Axis(options.axisLabels.x), yAxis: Axis(options.axisLabels.y),
            layers: try layers(
                shades, body: body, map: options.colorMap ?? .grey, range: options.range ?? 0...1,
                options: options),
            shape: .equalUnits)
        return Figure(title: options.title, panels: [panel], size: options.size)
    }
}
