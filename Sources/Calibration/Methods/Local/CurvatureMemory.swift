import Numerics

/// The BFGS model of the Hessian from the last few steps s and changes of the gradient y:
/// B ← B + y yᵀ/(yᵀs) − B s sᵀB/(sᵀB s), from B₀ = θ I with θ = yᵀy/(sᵀy)
/// (Nocedal 1980, doi:10.1090/S0025-5718-1980-0572855-7).
struct CurvatureMemory: Sendable {
    private let limit: Int
    private var pairs: [(step: [Double], change: [Double])] = []
    /// θ.
    var scale = 1.0

    /// - Parameter limit: How many pairs are kept.
    init(limit: Int) { self.limit = limit }

    /// Whether there is nothing but θ.
    var isEmpty: Bool { pairs.isEmpty }

    /// Adds a pair; one without positive curvature is left out, and where there is nothing else θ shrinks, so that
    /// steps over a plane grow.
    mutating func add(step: [Double], change: [Double]) {
        let curvature = step.dot(change)
        guard curvature > 1e-10 * step.norm * change.norm, curvature > 0 else {
            if pairs.isEmpty { scale *= 0.1 }
            return
        }
        pairs.append((step, change))
        if pairs.count > limit { pairs.removeFirst() }
        scale = change.dot(change) / curvature
    }

    /// B.
    func hessian(dimension: Int) -> Matrix {
        var matrix = Matrix(diagonal: Array(repeating: scale, count: dimension))
        for (step, change) in pairs {
            let product = matrix * step
            let curvature = step.dot(product)
            guard curvature > 0 else { continue }
            matrix.addOuter(1 / change.dot(step), change, change)
            matrix.addOuter(-1 / curvature, product, product)
        }
        return matrix
    }
}
