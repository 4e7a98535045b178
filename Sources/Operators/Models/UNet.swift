// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics
import Schema
import Tensors

/// The U-Net (Ronneberger, Fischer & Brox 2015, arXiv:1505.04597): two convolutions a level, pooling down, learned
/// upsampling, skip connections. Normalised over groups of channels, which does not depend on the batch.
public struct UNet: OperatorModel {
    public let mapping: FieldMapping
    /// Channels of the finest level; doubled at each coarser one.
    public let width: Int
    /// Times that the grid is halved.
    public let levels: Int

    /// Describes a model.
    public init(mapping: FieldMapping, width: Int, levels: Int) {
        self.mapping = mapping
        self.width = width
        self.levels = levels
    }

    public func objection(to spatial: [Int]) -> String? {
        let divisor = 1 << levels
        guard spatial.contains(where: { $0 % divisor != 0 }) else { return nil }
        return
            "a grid of \(Shape(spatial)) points cannot be halved \(levels) times; every extent must be a multiple of "
            + "\(divisor), or `levels` smaller"
    }

    public func record<Scalar: Real>(in graph: Graph<Scalar>, _ x: Value) -> Value {
        var x = x
        var skips: [Value] = []
        for level in 0..<levels {
            x = block("down.\(level)", graph, x, to: width << level)
            skips.append(x)
            x = graph.maximumPooling(x)
        }
        x = block("bottom", graph, x, to: width << levels)
        for level in (0..<levels).reversed() {
            // A transposed convolution of stride 2 with a kernel of 2 points.
            let members = 1 << mapping.dimension
            let spread = graph.dense("up.\(level).spread", x, to: members * (width << level))
            x = graph.concatenate([graph.unpatched(spread, 2), skips[level]])
            x = block("up.\(level)", graph, x, to: width << level)
        }
        return graph.dense("head", x, to: mapping.outputs)
    }

    /// Convolution, normalisation, GELU, twice.
    private func block<Scalar: Real>(
        _ name: String, _ graph: Graph<Scalar>, _ x: Value, to channels: Int
    ) -> Value {
        graph.scope(name) {
            (0..<2).reduce(x) { field, index in
                let convolved = graph.convolution("convolution\(index)", field, to: channels)
                let groups = [8, 4, 2].first { channels % $0 == 0 } ?? 1
                return graph.normalise(
                    "normalisation\(index)", convolved, groups: groups, activation: .gelu)
            }
        }
    }
}

extension ModelKind {
    private static let unetWidth = ModelKeys.width(32)
    private static let unetLevels = Key.integer(
        "levels", 1...12, default: 4, "Times that the grid is halved; every extent is a multiple of 2^levels."
    )

    static let unet = ModelKind("unet", "U-Net.", [unetWidth, unetLevels]) { section, mapping in
        UNet(mapping: mapping, width: section[unetWidth], levels: section[unetLevels])
    }
}
