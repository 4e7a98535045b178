import Archive
import Figures
import Foundation
import Notebooks
import Schema

/// A field of several runs in one dimension, in one panel.
enum CurvePlot {
    private static let file = Key<String>.text("file", "The run file.")
    private static let label = Key<String>.text("label", default: "", "Its name in the legend.")

    private static let isReference = Key<Bool>.flag(
        "reference", default: false, "Drawn thin and dark, beneath the others.")

    static let schema = TableSchema("A run in one dimension.", [file, label, isReference])

    /// The run files that no cell makes.
    static func inputs(_ body: CellBody) -> [String] {
        body.section.sections("curves").map { $0[file] }.filter { !$0.contains("{{") && !$0.isEmpty }.map {
            path($0, from: body.root)
        }
    }

    private static func path(_ text: String, from root: String) -> String {
        text.hasPrefix("/") ? text : "\(root)/\(text)"
    }

    static func figure(
        _ sections: [Section], field: String, time: String, look: PlotVerb.Look, root: String,
        xRange: [Double]?
    ) throws -> Figure {
        let ends = xRange ?? [-.infinity, .infinity]
        guard ends[0] < ends[1] else {
            throw ToolError("x_range ends before it begins", advice: "x_range = [0.8, 0.9]")
        }
        let shown = ends[0]...ends[1]
        let curves = try sections.map { section in
            let name = section[file]
            let reader = try RunFileReader(path(name, from: root))
            guard reader.axes.count == 1 else {
                throw ToolError(
                    "\(name) has \(reader.axes.count) dimensions; curves are of runs in one",
                    advice: "draw it with file = …")
            }
            let fields = StoredFields(reader: reader, snapshot: try SnapshotChoice.index(time, of: reader))
            let points = zip(reader.axes[0].centers, try fields.values(field).map { Double($0) }).filter {
                shown.contains($0.0)
            }
            return Curve(
                x: points.map(\.0), y: points.map(\.1), label: section[label],
                isReference: section[isReference])
        }
        return try FieldPicture.profiles(
            [Profile(field: field, curves: curves)], title: look.title ?? "", size: try look.figureSize())
    }
}

/// Series of numbers, in one panel.
enum SeriesPlot {
    private enum Scale: String, CaseIterable { case linear, log }

    private static let x = Key<[Double]>.numbers("x", .any, .any, "Horizontal positions.")
    private static let y = Key<[Double]>.numbers("y", .any, .any, "Vertical positions.")
    private static let label = Key<String>.text("label", default: "", "Its name in the legend.")
    private static let xLabel = Key<String>.text("x_label", default: "", "What the horizontal axis measures.")
    private static let yLabel = Key<String>.text("y_label", default: "", "What the vertical axis measures.")
    private static let xScale = Key<Scale>.choice("x_scale", default: .linear, "Of the horizontal axis.")
    private static let yScale = Key<Scale>.choice("y_scale", default: .linear, "Of the vertical axis.")
    private static let order = Key<Double>.number(
        "order", .any, "Draws a triangle of this order of convergence; both axes are logarithmic then."
    ).optional(otherwise: "none")

    static let schema = TableSchema("A series of numbers.", [x, y, label])
    static let axisKeys: [any SchemaKey] = [xLabel, yLabel, xScale, yScale, order]

    static func figure(_ sections: [Section], _ body: CellBody, look: PlotVerb.Look) throws -> Figure {
        let size = try look.figureSize()
        if let order = body[order] {
            return try ConvergencePicture.convergence(
                sections.map { ConvergenceSeries(label: $0[label], resolution: $0[x], error: $0[y]) },
                expectedOrder: order, title: look.title ?? "", xLabel: body[xLabel], yLabel: body[yLabel],
                size: size)
        }
        let forms = Marker.Form.allCases
        let layers = try sections.enumerated().map { index, section in
            try LineLayer(
                x: section[x], y: section[y], stroke: Stroke(.series(index)),
                marker: Marker(forms[index % forms.count], color: .series(index), size: 5),
                label: section[label].isEmpty ? nil : section[label])
        }
        let scale = { (scale: Scale) in scale == .log ? AxisScale.logarithmic : .linear }
        let panel = Panel(
            xAxis: Axis(body[xLabel], scale: scale(body[xScale]), margin: 0.04),
            yAxis: Axis(body[yLabel], scale: scale(body[yScale]), margin: 0.08), layers: layers)
        return Figure(title: look.title ?? "", panels: [panel], size: size)
    }
}
