// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics
import Schema
import Tensors

/// The vision transformer (Dosovitskiy et al. 2021, arXiv:2010.11929) on fields: patches become tokens, which attend to
/// each other in layers that are normalised first, and become patches of the output.
///
/// Positions are learned, so it works on the grid that it was made for.
public struct VisionTransformer: OperatorModel {
    public let mapping: FieldMapping
    /// Points of a patch, an axis.
    public let patch: Int
    /// Channels of a token.
    public let width: Int
    /// Layers.
    public let layers: Int
    /// Heads of attention; the width is a multiple.
    public let heads: Int

    /// Describes a model.
    public init(mapping: FieldMapping, patch: Int, width: Int, layers: Int, heads: Int) {
        self.mapping = mapping
        self.patch = patch
        self.width = width
        self.layers = layers
        self.heads = heads
    }

    public var isBoundToGrid: Bool { true }

    public func objection(to spatial: [Int]) -> String? {
        if width % heads != 0 { return "a width of \(width) cannot be shared by \(heads) heads" }
        guard spatial.contains(where: { $0 % patch != 0 }) else { return nil }
        return
            "a grid of \(Shape(spatial)) points cannot be cut into patches of \(patch) points; every extent must be "
            + "a multiple of `patch`"
    }

    public func record<Scalar: Real>(in graph: Graph<Scalar>, _ x: Value) -> Value {
        let grid = x.shape.spatial.map { $0 / patch }
        let points = (0..<mapping.dimension).reduce(1) { product, _ in product * patch }
        var x = graph.dense("embedding", graph.patches(x, patch), to: width)
        x = graph.reshape(x, Shape(x.shape.batch, grid.reduce(1, *), width))
        x = graph.positionEmbedding("positions", x)
        for layer in 0..<layers {
            x = graph.scope("layers.\(layer)") {
                let mixed = graph.selfAttention("attention", graph.normalise("before", x), heads: heads)
                let sum = graph.add(x, mixed)
                let moved = graph.dense(
                    "perceptron.second",
                    graph.dense(
                        "perceptron.first", graph.normalise("between", sum), to: 4 * width, activation: .gelu),
                    to: width)
                return graph.add(sum, moved)
            }
        }
        x = graph.dense("head", graph.normalise("after", x), to: points * mapping.outputs)
        return graph.unpatched(
            graph.reshape(x, Shape([x.shape.batch] + grid + [points * mapping.outputs])), patch)
    }
}

extension ModelKind {
    private static let visionPatch = ModelKeys.patch(8)
    private static let visionWidth = ModelKeys.width(192)
    private static let visionLayers = ModelKeys.layers(6)
    private static let visionHeads = Key.integer(
        "heads", 1...1024, default: 6, "Heads of attention; the width is a multiple of them.")

    static let visionTransformer = ModelKind(
        "vit", "Vision transformer.", [visionPatch, visionWidth, visionLayers, visionHeads]
    ) { section, mapping in
        VisionTransformer(
            mapping: mapping, patch: section[visionPatch], width: section[visionWidth],
            layers: section[visionLayers], heads: section[visionHeads])
    }
}
