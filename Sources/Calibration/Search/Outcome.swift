import Numerics

/// What a model answered at one point of the unit cube.
public struct Evaluation: Sendable {
    /// What is minimised; Σ r² where there are residuals.
    public var cost: Double
    /// Weighted residuals (G(θ) − y) / σ, priors behind data; nil where the model gives a cost alone.
    public var residuals: [Double]?
    /// ∂cost/∂u, where the model offers it.
    public var gradient: [Double]?
    /// ∂residuals/∂u, one row a residual, where the model offers it.
    public var jacobian: Matrix?

    /// A cost, with its gradient where known.
    public init(cost: Double, gradient: [Double]? = nil) {
        self.cost = cost
        self.gradient = gradient
    }

    /// Residuals, with their Jacobian where known; the cost is Σ r² and its gradient 2 Jᵀr.
    public init(residuals: [Double], jacobian: Matrix? = nil) {
        cost = residuals.dot(residuals)
        self.residuals = residuals
        self.jacobian = jacobian
        gradient = jacobian.map { $0.transposeTimes(residuals).scaled(2) }
    }
}

/// How one run of a model ended.
public enum Outcome: Sendable {
    /// It answered.
    case evaluated(Evaluation)
    /// It did not, or not with finite numbers; the words say why.
    case failed(String)

    /// A cost alone; a failure where it is not finite.
    public static func cost(_ cost: Double, gradient: [Double]? = nil) -> Outcome {
        Outcome(checking: Evaluation(cost: cost, gradient: gradient))
    }

    /// Residuals; a failure where one is not finite.
    public static func residuals(_ residuals: [Double], jacobian: Matrix? = nil) -> Outcome {
        Outcome(checking: Evaluation(residuals: residuals, jacobian: jacobian))
    }

    /// An evaluation that is used only where its cost and residuals are finite; derivatives that are not are
    /// left out.
    public init(checking evaluation: Evaluation) {
        guard evaluation.cost.isFinite, evaluation.residuals?.isFinite ?? true else {
            self = .failed("the answer is not a finite number")
            return
        }
        var evaluation = evaluation
        if evaluation.gradient?.isFinite == false { evaluation.gradient = nil }
        if evaluation.jacobian?.values.isFinite == false { evaluation.jacobian = nil }
        self = .evaluated(evaluation)
    }

    /// The evaluation; nil for a failure.
    public var evaluation: Evaluation? {
        if case .evaluated(let evaluation) = self { return evaluation }
        return nil
    }

    /// The cost; +∞ for a failure, so that comparisons need no special case.
    public var cost: Double { evaluation?.cost ?? .infinity }
}
