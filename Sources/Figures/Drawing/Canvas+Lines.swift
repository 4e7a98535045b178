import CCairo
import Foundation

extension Canvas {
    /// Draws an open or closed line through `points`.
    public func line(_ points: [Point], _ stroke: Stroke, isClosed: Bool = false) {
        guard trace(points, isClosed: isClosed) else { return }
        apply(stroke)
        cairo_stroke(context)
    }

    /// Draws the edge of `rectangle`.
    public func outline(_ rectangle: Rectangle, _ stroke: Stroke) {
        cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
        apply(stroke)
        cairo_stroke(context)
    }

    /// Fills `rectangle`.
    public func fill(_ rectangle: Rectangle, with color: Color) {
        cairo_rectangle(context, rectangle.x, rectangle.y, rectangle.width, rectangle.height)
        use(color)
        cairo_fill(context)
    }

    /// Fills the area inside an odd number of the closed `polygons`, so that holes stay open.
    public func fill(_ polygons: [[Point]], with color: Color) {
        cairo_new_path(context)
        for polygon in polygons { trace(polygon, isClosed: true, startsPath: false) }
        cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
        use(color)
        cairo_fill(context)
    }

    /// Draws `marker` at `point`.
    public func mark(_ marker: Marker, at point: Point) {
        let half = marker.size / 2
        func corner(_ x: Double, _ y: Double) -> Point { Point(x: point.x + x * half, y: point.y + y * half) }
        let edge = Stroke(marker.color, width: max(0.8, marker.size / 5))
        switch marker.form {
        case .circle:
            cairo_new_path(context)
            cairo_arc(context, point.x, point.y, half, 0, 2 * Double.pi)
            paintClosed(marker, edge)
        case .square: shape([corner(-0.9, -0.9), corner(0.9, -0.9), corner(0.9, 0.9), corner(-0.9, 0.9)])
        case .triangle: shape([corner(0, -1.1), corner(1, 0.8), corner(-1, 0.8)])
        case .diamond: shape([corner(0, -1.2), corner(1.2, 0), corner(0, 1.2), corner(-1.2, 0)])
        case .cross:
            line([corner(-0.9, -0.9), corner(0.9, 0.9)], edge)
            line([corner(-0.9, 0.9), corner(0.9, -0.9)], edge)
        }
        func shape(_ corners: [Point]) {
            trace(corners, isClosed: true)
            paintClosed(marker, edge)
        }
    }

    private func paintClosed(_ marker: Marker, _ edge: Stroke) {
        use(marker.isFilled ? marker.color : .white)
        cairo_fill_preserve(context)
        apply(edge)
        cairo_stroke(context)
    }

    @discardableResult
    private func trace(_ points: [Point], isClosed: Bool, startsPath: Bool = true) -> Bool {
        if startsPath { cairo_new_path(context) }
        guard points.count > 1, let first = points.first else { return false }
        cairo_move_to(context, first.x, first.y)
        for point in points.dropFirst() { cairo_line_to(context, point.x, point.y) }
        if isClosed { cairo_close_path(context) }
        return true
    }

    private func apply(_ stroke: Stroke) {
        use(stroke.color)
        cairo_set_line_width(context, stroke.width)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        cairo_set_line_cap(context, CAIRO_LINE_CAP_BUTT)
        let pattern = stroke.dash.pattern.map { $0 * stroke.width }
        cairo_set_dash(context, pattern, Int32(pattern.count), 0)
    }

    func use(_ color: Color) {
        cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
    }
}
