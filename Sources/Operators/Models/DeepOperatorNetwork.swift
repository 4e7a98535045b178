// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics
import Schema
import Tensors

/// The deep operator network (Lu et al. 2021, doi:10.1038/s42256-021-00302-5): a branch reads the input at all points of
/// its grid, a trunk the coordinates of a point; the output is their inner product.
///
/// The branch is bound to the grid that the model was made for.
public struct DeepOperatorNetwork: OperatorModel {
    public let mapping: FieldMapping
    /// Channels of the hidden layers.
    public let width: Int
    /// Hidden layers of branch and trunk.
    public let layers: Int
    /// Terms of the inner product.
    public let basis: Int

    /// Describes a model.
    public init(mapping: FieldMapping, width: Int, layers: Int, basis: Int) {
        self.mapping = mapping
        self.width = width
        self.layers = layers
        self.basis = basis
    }

    public var isBoundToGrid: Bool { true }

    public func record<Scalar: Real>(in graph: Graph<Scalar>, _ x: Value) -> Value {
        let spatial = x.shape.spatial
        let sensors = graph.reshape(x, Shape(x.shape.batch, spatial.reduce(1, *) * mapping.inputs))
        let branch = graph.scope("branch") {
            graph.dense("last", hidden(graph, sensors), to: mapping.outputs * basis)
        }
        let trunk = graph.scope("trunk") {
            graph.dense(
                "last", hidden(graph, graph.coordinates(spatial: spatial)), to: basis, activation: .gelu)
        }
        return graph.contract("head", branch: branch, trunk: trunk, outputs: mapping.outputs)
    }

    private func hidden<Scalar: Real>(_ graph: Graph<Scalar>, _ x: Value) -> Value {
        (0..<layers).reduce(x) { graph.dense("hidden\($1)", $0, to: width, activation: .gelu) }
    }
}

extension ModelKind {
    private static let deepWidth = ModelKeys.width(256)
    private static let deepLayers = ModelKeys.layers(3)
    private static let deepBasis = ModelKeys.basis(128)

    static let deepOperatorNetwork = ModelKind(
        "deeponet", "Deep operator network, bound to one grid.", [deepWidth, deepLayers, deepBasis]
    ) { section, mapping in
        DeepOperatorNetwork(
            mapping: mapping, width: section[deepWidth], layers: section[deepLayers],
            basis: section[deepBasis])
    }
}
