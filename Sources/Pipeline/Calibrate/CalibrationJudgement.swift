import Calibration
import Foundation
import Numerics

extension CalibrationFinding {
    /// Derivatives at the best point, what follows from them, and what of them cannot be had.
    mutating func judge(_ best: BestPoint) throws {
        guard study.hasObservations else { return }
        var jacobian = LocalJacobian(
            at: best.point, precision: study.options.precision, noise: try noise(at: best.point))
        var responses: [Calibrator.Response] = []
        while jacobian.ending == nil {
            let points = jacobian.ask().map(\.point)
            guard let found = try calibrator.survey(points, isCancelled: cancelled) else { return }
            jacobian.tell(found.map(\.outcome))
            responses += found
        }
        guard let matrix = jacobian.matrix, let residuals = jacobian.residuals else {
            remarks.append("no ±, no bands: \(jacobian.ending ?? "")")
            return
        }
        remarkLeftOut()
        let priors = study.space.unitPriors.filter { $0 != nil }.count
        let diagnosis = ResidualDiagnosis(
            residuals: Array(residuals.dropLast(priors)), parameters: study.space.dimension)
        remarks += diagnosis.findings(calibrator.search.method.record.tally)
        let known = best.point.indices.filter { !jacobian.unknown.contains($0) }
        remarkUnknown(jacobian.unknown, known)
        let names = known.map { study.space.freeNames[$0] }
        let columns = matrix.selecting(rows: Array(0..<matrix.rows), columns: known)
        guard !known.isEmpty,
            let posterior = LaplacePosterior(
                jacobian: columns, at: known.map { best.point[$0] }, names: names)
        else { return }
        if known.count == best.point.count {
            laplace = posterior
            predict(jacobian, responses, posterior)
        }
        let slopes = study.space.slopes(at: best.point)
        for (place, coordinate) in known.enumerated() {
            let index = study.space.freeIndices[coordinate]
            estimates[index].standardDeviation = posterior.deviations[place] * slopes[coordinate]
        }
        for direction in posterior.flatDirections {
            let parts = direction.components.prefix(4).map { "\(significant($0.weight)) \($0.name)" }
            remarks.append("not determined by the observations: " + parts.joined(separator: ", "))
        }
        for name in posterior.atBounds { remarks.append("\(name) lies at a bound: widen it if it may go on") }
        let conflict = PriorConflict(
            point: known.map { best.point[$0] }, priors: known.map { study.space.unitPriors[$0] },
            deviations: posterior.deviations)
        for place in conflict.conflicting {
            remarks.append("the observations contradict the prior of \(names[place])")
        }
    }

    /// The standard deviation of a residual by which answers differ from run to run: as the search has measured it, else by
    /// one more run of an outside program at the best point.
    private mutating func noise(at point: [Double]) throws -> Double {
        let measured = calibrator.search.method.record.noise
        let noise = try measured ?? (calibrator.mayBeNoisy ? repeatedNoise(point) : nil)
        guard let noise, noise > 1e-9 else { return 0 }
        let length = (best?.cost ?? 0).squareRoot()
        remarks.append(
            "the model's answers scatter by about \(significant(noise)) standard deviations of an observation: derivatives, "
                + "and with them ±, come from differences that stand out of it, and the cost is known to about "
                + significant(2 * noise * length))
        return noise
    }

    private func repeatedNoise(_ point: [Double]) throws -> Double? {
        guard let known = try calibrator.survey([point], isCancelled: cancelled)?.first,
            let residuals = known.outcome.evaluation?.residuals, !residuals.isEmpty,
            let again = try calibrator.repeated(point, isCancelled: cancelled)?.evaluation?.residuals,
            again.count == residuals.count
        else { return nil }
        let square = zip(again, residuals).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        // Two answers differ by √2 times what one scatters.
        return (square / Double(2 * residuals.count)).squareRoot()
    }

    private mutating func remarkUnknown(_ unknown: [Int], _ known: [Int]) {
        guard !unknown.isEmpty else { return }
        let names = unknown.map { study.space.freeNames[$0] }.joined(separator: ", ")
        remarks.append(
            "no ± of \(names): all runs beside the best point failed, repeated and over longer ways; "
                + (known.isEmpty
                    ? "no other is known"
                    : "those of the others hold with it at its best value, and there are no bands"))
    }

    /// Tells how many observations the model leaves out.
    private mutating func remarkLeftOut() {
        let count = comparisons.count { !$0.isHeldOut && $0.predicted.isNaN }
        guard count > 0 else { return }
        remarks.append("the model leaves out \(count) observations at the best point: they count as nothing")
    }
}
