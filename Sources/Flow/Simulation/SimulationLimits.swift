/// How far a simulation goes, and how its steps meet the times that somebody wants to stand at.
public struct SimulationLimits: Sendable, Equatable {
    /// Simulated time of the last state; finite.
    public var end: Double
    /// Steps, counted from t = 0, after which it ends in any case.
    public var maximumSteps: Int?

    /// Limits of one's own.
    public init(end: Double, maximumSteps: Int? = nil) {
        self.end = end
        self.maximumSteps = maximumSteps
    }

    /// The limits that a case gives.
    public init(_ flowCase: FlowCase) {
        self.init(end: flowCase.time.end, maximumSteps: flowCase.time.maximumSteps)
    }

    /// Times closer than this are the same: a step that ends at a wanted time can miss it by the last bits.
    public var tolerance: Double { 1e-12 * end }

    /// Whether a time is reached, but for the last bits.
    public func hasReached(_ stop: Double, at time: Double) -> Bool { time >= stop - tolerance }

    /// The step from `time` on, no longer than `limit`, that ends at `stop` where it would pass it. A leftover of the
    /// last bits is not worth a step of its own: the step takes it along.
    public func step(from time: Double, to stop: Double, limit: Double) -> Double {
        let left = stop - time
        return left <= limit + tolerance ? left : limit
    }
}
