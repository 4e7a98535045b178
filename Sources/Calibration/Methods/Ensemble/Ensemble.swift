import Foundation
import Numerics

/// Members that stand for a distribution of the parameters, updated by the statistics between parameters and residuals.
///
/// Residuals are whitened, r = (G − y)/σ, so that the observation error is the identity: with the anomalies Θ' and R' of
/// members and residuals the gain is K = C^{θr} (C^{rr} + αI)⁻¹ = Θ'ᵀ (R'R'ᵀ + α(J−1) I)⁻¹ R', a system of the size of
/// the ensemble (Evensen 2003, doi:10.1007/s10236-003-0036-9), and each member moves by −K (r_j + √α ξ_j).
struct Ensemble: Sendable {
    /// The members.
    var members: [[Double]]

    /// Members from the priors: normal where there is one, else uniform.
    init(_ count: Int, _ context: MethodContext, _ random: inout RandomStream) {
        let design = latinHypercube(count, dimension: context.dimension, &random)
        members = design.map { point in
            mirrored(
                point.indices.map { index in
                    context.priors[index].map { $0.mean + $0.deviation * random.normal() } ?? point[index]
                })
        }
    }

    /// The mean of the members.
    var mean: [Double] {
        members.dropFirst().reduce(members[0]) { $0.adding(1, $1) }.scaled(1 / Double(members.count))
    }

    /// The covariance of the members, divided by their number less one.
    var covariance: Matrix {
        let anomalies = Self.anomalies(members)
        return (1 / Double(max(1, members.count - 1))) * anomalies.gram
    }

    /// Replaces members whose run failed by draws from the normal distribution of the others. Their residuals are gone:
    /// they are left out of the statistics and are given back as survivors' numbers.
    mutating func resample(failed: [Int], survivors: [Int], _ random: inout RandomStream) {
        guard !failed.isEmpty, survivors.count > 1 else { return }
        let alive = survivors.map { members[$0] }
        let center = alive.dropFirst().reduce(alive[0]) { $0.adding(1, $1) }.scaled(1 / Double(alive.count))
        let anomalies = Self.anomalies(alive)
        for index in failed {
            let weights = random.normals(alive.count).map { $0 / Double(alive.count - 1).squareRoot() }
            members[index] = mirrored(center.adding(1, anomalies.transposeTimes(weights)))
        }
    }

    /// One update with the residuals of the survivors.
    ///
    /// - Parameters:
    ///   - alpha: The factor by which the observation error is enlarged.
    ///   - localisation: Sample correlations below this are taken for chance and not used.
    mutating func update(
        residuals: [[Double]], survivors: [Int], alpha: Double, localisation: Double,
        _ random: inout RandomStream
    ) {
        guard survivors.count > 1 else { return }
        let parameters = Self.anomalies(survivors.map { members[$0] })
        let responses = Self.anomalies(residuals)
        let ridge = alpha * Double(survivors.count - 1)
        guard var gain = Self.gain(parameters, responses, ridge: ridge) else { return }
        if localisation > 0 { Self.localise(&gain, parameters, responses, threshold: localisation) }
        for (position, index) in survivors.enumerated() {
            let perturbed = residuals[position].adding(alpha.squareRoot(), random.normals(responses.columns))
            members[index] = mirrored(members[index].subtracting(gain * perturbed))
        }
    }

    /// K from the anomalies, by whichever of its two forms has the smaller system: that of the ensemble, or
    /// Θ'ᵀR' (R'ᵀR' + α(J−1) I)⁻¹ of the size of the observations.
    private static func gain(_ parameters: Matrix, _ responses: Matrix, ridge: Double) -> Matrix? {
        let isLong = responses.columns < responses.rows
        var system = isLong ? responses.gram : responses.timesTranspose(responses)
        for index in 0..<system.rows { system[index, index] += ridge }
        guard let factor = Cholesky(system) else { return nil }
        return isLong
            ? factor.solve(responses.transposeTimes(parameters)).transposed
            : parameters.transposeTimes(factor.solve(responses))
    }

    /// Moves the members away from their mean by a factor.
    mutating func inflate(_ factor: Double) {
        guard factor != 1 else { return }
        let center = mean
        members = members.map { mirrored(center.adding(factor, $0.subtracting(center))) }
    }

    /// Rows less their mean.
    static func anomalies(_ rows: [[Double]]) -> Matrix {
        let center = rows.dropFirst().reduce(rows[0]) { $0.adding(1, $1) }.scaled(1 / Double(rows.count))
        return Matrix(rows: rows.map { $0.subtracting(center) })
    }

    /// Sets the entries of the gain to zero whose sample correlation is below a threshold (Luo & Bhakta 2020,
    /// doi:10.1016/j.petrol.2019.106559).
    private static func localise(
        _ gain: inout Matrix, _ parameters: Matrix, _ responses: Matrix, threshold: Double
    ) {
        let products = parameters.transposeTimes(responses)
        let lengths = (
            (0..<parameters.columns).map { parameters.column($0).norm },
            (0..<responses.columns).map { responses.column($0).norm }
        )
        for row in 0..<gain.rows {
            for column in 0..<gain.columns
            where abs(products[row, column]) < threshold * lengths.0[row] * lengths.1[column] {
                gain[row, column] = 0
            }
        }
    }
}
