import Archive
import Figures
import Foundation

/// What a run file says about its bodies, as figures.
struct BodyPicture {
    let reader: RunFileReader
    let look: PlotVerb.Look

    /// Drag and lift over time, as coefficients where there are some; a curve for each body.
    func forces() throws -> Figure {
        guard !reader.forceNames.isEmpty else { throw withoutBodies("forces") }
        let series = try reader.forceNames.map { (name: $0, columns: try reader.forces($0)) }
        let hasCoefficients = series.allSatisfy { $0.columns["drag_coefficient"] != nil }
        let fields = hasCoefficients ? ["drag_coefficient", "lift_coefficient"] : ["drag", "lift"]
        let profiles = fields.map { field in
            Profile(
                field: field,
                curves: series.compactMap { body in
                    guard let time = body.columns["time"], let values = body.columns[field] else {
                        return nil
                    }
                    return Curve(x: time, y: values, label: body.name)
                })
        }
        var figure = try SeriesPicture.histories(
            profiles, title: title("forces"), size: try look.figureSize())
        for index in figure.panels.indices {
            figure.panels[index].yAxis.range = Self.settledRange(profiles[index].curves)
        }
        return figure
    }

    /// The range of the values without the first twentieth of the time, in which a flow that starts at once makes
    /// forces of any size; nil where that hides nothing of note.
    private static func settledRange(_ curves: [Curve]) -> ClosedRange<Double>? {
        var (all, settled) = (Bounds(), Bounds())
        for curve in curves {
            guard let first = curve.x.first, let last = curve.x.last else { continue }
            for (time, value) in zip(curve.x, curve.y) {
                all.include(value)
                if time >= first + 0.05 * (last - first) { settled.include(value) }
            }
        }
        let (whole, width) = (all.upper - all.lower, settled.upper - settled.lower)
        guard width > 0, whole > 3 * width else { return nil }
        // Something of the start stays in view, and the end does not fill the panel with its last digits.
        let room = max(0.5 * width, 0.02 * max(abs(settled.lower), abs(settled.upper)))
        return (settled.lower - room)...(settled.upper + room)
    }

    /// The pressure coefficient along the walls in the last state.
    func surface() throws -> Figure {
        guard !reader.surfaceNames.isEmpty else { throw withoutBodies("walls") }
        let upward = reader.axes.count == 3 ? "normal_z" : "normal_y"
        let walls = try reader.surfaceNames.compactMap { name -> Wall? in
            let columns = try reader.surface(name)
            guard let x = columns["x"], let side = columns[upward],
                let values = columns["pressure_coefficient"]
            else { return nil }
            guard reader.axes.count == 2, let y = columns["y"], let contour = columns["contour"] else {
                return Wall(
                    name: name, x: x, upward: side, pressureCoefficient: values, isOrdered: false)
            }
            let path = Self.path(x, y, contour)
            let pick = { (values: [Double]) in path.map { $0.map { values[$0] } ?? .nan } }
            return Wall(
                name: name, x: pick(x), upward: pick(side), pressureCoefficient: pick(values),
                isOrdered: true)
        }
        guard !walls.isEmpty else {
            throw ToolError(
                "\(reader.path) has no pressure coefficients: the gas of [initial] is at rest, "
                    + "so that nothing makes them dimensionless")
        }
        return try WallPicture.pressureCoefficient(
            walls, title: title("walls"), size: try look.figureSize())
    }

    /// The order in which lines run along contours: closed ones return to their start, and nil parts one from the
    /// next.
    private static func path(_ x: [Double], _ y: [Double], _ contour: [Double]) -> [Int?] {
        var path: [Int?] = []
        var start = 0
        for index in x.indices where index + 1 == x.count || contour[index + 1] != contour[index] {
            let steps = (start..<index).map { hypot(x[$0 + 1] - x[$0], y[$0 + 1] - y[$0]) }
            let gap = hypot(x[start] - x[index], y[start] - y[index])
            path += (start...index).map { $0 }
            path += gap < 3 * (steps.max() ?? 0) ? [start, nil] : [nil]
            start = index + 1
        }
        return path
    }

    private func title(_ subject: String) -> String {
        let time = reader.times.last.map { " at t = \(significant($0))" } ?? ""
        return look.title ?? "\(reader.attributes["title"]?.text ?? "")\(subject == "walls" ? time : "")"
    }

    private func withoutBodies(_ what: String) -> ToolError {
        let bodies = (try? reader.geometry()) != nil
        return ToolError(
            "\(reader.path) has no \(what)"
                + (bodies ? "; its status is \(reader.status)" : ": the case has no bodies"))
    }
}
