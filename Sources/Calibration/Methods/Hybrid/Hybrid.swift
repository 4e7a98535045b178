import Numerics
import Schema

/// The default: ``ResidualHybrid`` where the first answer that is not a failure holds residuals, ``ScalarHybrid`` where
/// it is a cost alone.
public struct Hybrid: Method {
    private let context: MethodContext
    private var chosen: (any Method)?
    private var point: [Double]
    private var failures = 0
    private var random: RandomStream
    private var ownEnding: String?

    /// Starts at the initial point of the context.
    public init(_ context: MethodContext) {
        self.context = context
        point = clamped(context.scattered().initial)
        random = RandomStream(seed: context.seed, stream: 5)
    }

    /// See ``Method/stage``.
    public var stage: String { chosen?.stage ?? "first evaluation" }

    /// See ``Method/record``.
    public var record: MethodRecord { chosen?.record ?? MethodRecord() }

    /// See ``Method/ending``.
    public var ending: String? { chosen?.ending ?? ownEnding }

    /// See ``Method/ask()``.
    public mutating func ask() -> [Proposal] {
        if chosen != nil { return chosen?.ask() ?? [] }
        return ownEnding == nil ? [Proposal(point, wantsDerivatives: true)] : []
    }

    /// See ``Method/tell(_:)``.
    public mutating func tell(_ outcomes: [Outcome]) {
        guard chosen == nil else {
            chosen?.tell(outcomes)
            return
        }
        guard let evaluation = outcomes[0].evaluation else { return moveStart() }
        let start = context.starting(at: point)
        let method: any Method =
            evaluation.residuals == nil ? ScalarHybrid(.init(), start) : ResidualHybrid(.init(), start)
        chosen = method
        // Both begin with the point that has just been evaluated.
        _ = chosen?.ask()
        chosen?.tell(outcomes)
    }

    private mutating func moveStart() {
        failures += 1
        point = random.point(context.dimension)
        if failures > 100 { ownEnding = "the model failed at the start and at a hundred random points" }
    }
}

extension MethodKind {
    static let hybrid = MethodKind(
        "hybrid", "The default: chooses and switches by what the model answers and what each stage gains.",
        usesDerivatives: true, dependsOnWorkers: true
    ) { _, context in Hybrid(context) }
}
