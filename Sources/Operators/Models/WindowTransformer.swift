// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics
import Schema
import Tensors

/// A hierarchical transformer with shifted windows (Liu et al. 2021, arXiv:2103.14030), U-shaped for fields in the manner
/// of scOT (Herde et al. 2024, arXiv:2405.19101): attention within windows, every other layer shifted by half a window;
/// patches merged on the way down, and spread on the way up, with skip connections.
public struct WindowTransformer: OperatorModel {
    public let mapping: FieldMapping
    /// Points of a patch, an axis.
    public let patch: Int
    /// Tokens of a window, an axis.
    public let window: Int
    /// Channels of the finest level; doubled at each coarser one.
    public let width: Int
    /// Levels.
    public let levels: Int
    /// Layers of a level; every second one is shifted.
    public let layers: Int
    /// Channels of one head.
    public let headWidth: Int

    /// Describes a model.
    public init(
        mapping: FieldMapping, patch: Int, window: Int, width: Int, levels: Int, layers: Int, headWidth: Int
    ) {
        self.mapping = mapping
        self.patch = patch
        self.window = window
        self.width = width
        self.levels = levels
        self.layers = layers
        self.headWidth = headWidth
    }

    public func objection(to spatial: [Int]) -> String? {
        if width % headWidth != 0 {
            return "a width of \(width) is not a multiple of heads of \(headWidth) channels"
        }
        let divisor = patch * (1 << (levels - 1)) * window
        guard spatial.contains(where: { $0 % divisor != 0 }) else { return nil }
        return
            "a grid of \(Shape(spatial)) points cannot be cut into windows on every level; every extent must be a "
            + "multiple of patch × 2^(levels − 1) × window = \(divisor)"
    }

    public func record<Scalar: Real>(in graph: Graph<Scalar>, _ x: Value) -> Value {
        let points = (0..<mapping.dimension).reduce(1) { product, _ in product * patch }
        var x = graph.dense("embedding", graph.patches(x, patch), to: width)
        var skips: [Value] = []
        for level in 0..<levels {
            x = stage("down.\(level)", graph, x)
            guard level < levels - 1 else { continue }
            skips.append(x)
            x = graph.dense(
                "merge.\(level)", graph.normalise("merge.\(level).before", graph.patches(x, 2)),
                to: width << (level + 1))
        }
        for level in (0..<(levels - 1)).reversed() {
            let members = 1 << mapping.dimension
            let spread = graph.dense("spread.\(level)", x, to: members * (width << level))
            x = graph.add(graph.unpatched(spread, 2), skips[level])
            x = stage("up.\(level)", graph, x)
        }
        x = graph.dense("head", graph.normalise("after", x), to: points * mapping.outputs)
        return graph.unpatched(x, patch)
    }

    private func stage<Scalar: Real>(_ name: String, _ graph: Graph<Scalar>, _ x: Value) -> Value {
        (0..<layers).reduce(x) { field, layer in
            graph.scope("\(name).\(layer)") { block(graph, field, shifted: layer % 2 == 1) }
        }
    }

    /// Attention in windows, then a perceptron at every token.
    private func block<Scalar: Real>(_ graph: Graph<Scalar>, _ x: Value, shifted: Bool) -> Value {
        let (spatial, channels) = (x.shape.spatial, x.shape.channels)
        let sizes = spatial.map { _ in window }
        // One window on an axis holds all its tokens: nothing to shift.
        let shift = spatial.map { shifted && $0 > window ? window / 2 : 0 }
        let tokens = sizes.reduce(1, *)
        let order = RowOrder.patches(spatial: spatial, patch: sizes, shift: shift)
        let windows = graph.permute(
            graph.normalise("before", x), order: order, channels: channels,
            shape: Shape(x.shape.rows / tokens, tokens, channels))
        let mixed = graph.selfAttention(
            "attention", windows, heads: channels / headWidth,
            bias: (
                .windows(spatial: spatial, window: sizes, shift: shift),
                rows: AttentionBias.tableRows(window: sizes)
            ))
        // Rows of a sample are permuted, so the windows of a sample go back together.
        let whole = graph.reshape(mixed, Shape([x.shape.batch] + spatial + [channels]))
        let back = graph.permute(whole, order: RowOrder.inverse(order), channels: channels, shape: x.shape)
        let sum = graph.add(x, back)
        return graph.add(
            sum,
            graph.dense(
                "perceptron.second",
                graph.dense(
                    "perceptron.first", graph.normalise("between", sum), to: 4 * channels, activation: .gelu),
                to: channels))
    }
}

extension ModelKind {
    private static let windowPatch = ModelKeys.patch(4)
    private static let window = Key.integer(
        "window", 1...64, default: 4, unit: "tokens",
        "Edge of the windows in which tokens attend to each other.")
    private static let windowWidth = ModelKeys.width(48)
    private static let windowLevels = ModelKeys.levels(3)
    private static let windowLayers = Key.integer(
        "layers", 1...64, default: 2, "Layers of each level; every second one has its windows shifted.")
    private static let headWidth = Key.integer(
        "head_width", 1...1024, default: 16, "Channels of one head of attention; the width is a multiple.")

    static let windowTransformer = ModelKind(
        "window-transformer", "Hierarchical transformer with shifted windows.",
        [windowPatch, window, windowWidth, windowLevels, windowLayers, headWidth]
    ) { section, mapping in
        WindowTransformer(
            mapping: mapping, patch: section[windowPatch], window: section[window],
            width: section[windowWidth],
            levels: section[windowLevels], layers: section[windowLayers], headWidth: section[headWidth])
    }
}
