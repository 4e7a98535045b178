import Figures
import Notebooks

/// The numbers that a figure draws, in short: those of every layer of every panel, whatever its kind.
enum FigureDigest {
    /// The digests of all series, as `panel0.layer1.y`.
    static func series(of figure: Figure) -> [SeriesDigest] {
        figure.panels.enumerated().flatMap { panel, content in
            content.layers.enumerated().flatMap { layer, value in
                series(in: value, name: "panel\(panel).layer\(layer)", depth: 0)
            }
        }
    }

    /// Arrays of numbers among the stored properties of a layer and of what it holds.
    private static func series(in value: Any, name: String, depth: Int) -> [SeriesDigest] {
        Mirror(reflecting: value).children.flatMap { child -> [SeriesDigest] in
            let path = "\(name).\(child.label ?? "value")"
            switch child.value {
            case let numbers as [Double]: return numbers.isEmpty ? [] : [SeriesDigest(path, numbers)]
            case let numbers as [Float]:
                return numbers.isEmpty ? [] : [SeriesDigest(path, numbers.map { Double($0) })]
            case let plane as Plane: return series(in: plane, name: path, depth: depth + 1)
            case let points as [Point]:
                return points.isEmpty
                    ? []
                    : [
                        SeriesDigest(path + ".x", points.map(\.x)),
                        SeriesDigest(path + ".y", points.map(\.y)),
                    ]
            default: return []
            }
        }
    }
}
