import Numerics

/// How the errors of observations depend on each other.
public enum ErrorDependence: Sendable {
    /// Not at all.
    case independent
    /// Neighbours of one output by ρ, errors further apart by powers of it: an AR(1) process.
    case sequence(Double)
    /// By a covariance C = L Lᵀ, which takes the place of the deviations.
    case covariance(Cholesky)
}

/// Observations that are read, and count, together.
public struct ObservationSet: Sendable {
    /// The numbers.
    public var observations: [Observation]
    /// How large residuals count.
    public var loss: Loss
    /// How their errors depend on each other.
    public var dependence: ErrorDependence

    /// Observations of one kind.
    public init(
        _ observations: [Observation], loss: Loss = .squares, dependence: ErrorDependence = .independent
    ) {
        self.observations = observations
        self.loss = loss
        self.dependence = dependence
    }

    /// Weighted residuals of outputs, made independent: (G − y)/σ, along a sequence
    /// e₁ = r₁, e_i = (r_i − ρ r_{i−1})/√(1 − ρ²), with a covariance L⁻¹(G − y).
    ///
    /// - Throws: ``ReplyError`` where outputs are missing or too short.
    package func residuals(_ outputs: [String: [Double]]) throws(ReplyError) -> [Double] {
        var plain: [Double] = []
        plain.reserveCapacity(observations.count)
        for observation in observations { plain.append(try observation.residual(outputs)) }
        let whitened = whitened(plain)
        return observations.indices.map {
            observations[$0].weight.squareRoot() * loss.transform(whitened[$0])
        }
    }

    private func whitened(_ plain: [Double]) -> [Double] {
        switch dependence {
        case .independent: return plain
        case .sequence(let correlation):
            let scale = (1 - correlation * correlation).squareRoot()
            return plain.indices.map {
                follows($0) ? (plain[$0] - correlation * plain[$0 - 1]) / scale : plain[$0]
            }
        case .covariance(let factor):
            return factor.solveTriangle(
                plain.indices.map { plain[$0] * observations[$0].deviation }, transpose: false)
        }
    }

    /// Whether an observation continues the sequence of the one before it.
    private func follows(_ index: Int) -> Bool {
        index > 0 && observations[index].output == observations[index - 1].output
    }

    /// Adds ∂(Σ a · residual)/∂output to cotangents of the outputs.
    ///
    /// - Parameter adjoint: a, one a residual.
    func pullBack(
        _ adjoint: [Double], outputs: [String: [Double]], into cotangents: inout [String: [Double]]
    ) throws(ReplyError) {
        var plain: [Double] = []
        for observation in observations { plain.append(try observation.residual(outputs)) }
        let whitened = whitened(plain)
        let inner = observations.indices.map {
            adjoint[$0] * observations[$0].weight.squareRoot() * loss.slope(whitened[$0])
        }
        let result = pulledThroughWhitening(inner)
        for (index, observation) in observations.enumerated() {
            if observation.bound != .equal, plain[index] == 0 { continue }
            guard let count = outputs[observation.output]?.count else { continue }
            cotangents[observation.output, default: Array(repeating: 0, count: count)][observation.index] +=
                result[index] / observation.deviation
        }
    }

    private func pulledThroughWhitening(_ adjoint: [Double]) -> [Double] {
        switch dependence {
        case .independent: return adjoint
        case .sequence(let correlation):
            let scale = (1 - correlation * correlation).squareRoot()
            var result = adjoint.indices.map { follows($0) ? adjoint[$0] / scale : adjoint[$0] }
            for index in adjoint.indices where follows(index) {
                result[index - 1] -= correlation * adjoint[index] / scale
            }
            return result
        case .covariance(let factor):
            let solved = factor.solveTriangle(adjoint, transpose: true)
            return solved.indices.map { solved[$0] * observations[$0].deviation }
        }
    }
}
