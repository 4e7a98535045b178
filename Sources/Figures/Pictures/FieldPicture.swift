/// Ready-made pictures of flow fields from plain arrays.
///
/// One-dimensional fields: ``profiles(_:title:xLabel:columns:size:)``. Two-dimensional fields:
/// ``plane(_:field:options:)`` and ``schlieren(gradient:body:amplification:options:)``. Three-dimensional fields:
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

    /// The plane with the cells inside of bodies replaced: nobody sees them, so that they neither widen the
    /// colours nor count as values that are not finite. Those at the wall, of which a corner sticks out of the
    /// outline, continue the field beside them.
    private static func uncovered(_ plane: Plane, body: Plane?) throws(FigureError) -> Plane {
        guard let body else { return plane }
        guard body.width == plane.width, body.height == plane.height else {
            throw .lengthMismatch(
                what: "the body of a plane of \(plane.width) by \(plane.height) cells",
                expected: plane.values.count, found: body.values.count)
        }
        let bounds = visibleBounds(plane, body: body)
        guard !bounds.isEmpty else { return plane }
        let lower = Float(bounds.lower)
        var values = plane.values
        for row in 0..<plane.height {
            for column in 0..<plane.width where body[column, row] < 0 {
                values[row * plane.width + column] =
                    neighbouringMean(plane, body, column: column, row: row) ?? lower
            }
        }
        return try plane.with(values: values)
    }

    /// The mean of the cells around a cell that lie outside of the body; nil where there are none.
    private static func neighbouringMean(_ plane: Plane, _ body: Plane, column: Int, row: Int) -> Float? {
        var (sum, count) = (Float(0), Float(0))
        for j in max(row - 1, 0)...min(row + 1, plane.height - 1) {
            for i in max(column - 1, 0)...min(column + 1, plane.width - 1) {
                let value = plane[i, j]
                guard body[i, j] >= 0, value.isFinite else { continue }
                (sum, count) = (sum + value, count + 1)
            }
        }
        return count > 0 ? sum / count : nil
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
