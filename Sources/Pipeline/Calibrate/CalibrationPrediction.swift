import Calibration
import Numerics

extension CalibrationFinding {
    /// Intervals of all observations by the normal approximation: derivatives of the predictions times the covariance.
    ///
    /// - Parameter responses: what was answered to all that the derivatives asked for.
    mutating func predict(
        _ jacobian: LocalJacobian, _ responses: [Calibrator.Response], _ posterior: LaplacePosterior
    ) {
        guard responses.allSatisfy({ $0.comparisons.count == comparisons.count }) else { return }
        var sensitivity = Matrix(rows: comparisons.count, columns: jacobian.pairs.count)
        for (coordinate, pair) in jacobian.pairs.enumerated() {
            guard let pair else { return }
            let (first, second) = (responses[pair.first].comparisons, responses[pair.second].comparisons)
            for row in comparisons.indices {
                let rise = second[row].predicted - first[row].predicted
                sensitivity[row, coordinate] = rise / pair.length
            }
        }
        for (row, spread) in posterior.predictionDeviations(sensitivity).enumerated() where spread.isFinite {
            comparisons[row].spread = spread
            comparisons[row].interval = PredictiveInterval.normal(
                prediction: comparisons[row].predicted, spread: spread,
                deviation: comparisons[row].observation.deviation)
        }
    }

    /// Intervals from the model at draws of the sampled posterior, in the place of those of the normal approximation.
    mutating func predictAtDraws(_ isCancelled: @escaping @Sendable () -> Bool) throws {
        let wanted = study.posterior.predictiveDraws
        guard !samples.isEmpty, wanted > 0, !comparisons.isEmpty else { return }
        let count = min(wanted, samples.count)
        let picked = (0..<count).map { samples[($0 * samples.count + samples.count / 2) / count] }
        guard let responses = try calibrator.survey(picked, isCancelled: isCancelled) else { return }
        for row in comparisons.indices {
            let values = responses.map { $0.comparisons[row].predicted }.filter(\.isFinite)
            guard
                let interval = PredictiveInterval.mixture(
                    predictions: values, deviation: comparisons[row].observation.deviation)
            else { continue }
            let mean = values.reduce(0, +) / Double(values.count)
            let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            comparisons[row].spread = (squares / Double(max(1, values.count - 1))).squareRoot()
            comparisons[row].interval = interval
        }
    }

    /// The share of observations within their intervals: fitted and held out; nil where there are none.
    func coverage(heldOut: Bool) -> Double? {
        let known = comparisons.filter {
            $0.isHeldOut == heldOut && $0.interval != nil && $0.observation.bound == .equal
        }
        guard !known.isEmpty else { return nil }
        let inside = known.count { $0.interval?.contains($0.observation.value) ?? false }
        return Double(inside) / Double(known.count)
    }

    /// Tells how many observations lie where they should.
    mutating func remarkCoverage() {
        let parts = [("fitted", false), ("held-out", true)].compactMap { name, heldOut in
            coverage(heldOut: heldOut).map { "\(Int((100 * $0).rounded())) % of the \(name) observations" }
        }
        guard !parts.isEmpty else { return }
        remarks.append("the 90 % predictive intervals hold \(parts.joined(separator: " and "))")
    }
}

extension SurrogateLoop {
    /// What people should know about the surrogate.
    var remarks: [String] {
        let optima = verifications.filter { $0.isOptimum }
        guard let first = optima.first, let last = optima.last else { return [] }
        let error = { (entry: Verification) in entry.error.map { significant($0) + " σ" } ?? "not known" }
        var remarks = [
            "\(trueRuns) runs of the true model in \(last.round) rounds; the searches took \(surrogateRuns) points of the "
                + "surrogate, search and posterior of the last round \(search.search.evaluations + search.explored): "
                + "\(savedRuns) runs of the true model were saved",
            "error of the surrogate at the optimum (root mean square, in observation errors): "
                + "\(error(first)) as it came, \(error(last)) as corrected at the end",
        ]
        if !agrees {
            remarks.append(
                "surrogate and true model do not agree within \(significant(study.surrogate?.agreement ?? 0)) σ: the "
                    + "best verified point is given; raise rounds, or train the surrogate with more samples near it"
            )
        }
        return remarks
    }

    /// What one search and posterior on the true model would have asked for, less what was asked of it.
    var savedRuns: Int { max(0, search.search.evaluations + search.explored - trueRuns) }
}
