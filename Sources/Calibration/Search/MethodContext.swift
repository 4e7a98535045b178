import Numerics

/// What a method is told of the problem before the first evaluation.
public struct MethodContext: Sendable {
    /// d, the number of unit coordinates.
    public var dimension: Int
    /// Where to start.
    public var initial: [Double]
    /// The priors in unit coordinates, nil where there is none.
    public var priors: [NormalPrior?]
    /// How many evaluations the whole search may take.
    public var budget: Int
    /// How many evaluations run at once; methods that can, ask for as many.
    public var workers: Int
    /// The seed of every random number.
    public var seed: UInt64
    /// The relative precision of the model's answers: 1e-15 for arithmetic in Float64, 1e-6 for Float32. The
    /// steps of difference quotients follow from it.
    public var precision: Double
    /// Whether all minima are wanted, as for a posterior that may have several modes, and not the best one alone.
    public var wantsAllMinima = false
    /// When each residual was observed; empty where that is not known of all.
    public var times: [Double] = []

    /// Describes a problem; by default it starts in the middle and knows no priors.
    public init(
        dimension: Int, initial: [Double]? = nil, priors: [NormalPrior?]? = nil, budget: Int = 10_000,
        workers: Int = 1, seed: UInt64 = 1, precision: Double = 1e-15
    ) {
        self.dimension = dimension
        self.initial = initial ?? Array(repeating: 0.5, count: dimension)
        self.priors = priors ?? Array(repeating: nil, count: dimension)
        self.budget = budget
        self.workers = max(1, workers)
        self.seed = seed
        self.precision = precision
    }

    /// The problem of a parameter space.
    public init(
        _ space: ParameterSpace, budget: Int, workers: Int = 1, seed: UInt64 = 1, precision: Double = 1e-15
    ) {
        self.init(
            dimension: space.dimension, initial: space.initial, priors: space.unitPriors, budget: budget,
            workers: workers, seed: seed, precision: precision)
    }

    /// The same problem from another start.
    func starting(at point: [Double]) -> MethodContext {
        var context = self
        context.initial = point
        return context
    }

    /// The same problem with a start that depends on the seed where nobody has chosen one: coordinates in the very middle
    /// of their ranges, without a prior, move by up to a tenth of the range. Searches of different seeds are then
    /// different from their first point on.
    func scattered() -> MethodContext {
        var random = RandomStream(seed: seed, stream: 6)
        return starting(
            at: initial.indices.map { index in
                let shift = 0.2 * (random.uniform() - 0.5)
                return initial[index] == 0.5 && priors[index] == nil ? 0.5 + shift : initial[index]
            })
    }

    /// The same problem with another budget.
    func limited(to budget: Int) -> MethodContext {
        var context = self
        context.budget = budget
        return context
    }

    /// The same problem with random numbers of their own.
    func reseeded(_ number: Int) -> MethodContext {
        var context = self
        context.seed = seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(truncatingIfNeeded: number)
        return context
    }
}
