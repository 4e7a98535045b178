import Numerics
import Schema

/// Descents that start again from the best point, perturbed (iterated local search, Lourenço, Martin & Stützle 2003,
/// doi:10.1007/0-306-48056-5_11).
///
/// *Shuffle* permutes the coordinates within groups, for parameters of one kind such as rates of several species.
/// *Mask* moves along the weak singular directions of the Jacobian only, where the data hardly resist; without residuals
/// it moves a random half of the coordinates.
public struct PerturbedRestarts: Method {
    /// How the best point is perturbed.
    public enum Kind: Sendable {
        /// A permutation within groups of coordinates.
        case shuffle
        /// A move along weak directions.
        case mask
    }

    /// What can be set.
    public struct Settings: Sendable {
        /// The number of neighbouring coordinates in a group; 0 for one group of all.
        public var group = 0
        /// The length of moves along weak directions as a share of the ranges.
        public var step = 0.3
        /// The descents without a better point that end the search.
        public var patience = 50
        /// The defaults.
        public init() {}
    }

    private let kind: Kind
    private let settings: Settings
    private let context: MethodContext
    private var random: RandomStream
    private var local: Descent
    private var jacobian: Matrix?
    private var best: (point: [Double], cost: Double)
    private var asked: [Proposal] = []
    private var usesResiduals: Bool?
    private var isImproved = false
    private var idle = 0
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "perturbed restarts, \(local.stage)" }

    /// Starts at the initial point of the context.
    public init(_ settings: Settings = Settings(), _ kind: Kind, _ context: MethodContext) {
        (self.kind, self.settings, self.context) = (kind, settings, context)
        random = RandomStream(seed: context.seed, stream: kind == .shuffle ? 19 : 20)
        best = (clamped(context.initial), .infinity)
        local = .quasiNewton(QuasiNewton(.init(), context))
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        guard ending == nil else { return [] }
        asked = local.ask()
        return asked
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        for (proposal, outcome) in zip(asked, outcomes) where outcome.cost < best.cost {
            best = (proposal.point, outcome.cost)
            isImproved = true
        }
        if usesResiduals == nil, let evaluation = outcomes.first?.evaluation {
            usesResiduals = evaluation.residuals != nil
            // The first descent asked for one point only; the method that suits begins with the same one.
            if usesResiduals == true {
                local = .leastSquares(LevenbergMarquardt(.init(), context.starting(at: asked[0].point)))
                _ = local.ask()
            }
        }
        local.tell(outcomes)
        if local.ending != nil { restart() }
    }

    private mutating func restart() {
        if case .leastSquares(let descent) = local, descent.cost <= best.cost {
            jacobian = descent.jacobian
        }
        idle = isImproved ? 0 : idle + 1
        isImproved = false
        if idle >= settings.patience {
            ending = "\(idle) perturbed descents brought nothing better"
            return
        }
        let start = kind == .shuffle ? shuffled() : masked()
        local =
            usesResiduals == true
            ? .leastSquares(LevenbergMarquardt(.init(), context.starting(at: start)))
            : .quasiNewton(QuasiNewton(.init(), context.starting(at: start)))
    }

    private mutating func shuffled() -> [Double] {
        var point = best.point
        let size = settings.group > 0 ? settings.group : point.count
        for first in stride(from: 0, to: point.count, by: size) {
            let group = Array(first..<min(first + size, point.count))
            let order = random.permutation(group.count)
            for (position, index) in group.enumerated() { point[index] = best.point[group[order[position]]] }
        }
        // A permutation of equal coordinates would change nothing.
        return mirrored(point.adding(0.02, random.normals(point.count)))
    }

    private mutating func masked() -> [Double] {
        guard let jacobian, let decomposition = SingularValues(jacobian),
            let largest = decomposition.values.first
        else {
            return mirrored(
                best.point.map { random.uniform() < 0.5 ? $0 : $0 + settings.step * random.normal() })
        }
        var point = best.point
        let weak = decomposition.values.indices.filter { decomposition.values[$0] < 0.1 * largest }
        let moved = weak.isEmpty ? Array(decomposition.values.indices.suffix(1)) : weak
        for index in moved {
            point = point.adding(settings.step * random.normal(), decomposition.rightTransposed.row(index))
        }
        return mirrored(point)
    }
}

/// The descent of a restart.
private enum Descent {
    /// Where the model answers residuals.
    case leastSquares(LevenbergMarquardt)
    /// Where it answers a cost alone.
    case quasiNewton(QuasiNewton)

    private var method: any Method {
        switch self {
        case .leastSquares(let method): method
        case .quasiNewton(let method): method
        }
    }

    var stage: String { method.stage }
    var ending: String? { method.ending }

    mutating func ask() -> [Proposal] {
        switch self {
        case .leastSquares(var method):
            defer { self = .leastSquares(method) }
            return method.ask()
        case .quasiNewton(var method):
            defer { self = .quasiNewton(method) }
            return method.ask()
        }
    }

    mutating func tell(_ outcomes: [Outcome]) {
        switch self {
        case .leastSquares(var method):
            method.tell(outcomes)
            self = .leastSquares(method)
        case .quasiNewton(var method):
            method.tell(outcomes)
            self = .quasiNewton(method)
        }
    }
}

extension MethodKind {
    static let shuffledRestarts = MethodKind(
        "restarts-shuffle", "Descents from the best point with its coordinates permuted within groups.",
        usesDerivatives: true, dependsOnWorkers: true,
        keys: [PerturbedRestarts.Keys.group, PerturbedRestarts.Keys.patience]
    ) { section, context in
        var settings = PerturbedRestarts.Settings()
        settings.group = section[PerturbedRestarts.Keys.group]
        settings.patience = section[PerturbedRestarts.Keys.patience]
        return PerturbedRestarts(settings, .shuffle, context)
    }

    static let maskedRestarts = MethodKind(
        "restarts-mask", "Descents from the best point moved along directions that the data hardly see.",
        usesDerivatives: true, dependsOnWorkers: true,
        keys: [PerturbedRestarts.Keys.step, PerturbedRestarts.Keys.patience]
    ) { section, context in
        var settings = PerturbedRestarts.Settings()
        settings.step = section[PerturbedRestarts.Keys.step]
        settings.patience = section[PerturbedRestarts.Keys.patience]
        return PerturbedRestarts(settings, .mask, context)
    }
}

extension PerturbedRestarts {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let group = Key.integer(
            "group", 0...100_000, default: defaults.group,
            "Neighbouring parameters that are permuted among each other; 0 for all.")
        static let step = Key.number(
            "step", .above(0, upTo: 1), default: defaults.step, "Length of moves as a share of the ranges.")
        static let patience = Key.integer(
            "patience", 1...100_000, default: defaults.patience,
            "Descents without a better point that end the search.")
    }
}
