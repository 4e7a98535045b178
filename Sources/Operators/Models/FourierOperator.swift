// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics
import Schema
import Tensors

/// The Fourier neural operator (Li et al. 2021, arXiv:2010.08895) in one, two or three dimensions: a lifting to `width`
/// channels, spectral layers with GELU between them, and a projection over 128 hidden channels.
///
/// Predicts at resolutions other than that of training: weights belong to frequencies, not to points.
public struct FourierOperator: OperatorModel {
    public let mapping: FieldMapping
    /// Kept frequencies an axis: [12, 12] keeps 24 × 12.
    public let modes: [Int]
    /// Channels of the layers.
    public let width: Int
    /// Spectral layers.
    public let layers: Int
    /// Hidden channels of the projection.
    public let projection: Int

    /// Describes a model.
    public init(mapping: FieldMapping, modes: [Int], width: Int, layers: Int, projection: Int = 128) {
        self.mapping = mapping
        self.modes = modes
        self.width = width
        self.layers = layers
        self.projection = projection
    }

    public func record<Scalar: Real>(in graph: Graph<Scalar>, _ x: Value) -> Value {
        var x = graph.dense("lifting", graph.appendingCoordinates(x), to: width)
        for layer in 0..<layers {
            x = graph.fourierLayer(
                "layers.\(layer)", x, to: width, modes: modes,
                activation: layer < layers - 1 ? .gelu : .none)
        }
        return graph.perceptron("projection", x, hidden: projection, to: mapping.outputs)
    }
}

extension ModelKind {
    private static let fourierModes = ModelKeys.modes()
    private static let fourierWidth = ModelKeys.width(32)
    private static let fourierLayers = ModelKeys.layers(4)
    private static let projection = Key.integer(
        "projection", 1...65_536, default: 128, "Hidden channels of the projection.")

    static let fourierOperator = ModelKind(
        "fno", "Fourier neural operator.", [fourierModes, fourierWidth, fourierLayers, projection]
    ) { section, mapping in
        FourierOperator(
            mapping: mapping, modes: section[fourierModes] ?? Array(repeating: 12, count: mapping.dimension),
            width: section[fourierWidth], layers: section[fourierLayers], projection: section[projection])
    }
}
