/// Ready-made pictures of series: histories of a run, losses of a training.
public enum SeriesPicture {
    /// Histories over time (or steps), one panel for each quantity, stacked over a common axis.
    /// - Parameters:
    ///   - xLabel: what the common axis measures.
    ///   - scale: of the vertical axes; logarithmic for residuals and losses.
    /// - Throws: ``FigureError`` for lines without finite points or of unequal length.
    public static func histories(
        _ quantities: [Profile], title: String = "", xLabel: String = "time t", scale: AxisScale = .linear,
        size: FigureSize = .page
    ) throws(FigureError) -> Figure {
        // Long series have a point for each step: lines alone read better.
        var figure = try FieldPicture.stack(
            quantities, title: title, xLabel: xLabel, size: size, marksCells: false)
        for index in figure.panels.indices {
            figure.panels[index].yAxis.scale = scale
            figure.panels[index].xAxis.range = nil
        }
        return figure
    }
}
