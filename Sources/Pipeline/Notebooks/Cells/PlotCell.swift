import Archive
import Figures
import Foundation
import Notebooks
import Schema

/// Draws a figure: of a file, of curves through several run files, or of series of numbers.
struct PlotCell: CellVerb {
    let name = "plot"
    let version = 1

    private static let file = Key<String>.text("file", "The run, geometry, dataset or result file.").optional(
        otherwise: "`curves` or `series`")
    private static let show = Key<String>.text(
        "show", default: "field",
        "What of the file: `field`, `forces`, `surface`, `parameters`, or a figure of a calibration.")
    private static let field = Key<String>.text("field", "The field.").optional(otherwise: "density")
    private static let time = Key<String>.text(
        "time", default: "last", "The snapshot: `first`, `last`, `#2`, or a time.")
    private static let slice = Key<String>.text("slice", "A slice of a field in space: `z=0.5`.").optional(
        otherwise: "all three middles")
    private static let colors = Key<String>.text("colors", "The colour map.").optional(
        otherwise: "by the field")
    private static let range = Key<String>.text("range", "The values at the ends of the colours: `0:1.5`.")
        .optional(otherwise: "by the data")
    private static let contours = Key<Int>.integer("contours", 0...100, default: 0, "Contour lines.")
    private static let predictions = Key<String>.text(
        "predictions", "Predictions of samples of the dataset `file`: truth, prediction and error are shown."
    ).optional(otherwise: "none")
    private static let sample = Key<Int>.integer("sample", 0...Int.max, "The sample that is shown.").optional(
        otherwise: "the first that was predicted")
    private static let xRange = Key<[Double]>.numbers(
        "x_range", .any, .exactly(2), "The part of the horizontal axis that is shown of curves."
    ).optional(otherwise: "all of it")
    private static let size = Key<String>.text(
        "size", default: "page", "`column`, `page`, `wide` or `slide`.")
    private static let title = Key<String>.text("title", "The title.").optional(otherwise: "by the data")
    private static let alternative = Key<String>.text(
        "alt", "What the figure shows, for people who do not see it.")
    private static let caption = Key<String>.text("caption", default: "", "The text below.")

    var schema: TableSchema {
        TableSchema(
            "Draws a figure: of a `file`, of `[[curves]]` through run files in one dimension, or of `[[series]]` of "
                + "numbers.",
            [
                Self.file, Self.show, Self.field, Self.time, Self.slice, Self.colors, Self.range,
                Self.contours, Self.predictions, Self.sample,
                Self.size, Self.title, Self.alternative, Self.caption,
                Field(
                    "curves", .list(.table(CurvePlot.schema), .any),
                    "Run files in one dimension: `file`, `label`, `reference`."),
                Self.xRange,
                Field("series", .list(.table(SeriesPlot.schema), .any), "Numbers: `x`, `y`, `label`."),
            ] + SeriesPlot.axisKeys)
    }

    func inputs(_ body: CellBody) throws -> [String] {
        try ["file", "predictions"].compactMap { try body.existingFile($0) } + CurvePlot.inputs(body)
    }

    func execute(_ body: CellBody, _ context: CellContext) throws -> CellResult {
        let figure = try figure(body)
        let path = context.folder + "/figure.svg"
        try figure.write(to: path)
        return CellResult(
            files: ["file": path],
            figures: [
                CellFigure(
                    "figure", file: "file", alternative: body[Self.alternative], caption: body[Self.caption],
                    data: FigureDigest.series(of: figure))
            ])
    }

    private func figure(_ body: CellBody) throws -> Figure {
        let look = PlotVerb.Look(
            colors: body[Self.colors], range: body[Self.range], contours: body[Self.contours],
            size: body[Self.size], title: body[Self.title])
        let (curves, series) = (body.section.sections("curves"), body.section.sections("series"))
        if let path = body.path("predictions") {
            return try PredictionPlot.figure(
                path, of: body.path("file") ?? "", sample: body[Self.sample], look: look)
        }
        switch (body.path("file"), curves.isEmpty, series.isEmpty) {
        case (let path?, true, true):
            var verb = PlotVerb(
                path: path, field: body[Self.field], time: body[Self.time], slice: body[Self.slice],
                look: look)
            verb.subject = subject(body[Self.show])
            return try verb.drawing().figure
        case (nil, false, true):
            return try CurvePlot.figure(
                curves, field: body[Self.field] ?? "density", time: body[Self.time], look: look,
                root: body.root, xRange: body[Self.xRange])
        case (nil, true, false): return try SeriesPlot.figure(series, body, look: look)
        default:
            throw ToolError(
                "a plot shows one thing: a file, curves or series", advice: "write file = \"{{id.file}}\"")
        }
    }

    private func subject(_ word: String) -> PlotVerb.Subject {
        switch word {
        case "field": .field
        case "forces": .forces
        case "surface": .surface
        case "parameters": .parameters
        default: .calibration(word)
        }
    }
}
