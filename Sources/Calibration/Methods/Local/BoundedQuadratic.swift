import Numerics

/// The quadratic model m(z) = gᵀz + ½ zᵀBz about a point of the unit cube, B positive definite.
///
/// Its approximate minimiser within the bounds is the generalised Cauchy point, the first minimiser along the
/// projected path P(x − t g), followed by a minimisation over the coordinates that are free there
/// (Byrd, Lu, Nocedal & Zhu 1995, doi:10.1137/0916069; projection of the second step after
/// Morales & Nocedal 2011, doi:10.1145/2049662.2049669). Parameters number tens or hundreds: B is held as it is.
struct BoundedQuadratic {
    /// The point about which the model holds.
    let point: [Double]
    /// g.
    let gradient: [Double]
    /// B.
    let hessian: Matrix

    /// The step from the point to the approximate minimiser; the result stays within the cube.
    func step() -> [Double] {
        let cauchy = cauchyStep()
        return subspaceStep(from: cauchy.step, free: cauchy.free)
    }

    /// The generalised Cauchy point as a step, and the coordinates that did not reach a bound.
    func cauchyStep() -> (step: [Double], free: [Int]) {
        let breaks = point.indices.map(breakpoint)
        var direction = point.indices.map { breaks[$0] > 0 ? -gradient[$0] : 0 }
        var step = [Double](repeating: 0, count: point.count)
        var curved = hessian * direction
        var time = 0.0
        for index in point.indices.sorted(by: { breaks[$0] < breaks[$1] }) where breaks[index] > 0 {
            let slope = gradient.dot(direction) + step.dot(curved)
            let curvature = direction.dot(curved)
            guard slope < 0, curvature > 0 else { break }
            let optimum = -slope / curvature
            let length = breaks[index] - time
            if optimum < length {
                return (step.adding(optimum, direction), point.indices.filter { breaks[$0] > time })
            }
            step = step.adding(length, direction)
            time = breaks[index]
            // This coordinate stays at its bound; B times the direction follows by one column.
            step[index] = (direction[index] > 0 ? 1 : 0) - point[index]
            curved = curved.adding(-direction[index], hessian.row(index))
            direction[index] = 0
        }
        return (step, point.indices.filter { breaks[$0] > time })
    }

    /// The t at which P(x − t g) reaches the bound of one coordinate.
    private func breakpoint(_ index: Int) -> Double {
        let slope = gradient[index]
        if slope == 0 { return .infinity }
        return slope < 0 ? (point[index] - 1) / slope : point[index] / slope
    }

    private func subspaceStep(from cauchy: [Double], free: [Int]) -> [Double] {
        guard !free.isEmpty,
            let factor = Cholesky(hessian.selecting(rows: free, columns: free))
        else { return cauchy }
        let residual = gradient.adding(1, hessian * cauchy)
        let newton = factor.solve(free.map { -residual[$0] })
        var projected = cauchy
        for (position, index) in free.enumerated() {
            projected[index] = min(1 - point[index], max(-point[index], cauchy[index] + newton[position]))
        }
        return gradient.dot(projected) < 0 ? projected : truncated(cauchy, newton, free)
    }

    /// As far from the Cauchy point towards the unbounded minimiser as the bounds allow.
    private func truncated(_ cauchy: [Double], _ newton: [Double], _ free: [Int]) -> [Double] {
        var share = 1.0
        for (position, index) in free.enumerated() where newton[position] != 0 {
            let room = newton[position] > 0 ? 1 - point[index] : -point[index]
            share = min(share, max(0, (room - cauchy[index]) / newton[position]))
        }
        var step = cauchy
        for (position, index) in free.enumerated() { step[index] += share * newton[position] }
        return step
    }
}

/// The nearest point of the unit cube.
func clamped(_ point: [Double]) -> [Double] { point.map { min(1, max(0, $0)) } }
