import Numerics
import Schema

/// L-BFGS-B: minimisation within bounds by gradients, whose history models the curvature
/// (Byrd, Lu, Nocedal & Zhu 1995, doi:10.1137/0916069).
///
/// Each iteration minimises the quadratic model of ``BoundedQuadratic`` and searches along the step. Gradients come
/// from the model where it offers them, else from forward differences asked for at once; where a search along a line
/// fails, from central ones.
public struct QuasiNewton: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// How many pairs of steps and changes of the gradient are remembered.
        public var memory = 10
        /// The relative decrease of the cost, twice in a row, that ends the search.
        public var tolerance = 1e-12
        /// The length of the first step in unit coordinates.
        public var firstStep = 0.1
        /// The defaults.
        public init() {}
    }

    private enum Phase { case start, differences, line, finished }

    private let settings: Settings
    private let precision: Double
    private var phase = Phase.start
    private var point: [Double]
    private var cost = Double.infinity
    private var gradient: [Double] = []
    private var offersGradient = false
    private var isCentral = false
    private var curvature: CurvatureMemory
    private var differences: Differences?
    private var line: LineSearch?
    private var direction: [Double] = []
    private var previous: (point: [Double], gradient: [Double], cost: Double)?
    private var lineGradient: (step: Double, gradient: [Double])?
    private var smallDecreases = 0
    private var lastStep = 0.0
    private var firstGradient = 0.0
    private var lastRenewal = 0
    private var starts = 0
    /// How often a new point was accepted.
    private(set) var iterations = 0
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "L-BFGS-B" }

    /// Starts at the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        precision = context.precision
        point = clamped(context.initial)
        curvature = CurvatureMemory(limit: settings.memory)
    }

    /// The best point known and its cost; +∞ before the first evaluation.
    var current: (point: [Double], cost: Double) { (point, cost) }

    /// How far the gradient has fallen since the start: 1 there, 0 at a stationary point.
    var gradientRatio: Double { firstGradient > 0 ? gradient.norm / firstGradient : 0 }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        switch phase {
        case .start: return [Proposal(point, wantsDerivatives: true)]
        case .differences: return differences?.proposals ?? []
        case .line:
            guard let trial = line?.trial else { return [] }
            return [Proposal(clamped(point.adding(trial, direction)), wantsDerivatives: offersGradient)]
        case .finished: return []
        }
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        switch phase {
        case .start: begin(outcomes[0])
        case .differences:
            differences?.tell(outcomes)
            guard let differences, differences.proposals.isEmpty else { return }
            useGradient(differences.gradient(cost: cost))
        case .line: continueLine(outcomes[0])
        case .finished: return
        }
    }

    private mutating func begin(_ outcome: Outcome) {
        starts += 1
        guard let evaluation = outcome.evaluation else {
            // A start that fails is moved halfway to the middle a few times before the search gives up.
            point = point.map { 0.5 * ($0 + 0.5) }
            if starts > 5 { finish("the model fails at the start") }
            return
        }
        cost = evaluation.cost
        offersGradient = evaluation.gradient != nil
        acquireGradient(evaluation.gradient)
    }

    private mutating func acquireGradient(_ known: [Double]?) {
        if let known { return useGradient(known) }
        differences = Differences(at: point, precision: precision, isCentral: isCentral)
        phase = .differences
    }

    private mutating func useGradient(_ gradient: [Double]) {
        if let previous {
            curvature.add(
                step: point.subtracting(previous.point), change: gradient.subtracting(previous.gradient))
        }
        self.gradient = gradient
        if iterations == 0 { firstGradient = gradient.norm }
        startLine()
    }

    private mutating func startLine() {
        if curvature.isEmpty && iterations == 0 { curvature.scale = gradient.norm / settings.firstStep }
        let model = BoundedQuadratic(
            point: point, gradient: gradient, hessian: curvature.hessian(dimension: point.count))
        direction = model.step()
        let slope = gradient.dot(direction)
        guard slope < 0, direction.largestMagnitude > 1e-16 else { return lineFailed() }
        line = LineSearch(start: cost, slope: slope, longest: longestStep())
        lineGradient = nil
        phase = .line
    }

    private func longestStep() -> Double {
        var longest = Double.infinity
        for (coordinate, slope) in zip(point, direction) where slope != 0 {
            longest = min(longest, (slope > 0 ? 1 - coordinate : coordinate) / abs(slope))
        }
        return max(1, longest)
    }

    private mutating func continueLine(_ outcome: Outcome) {
        guard let trial = line?.trial else { return }
        line?.tell(outcome.cost)
        if line?.best.step == trial, let gradient = outcome.evaluation?.gradient {
            lineGradient = (trial, gradient)
        }
        guard let line, line.trial == nil else { return }
        line.best.step > 0 ? accept(line.best) : lineFailed()
    }

    private mutating func accept(_ best: (step: Double, cost: Double)) {
        let decrease = cost - best.cost
        smallDecreases = decrease <= settings.tolerance * abs(best.cost) ? smallDecreases + 1 : 0
        previous = (point, gradient, cost)
        lastStep = best.step * direction.norm
        point = clamped(point.adding(best.step, direction))
        cost = best.cost
        iterations += 1
        if smallDecreases > 1 { return finish("the cost no longer decreases") }
        acquireGradient(lineGradient?.step == best.step ? lineGradient?.gradient : nil)
    }

    private mutating func lineFailed() {
        if !isCentral, !offersGradient {
            // Forward differences may be too coarse here.
            isCentral = true
            previous = nil
            return acquireGradient(nil)
        }
        guard !curvature.isEmpty, iterations > lastRenewal else {
            return finish("no step decreases the cost")
        }
        // The history may describe the curvature elsewhere.
        lastRenewal = iterations + 1
        curvature = CurvatureMemory(limit: settings.memory)
        curvature.scale = gradient.norm / max(1e-12, 0.1 * lastStep)
        startLine()
    }

    private mutating func finish(_ reason: String) {
        ending = reason
        phase = .finished
    }
}

extension MethodKind {
    static let quasiNewton = MethodKind(
        "l-bfgs-b", "Quasi-Newton within bounds; fast to the nearest minimum of a smooth cost.",
        usesDerivatives: true,
        keys: [QuasiNewton.Keys.memory, QuasiNewton.Keys.tolerance, QuasiNewton.Keys.firstStep]
    ) { section, context in
        var settings = QuasiNewton.Settings()
        settings.memory = section[QuasiNewton.Keys.memory]
        settings.tolerance = section[QuasiNewton.Keys.tolerance]
        settings.firstStep = section[QuasiNewton.Keys.firstStep]
        return QuasiNewton(settings, context)
    }
}

extension QuasiNewton {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let memory = Key.integer(
            "memory", 1...1000, default: defaults.memory,
            "How many steps the model of the curvature remembers.")
        static let tolerance = Key.number(
            "tolerance", .within(0...1), default: defaults.tolerance,
            "Ends where the relative decrease of the cost is below it twice in a row.")
        static let firstStep = Key.number(
            "first_step", .above(0, upTo: 1), default: defaults.firstStep,
            "Length of the first step as a share of the ranges.")
    }
}
