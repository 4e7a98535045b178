/// Where a panel stands in the drawn figure, in points.
package struct PanelPlace: Sendable {
    package var box: Rectangle
    package var legend: Rectangle?
    package var isLegendOutside: Bool
    package var frame: Frame
}

extension Figure {
    /// The places of the panels, for a PNG of the given resolution.
    package func places(dpi: Double) throws(FigureError) -> [PanelPlace] {
        try FigureLayout(self, pixel: 72 / dpi).panels.map {
            PanelPlace(
                box: $0.box, legend: $0.legend?.area, isLegendOutside: $0.legend?.isOutside ?? false,
                frame: $0.frame)
        }
    }
}
