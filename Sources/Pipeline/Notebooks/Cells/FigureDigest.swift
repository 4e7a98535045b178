import Figures
import Notebooks

/// The numbers that a figure draws, in short.
enum FigureDigest {
    /// The digests of all series of all layers, as `panel0.layer1.y`; what is empty is left out.
    static func series(of figure: Figure) -> [SeriesDigest] {
        figure.panels.enumerated().flatMap { panel, content in
            content.layers.enumerated().flatMap { layer, value in
                value.series.filter { !$0.values.isEmpty }.map {
                    SeriesDigest("panel\(panel).layer\(layer).\($0.name)", $0.values)
                }
            }
        }
    }
}
