import Foundation

/// A cut through a volume.
public struct Slice: Sendable, Hashable {
    /// The direction that the cut is perpendicular to.
    public var direction: Direction
    /// Where the cut lies along that direction; nil for the middle.
    public var position: Double?

    /// A cut.
    public init(across direction: Direction, at position: Double? = nil) {
        self.direction = direction
        self.position = position
    }

    /// The three cuts through the middle.
    public static let middles = [Slice(across: .z), Slice(across: .y), Slice(across: .x)]
}

extension FieldPicture {
    /// Cuts through a volume with one range of colours: the three through the middle unless told.
    ///
    /// Cubes show their cuts side by side at one scale; long volumes stack them.
    /// - Parameters:
    ///   - field: the field's name in the run file, as in `density`.
    ///   - cuts: where to cut.
    ///   - body: signed distance on the same cells, negative inside bodies.
    /// - Throws: ``FigureError`` for cuts without finite values or outside of the volume.
    public static func slices(
        _ volume: Volume, field: String, cuts: [Slice] = Slice.middles, body: Volume? = nil,
        options: Options = Options()
    ) throws(FigureError) -> Figure {
        var pictures: [(title: String, plane: Plane, body: Plane?, axes: (Direction, Direction))] = []
        for cut in cuts {
            let index = try index(of: cut, in: volume)
            let position = volume.center(of: index, along: cut.direction)
            let name = options.label(along: cut.direction)
            pictures.append(
                (
                    "\(name) = \(Ticks.typographic(String(format: "%.3g", position)))",
                    try volume.slice(across: cut.direction, at: index),
                    try body?.slice(across: cut.direction, at: index), axes(across: cut.direction)
                ))
        }
        var bounds = Bounds()
        for picture in pictures {
            bounds.include(visibleBounds(picture.plane, body: options.showsInterior ? nil : picture.body))
        }
        let style = FieldStyle.named(field)
        let map = options.colorMap ?? style.colorMap ?? ValueRange.colorMap(for: bounds)
        let range = options.range ?? ValueRange.automatic(for: bounds)
        let widest = pictures.map { 1 / $0.plane.aspect }.max() ?? 1
        let isStacked = widest > 1.9 && pictures.count > 1
        var panels: [Panel] = []
        for (number, picture) in pictures.enumerated() {
            var panel = Panel(
                title: picture.title, xAxis: Axis(options.label(along: picture.axes.0)),
                yAxis: Axis(options.label(along: picture.axes.1)),
                layers: try layers(
                    picture.plane, body: picture.body, map: map, range: range,
                    options: options),
                shape: .equalUnits)
            if isStacked || number == pictures.count - 1 {
                panel.colorBar =
                    isStacked
                    ? ColorBar(style.label, unit: options.unit)
                    : colorBar(style.label, unit: options.unit, aspect: picture.plane.aspect)
            }
            panels.append(panel)
        }
        var figure = Figure(
            title: options.title, panels: panels, columns: isStacked ? 1 : panels.count,
            columnWeights: isStacked ? [] : pictures.map { $0.plane.x.upperBound - $0.plane.x.lowerBound },
            size: options.size)
        figure.sharesScale = true
        return figure
    }

    private static func index(of cut: Slice, in volume: Volume) throws(FigureError) -> Int {
        guard let position = cut.position else { return volume.count(along: cut.direction) / 2 }
        return try volume.index(at: position, along: cut.direction)
    }

    private static func axes(across direction: Direction) -> (Direction, Direction) {
        switch direction {
        case .x: (.y, .z)
        case .y: (.x, .z)
        case .z: (.x, .y)
        }
    }
}
