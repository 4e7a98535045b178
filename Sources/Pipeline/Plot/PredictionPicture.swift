import Archive
import Figures

/// A prediction beside the truth and their difference.
struct PredictionPicture {
    let reader: DatasetFileReader
    let look: PlotVerb.Look

    /// A row for each output channel: truth, prediction, difference. Throws `ArchiveError` or `FigureError`.
    func comparison(_ sample: Int, prediction: [Float]) throws -> Figure {
        let truth = try reader.outputs(sample)
        let size = reader.cellShape.reduce(1, *)
        let channels = reader.outputChannels
        let last = (max(1, reader.times.count) - 1) * channels.count * size
        let mask = try reader.mask(sample)
        let body = try reader.signedDistance(sample).map(plane)
        let panels = try channels.enumerated().flatMap { index, name -> [Panel] in
            let range = last + index * size..<last + (index + 1) * size
            let (exact, found) = (Array(truth[range]), Array(prediction[range]))
            // Inside of bodies the truth is 0, and nothing is asked of a prediction.
            let shown = found.indices.map { cell in mask.map { $0[cell] != 0 } ?? true ? found[cell] : 0 }
            let difference = zip(shown, exact).map { $0 - $1 }
            let sheet = try FieldPicture.samples(
                [SheetRow(field: name, planes: [try plane(exact), try plane(shown)])],
                columnTitles: index == 0 ? ["truth", "prediction"] : ["", ""], bodies: [body, body],
                options: try look.options(title: ""))
            let errors = try FieldPicture.samples(
                [SheetRow(field: "difference", planes: [try plane(difference)])],
                columnTitles: index == 0 ? ["error"] : [""], bodies: [body],
                options: try look.options(title: ""))
            return sheet.panels + errors.panels
        }
        return Figure(
            title: look.title ?? "sample \(sample)", panels: panels, columns: 3, size: try look.figureSize())
    }

    /// The plane, or the middle slice across z.
    private func plane(_ values: [Float]) throws -> Plane {
        let grid = PictureGrid(axes: reader.axes)
        guard reader.axes.count == 3 else { return try grid.plane(values) }
        let volume = try grid.volume(values)
        return try volume.slice(across: .z, at: volume.count(along: .z) / 2)
    }
}
