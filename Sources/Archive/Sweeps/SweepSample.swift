import Foundation

/// What a sweep's registry knows of one sample.
public struct SweepSample: Sendable, Equatable, Codable {
    /// How far a sample is.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// Nobody computes it yet.
        case pending
        /// A worker computes it.
        case claimed
        /// Its result lies beside the registry.
        case completed
        /// It could not be computed, for the reason given.
        case failed
    }

    /// The kinds of failures.
    public enum Failure: String, Sendable, Codable, CaseIterable {
        /// Density, pressure or finiteness was lost.
        case diverged
        /// The case is wrong.
        case badCase = "bad-case"
        /// It took longer than it may.
        case timeout
        /// Its process died.
        case died
        /// The machine failed to read or write: the sample is not to blame.
        case machine
        /// Anything else, such as too little memory.
        case other
    }

    /// The number of the sample, from 0.
    public var number: Int
    /// How far it is.
    public var state = State.pending
    /// What it is computed from, as a JSON object.
    public var recipe: String
    /// Attempts that ended in a failure of the computation.
    public var attempts = 0
    /// Attempts that ended because the process died.
    public var deaths = 0
    /// Who computes it, as host and process.
    public var owner: String?
    /// The kind of its last failure.
    public var failure: Failure?
    /// The reason of its last failure.
    public var reason: String?
    /// How the computation ended, where it did well.
    public var ending: String?
    /// Steps computed.
    public var steps: Int?
    /// Simulated time reached.
    public var time: Double?
    /// The last residual of a steady task.
    public var residual: Double?
    /// Wall time in seconds.
    public var seconds: Double?
    /// When it was last claimed.
    public var claimed: Date?
    /// When it was completed or failed.
    public var finished: Date?

    /// A sample that nobody computes yet.
    public init(number: Int, recipe: String) {
        self.number = number
        self.recipe = recipe
    }
}
