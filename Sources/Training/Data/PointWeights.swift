import Foundation

/// How much each point counts in the loss: bodies not at all, points near them more where asked.
///
/// w = m · (1 + f · exp(−max(d, 0)/δ)), m = 1 in the fluid and 0 in bodies, d the distance to them.
public struct PointWeights: Sendable, Equatable {
    /// Whether points in bodies are left out.
    public var isMasked: Bool
    /// f.
    public var nearWallFactor: Double
    /// δ, in the units of the distance.
    public var nearWallDistance: Double

    /// Weights.
    public init(isMasked: Bool = true, nearWallFactor: Double = 0, nearWallDistance: Double = 0.2) {
        self.isMasked = isMasked
        self.nearWallFactor = nearWallFactor
        self.nearWallDistance = nearWallDistance
    }

    /// The weights of the points of an item.
    func values(_ fields: ItemFields, points: Int) -> [Float] {
        var weights = [Float](repeating: 1, count: points)
        if let distance = fields.distance, nearWallFactor > 0 {
            let (factor, scale) = (Float(nearWallFactor), Float(-1 / nearWallDistance))
            for i in weights.indices { weights[i] += factor * exp(max(distance[i], 0) * scale) }
        }
        if isMasked, let mask = fields.mask {
            for i in weights.indices where mask[i] == 0 { weights[i] = 0 }
        }
        return weights
    }
}
