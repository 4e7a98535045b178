/// Ready-made pictures of flow fields from plain arrays.
///
/// One-dimensional fields: ``profiles(_:title:xLabel:columns:size:)``. Two-dimensional fields:
/// ``plane(_:field:options:)`` and ``schlieren(density:amplification:options:)``. Three-dimensional fields:
/// ``slices(_:field:across:at:options:)``. Several times or fields:
/// ``contactSheet(_:columnTitles:options:)``.
public enum FieldPicture {
    /// What the pictures of planes, slices and sheets share.
    public struct Options: Sendable {
        /// The title over the picture; empty for none.
        public var title: String
        /// The unit of the field; nil for a number without a unit.
        public var unit: String?
        /// The colours; nil takes the field's own or lets the data decide.
        public var colorMap: ColorMap?
        /// The values at the ends of the colours; nil takes them from the data.
        public var range: ClosedRange<Double>?
        /// The number of contour lines over the colours, evenly spaced; 0 for none.
        public var contourCount: Int
        /// The values of contour lines; nil: evenly spaced, as many as `contourCount` says.
        public var contourLevels: [Double]?
        /// True shows the field inside of bodies too, under a faint grey.
        public var showsInterior = false
        /// The axis labels along x, y and z.
        public var axisLabels: (x: String, y: String, z: String)
        /// The size on paper.
        public var size: FigureSize

        /// Options; every one has a default.
        public init(
            title: String = "", unit: String? = nil, colorMap: ColorMap? = nil,
            range: ClosedRange<Double>? = nil, contourCount: Int = 0,
            axisLabels: (x: String, y: String, z: String) = ("x", "y", "z"), size: FigureSize = .page
        ) {
            self.title = title
            self.unit = unit
            self.colorMap = colorMap
            self.range = range
            self.contourCount = contourCount
            self.axisLabels = axisLabels
            self.size = size
        }

        func label(along direction: Direction) -> String {
            switch direction {
            case .x: axisLabels.x
            case .y: axisLabels.y
            case .z: axisLabels.z
            }
        }
    }

    /// Heat map, contours and body of one plane, in that order.
    static func layers(
        _ plane: Plane, body: Plane?, map: ColorMap?, range: ClosedRange<Double>?, options: Options
    ) throws(FigureError) -> [any Layer] {
        let shown = options.showsInterior ? plane : try uncovered(plane, body: body)
        let heatMap = try HeatMapLayer(shown, colorMap: map, range: range)
        var layers: [any Layer] = [heatMap]
        let levels =
            options.contourLevels ?? ContourLayer.evenLevels(options.contourCount, over: heatMap.bounds)
        if !levels.isEmpty { layers.append(ContourLayer(shown, levels: levels)) }
        guard let body else { return layers }
        guard options.showsInterior else { return layers + [BodyLayer(distance: body)] }
        // Under the contour lines, so that these can be followed inside.
        layers.insert(
            BodyLayer(
                distance: body, fill: Color.body.opacity(0.6), stroke: Stroke(.ink, width: 1.5)), at: 1)
        return layers
    }

    /// The plane with the cells inside of bodies brought into the range of the others: nobody sees them, so
    /// that they neither widen the colours nor count as values that are not finite.
    private static func uncovered(_ plane: Plane, body: Plane?) throws(FigureError) -> Plane {
        guard let body else { return plane }
        guard body.width == plane.width, body.height == plane.height else {
            throw .lengthMismatch(
                what: "the body of a plane of \(plane.width) by \(plane.height) cells",
                expected: plane.values.count, found: body.values.count)
        }
        let bounds = visibleBounds(plane, body: body)
        guard !bounds.isEmpty else { return plane }
        let (lower, upper) = (Float(bounds.lower), Float(bounds.upper))
        return try plane.with(
            values: zip(plane.values, body.values).map { value, distance in
                if distance >= 0 { return value }
                return value.isFinite ? min(max(value, lower), upper) : lower
            })
    }

    /// Bounds of the cells that the picture shows: those inside of bodies are covered and do not count.
    static func visibleBounds(_ plane: Plane, body: Plane?) -> Bounds {
        guard let body, body.values.count == plane.values.count else { return plane.bounds }
        let bounds = Bounds(zip(plane.values, body.values).lazy.filter { $1 >= 0 }.map { Double($0.0) })
        return bounds.isEmpty ? plane.bounds : bounds
    }

    /// A bar at the right, or beneath a flat picture.
    static func colorBar(_ label: String, unit: String?, aspect: Double) -> ColorBar {
        ColorBar(label, unit: unit, placement: aspect < 0.4 ? .below : .right)
    }
}
