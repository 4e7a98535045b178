// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics
import Schema
import Tensors

/// A deep operator network whose trunk knows the geometry (in the manner of Geom-DeepONet, He et al. 2024,
/// doi:10.1016/j.cma.2024.117130): it reads the coordinates of a point and the input there, its signed distance among
/// them; the branch reads what is constant over a sample, by its mean.
///
/// Point by point, so it predicts on any grid.
public struct GeometricDeepOperatorNetwork: OperatorModel {
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

    public func record<Scalar: Real>(in graph: Graph<Scalar>, _ x: Value) -> Value {
        let constants = mapping.constants.isEmpty ? x : graph.select(x, channels: mapping.constants)
        let branch = graph.scope("branch") {
            graph.dense("last", hidden(graph, graph.spatialMean(constants)), to: mapping.outputs * basis)
        }
        let fields = (0..<mapping.inputs).filter { !mapping.constants.contains($0) }
        let local = fields.isEmpty ? x : graph.select(x, channels: fields)
        let trunk = graph.scope("trunk") {
            let points = graph.appendingCoordinates(local, ends: false)
            return graph.dense("last", hidden(graph, points), to: basis, activation: .gelu)
        }
        return graph.contract("head", branch: branch, trunk: trunk, outputs: mapping.outputs)
    }

    private func hidden<Scalar: Real>(_ graph: Graph<Scalar>, _ x: Value) -> Value {
        (0..<layers).reduce(x) { graph.dense("hidden\($1)", $0, to: width, activation: .gelu) }
    }
}

extension ModelKind {
    private static let geometricWidth = ModelKeys.width(128)
    private static let geometricLayers = ModelKeys.layers(3)
    private static let geometricBasis = ModelKeys.basis(128)

    static let geometricDeepOperatorNetwork = ModelKind(
        "geometric-deeponet", "Deep operator network with the signed distance in its trunk.",
        [geometricWidth, geometricLayers, geometricBasis]
    ) { section, mapping in
        GeometricDeepOperatorNetwork(
            mapping: mapping, width: section[geometricWidth], layers: section[geometricLayers],
            basis: section[geometricBasis])
    }
}
