// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics
import Schema
import Tensors

/// A U-shaped Fourier neural operator (in the manner of U-NO, Rahman, Ross & Azizzadenesheli 2023, arXiv:2204.11127):
/// spectral layers on grids that are halved level by level while the channels grow, and back, with skip connections.
///
/// Fields move between grids by their Fourier series, so the model predicts at other resolutions.
public struct UShapedFourierOperator: OperatorModel {
    public let mapping: FieldMapping
    /// Kept frequencies an axis on the finest grid; halved with the grid, but at least 2.
    public let modes: [Int]
    /// Channels on the finest grid; doubled where the grid is halved.
    public let width: Int
    /// Grids, the finest included.
    public let levels: Int

    /// Describes a model.
    public init(mapping: FieldMapping, modes: [Int], width: Int, levels: Int) {
        self.mapping = mapping
        self.modes = modes
        self.width = width
        self.levels = levels
    }

    public func objection(to spatial: [Int]) -> String? {
        let coarsest = 1 << (levels - 1)
        guard spatial.contains(where: { $0 / coarsest < 2 }) else { return nil }
        return "a grid of \(Shape(spatial)) points leaves fewer than 2 on level \(levels); use fewer levels"
    }

    private func modes(_ level: Int) -> [Int] { modes.map { max(2, $0 >> level) } }

    public func record<Scalar: Real>(in graph: Graph<Scalar>, _ x: Value) -> Value {
        let spatial = x.shape.spatial
        var x = graph.dense("lifting", graph.appendingCoordinates(x), to: width)
        var skips: [Value] = []
        for level in 0..<(levels - 1) {
            x = graph.fourierLayer(
                "down.\(level)", x, to: width << level, modes: modes(level), activation: .gelu)
            skips.append(x)
            x = graph.resample(x, to: spatial.map { max(2, $0 >> (level + 1)) })
        }
        x = graph.fourierLayer(
            "bottom", x, to: width << (levels - 1), modes: modes(levels - 1), activation: .gelu)
        for level in (0..<(levels - 1)).reversed() {
            x = graph.resample(x, to: skips[level].shape.spatial)
            x = graph.fourierLayer(
                "up.\(level)", graph.concatenate([x, skips[level]]), to: width << level, modes: modes(level),
                activation: level > 0 ? .gelu : .none)
        }
        return graph.perceptron("projection", x, hidden: 128, to: mapping.outputs)
    }
}

extension ModelKind {
    private static let shapedModes = ModelKeys.modes()
    private static let shapedWidth = ModelKeys.width(32)
    private static let shapedLevels = ModelKeys.levels(3)

    static let uShapedFourierOperator = ModelKind(
        "uno", "U-shaped Fourier neural operator.", [shapedModes, shapedWidth, shapedLevels]
    ) { section, mapping in
        UShapedFourierOperator(
            mapping: mapping, modes: section[shapedModes] ?? Array(repeating: 12, count: mapping.dimension),
            width: section[shapedWidth], levels: section[shapedLevels])
    }
}
