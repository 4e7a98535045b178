import Numerics
import Schema

/// The simplex search of Nelder & Mead (1965, doi:10.1093/comjnl/7.4.308) with the coefficients of Gao & Han (2012,
/// doi:10.1007/s10589-010-9329-3), which depend on the dimension: expansion 1 + 2/d, contraction 3/4 − 1/(2d),
/// shrinkage 1 − 1/d. Vertices outside of the cube are evaluated at their mirror images.
public struct NelderMead: Method {
    /// What can be set.
    public struct Settings: Sendable {
        /// The edge of the first simplex as a share of the ranges.
        public var edge = 0.1
        /// The size of the simplex that ends the search, as a share of the ranges.
        public var tolerance = 1e-8
        /// How often a simplex that has collapsed is built anew around the best vertex.
        public var restarts = 3
        /// The defaults.
        public init() {}
    }

    private typealias Vertex = (point: [Double], cost: Double)
    private enum Phase { case simplex, reflection, expansion, contraction, shrinkage }

    private let settings: Settings
    private let dimension: Double
    private var phase = Phase.simplex
    private var vertices: [Vertex] = []
    private var pending: [[Double]]
    private var reflected: Vertex = ([], .infinity)
    private var restarts = 0
    /// See ``Method/ending``.
    public private(set) var ending: String?

    /// See ``Method/stage``.
    public var stage: String { "Nelder–Mead" }

    /// Starts with a simplex at the initial point of the context.
    public init(_ settings: Settings = Settings(), _ context: MethodContext) {
        self.settings = settings
        dimension = Double(max(2, context.dimension))
        let start = clamped(context.initial)
        pending = [start] + Self.neighbours(of: start, edge: settings.edge)
    }

    private static func neighbours(of start: [Double], edge: Double) -> [[Double]] {
        start.indices.map { index in
            var vertex = start
            vertex[index] += vertex[index] + edge <= 1 ? edge : -edge
            return vertex
        }
    }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] { ending == nil ? pending.map { Proposal(mirrored($0)) } : [] }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        let told = zip(pending, outcomes).map { Vertex(point: $0, cost: $1.cost) }
        switch phase {
        case .simplex, .shrinkage:
            vertices += told
            reflect()
        case .reflection: judgeReflection(told[0])
        case .expansion: replaceWorst(told[0].cost < reflected.cost ? told[0] : reflected)
        case .contraction:
            told[0].cost <= min(reflected.cost, worst) ? replaceWorst(told[0]) : shrink()
        }
    }

    private var worst: Double { vertices.last?.cost ?? .infinity }

    private mutating func judgeReflection(_ vertex: Vertex) {
        reflected = vertex
        if vertex.cost < vertices[0].cost {
            propose(1 + 2 / dimension, .expansion)
        } else if vertex.cost < vertices[vertices.count - 2].cost {
            replaceWorst(vertex)
        } else {
            let share = 0.75 - 0.5 / dimension
            propose(vertex.cost < worst ? share : -share, .contraction)
        }
    }

    /// A point on the line from the worst vertex through the centre of the others.
    private mutating func propose(_ factor: Double, _ phase: Phase) {
        let others = vertices.dropLast().map(\.point)
        let sum = others.dropFirst().reduce(others[0]) { $0.adding(1, $1) }
        let center = sum.scaled(1 / Double(others.count))
        pending = [center.adding(factor, center.subtracting(vertices[vertices.count - 1].point))]
        self.phase = phase
    }

    private mutating func replaceWorst(_ vertex: Vertex) {
        vertices[vertices.count - 1] = vertex
        reflect()
    }

    private mutating func reflect() {
        vertices.sort { $0.cost < $1.cost }
        let size = vertices.dropFirst().reduce(0) {
            max($0, $1.point.subtracting(vertices[0].point).largestMagnitude)
        }
        size < settings.tolerance ? renew() : propose(1, .reflection)
    }

    private mutating func shrink() {
        let best = vertices[0].point
        pending = vertices.dropFirst().map { best.adding(1 - 1 / dimension, $0.point.subtracting(best)) }
        vertices = [vertices[0]]
        phase = .shrinkage
    }

    private mutating func renew() {
        guard restarts < settings.restarts else {
            ending = "the simplex is tiny"
            return
        }
        restarts += 1
        vertices[0].point = mirrored(vertices[0].point)
        pending = Self.neighbours(of: vertices[0].point, edge: settings.edge * 0.3)
        vertices = [vertices[0]]
        phase = .shrinkage
    }
}

extension MethodKind {
    static let nelderMead = MethodKind(
        "nelder-mead", "A simplex that walks downhill; robust for few parameters and noisy costs.",
        keys: [NelderMead.Keys.edge, NelderMead.Keys.tolerance, NelderMead.Keys.restarts]
    ) { section, context in
        var settings = NelderMead.Settings()
        settings.edge = section[NelderMead.Keys.edge]
        settings.tolerance = section[NelderMead.Keys.tolerance]
        settings.restarts = section[NelderMead.Keys.restarts]
        return NelderMead(settings, context)
    }
}

extension NelderMead {
    fileprivate enum Keys {
        private static let defaults = Settings()
        static let edge = Key.number(
            "edge", .above(0, upTo: 1), default: defaults.edge,
            "Edge of the first simplex as a share of the ranges.")
        static let tolerance = Key.number(
            "tolerance", .above(0, upTo: 1), default: defaults.tolerance,
            "Size of the simplex that ends the search.")
        static let restarts = Key.integer(
            "restarts", 0...1000, default: defaults.restarts, "How often a collapsed simplex is built anew.")
    }
}
