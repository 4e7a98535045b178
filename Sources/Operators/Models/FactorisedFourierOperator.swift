// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics
import Schema
import Tensors

/// The Fourier neural operator with Tucker-factorised spectral weights (Kossaifi et al. 2023, arXiv:2310.00120): fewer
/// parameters, which regularises where data are scarce.
public struct FactorisedFourierOperator: OperatorModel {
    public let mapping: FieldMapping
    /// Kept frequencies an axis: [12, 12] keeps 24 × 12.
    public let modes: [Int]
    /// Channels of the layers.
    public let width: Int
    /// Spectral layers.
    public let layers: Int
    /// The part of every extent of the weights that the core keeps.
    public let rank: Double

    /// Describes a model.
    public init(mapping: FieldMapping, modes: [Int], width: Int, layers: Int, rank: Double) {
        self.mapping = mapping
        self.modes = modes
        self.width = width
        self.layers = layers
        self.rank = rank
    }

    public func record<Scalar: Real>(in graph: Graph<Scalar>, _ x: Value) -> Value {
        var x = graph.dense("lifting", graph.appendingCoordinates(x), to: width)
        for layer in 0..<layers {
            x = graph.factorisedFourierLayer(
                "layers.\(layer)", x, to: width, modes: modes, rank: rank,
                activation: layer < layers - 1 ? .gelu : .none)
        }
        return graph.perceptron("projection", x, hidden: 128, to: mapping.outputs)
    }
}

extension ModelKind {
    private static let tuckerModes = ModelKeys.modes()
    private static let tuckerWidth = ModelKeys.width(32)
    private static let tuckerLayers = ModelKeys.layers(4)
    private static let rank = Key.number(
        "rank", .above(0, upTo: 1), default: 0.5,
        "The part of every extent of the weights that the core keeps.")

    static let factorisedFourierOperator = ModelKind(
        "tfno", "Fourier neural operator with Tucker-factorised weights.",
        [tuckerModes, tuckerWidth, tuckerLayers, rank]
    ) { section, mapping in
        FactorisedFourierOperator(
            mapping: mapping, modes: section[tuckerModes] ?? Array(repeating: 12, count: mapping.dimension),
            width: section[tuckerWidth], layers: section[tuckerLayers], rank: section[rank])
    }
}
