import Numerics

/// The step of Levenberg and Marquardt within the cube: δ minimises |r + J δ|² + λ |D δ|², and coordinates that would
/// leave their bounds are held there while the others are solved for again.
struct DampedStep {
    /// The point from which the step starts.
    let point: [Double]
    /// r.
    let residuals: [Double]
    /// J = ∂r/∂u.
    let jacobian: Matrix
    /// D, the lengths of J's columns, so that the step does not depend on units (Moré 1978, doi:10.1007/BFb0067700).
    let scales: [Double]

    /// The step for one λ, and the decrease of |r|² that the linear model predicts; nil where there is none.
    func step(damping: Double) -> (step: [Double], decrease: Double)? {
        var held = heldAtBounds()
        for _ in 0...point.count {
            guard let step = solve(damping, held: held) else { return nil }
            let outside = point.indices.filter { held[$0] == nil && overshoots(step, $0) }
            if outside.isEmpty { return decrease(of: step).map { (step, $0) } }
            for index in outside { held[index] = step[index] > 0 ? 1 - point[index] : -point[index] }
        }
        return nil
    }

    /// The coordinates at a bound from which the cost pushes outwards.
    private func heldAtBounds() -> [Double?] {
        let gradient = jacobian.transposeTimes(residuals)
        return point.indices.map { index in
            let isHeld =
                (point[index] <= 0 && gradient[index] > 0) || (point[index] >= 1 && gradient[index] < 0)
            return isHeld ? 0 : nil
        }
    }

    private func overshoots(_ step: [Double], _ index: Int) -> Bool {
        point[index] + step[index] > 1 || point[index] + step[index] < 0
    }

    private func solve(_ damping: Double, held: [Double?]) -> [Double]? {
        let free = held.indices.filter { held[$0] == nil }
        var step = held.map { $0 ?? 0 }
        guard !free.isEmpty else { return step }
        // The held coordinates' share of the linear model goes to the right-hand side.
        let target = residuals.adding(1, jacobian * step)
        let all = Array(0..<jacobian.rows)
        let damped = Matrix(diagonal: free.map { damping.squareRoot() * scales[$0] })
        let system = jacobian.selecting(rows: all, columns: free).stacked(over: damped)
        let right = target.scaled(-1) + Array(repeating: 0, count: free.count)
        guard let solution = leastSquares(system, right) else { return nil }
        for (position, index) in free.enumerated() { step[index] = solution[position] }
        return step
    }

    private func decrease(of step: [Double]) -> Double? {
        let predicted = residuals.adding(1, jacobian * step)
        let decrease = residuals.dot(residuals) - predicted.dot(predicted)
        return decrease > 0 ? decrease : nil
    }
}
