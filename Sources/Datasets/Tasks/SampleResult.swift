/// A computed sample: its channels on the output grid. All arrays have x fastest.
public struct SampleResult: Sendable, Equatable {
    /// How the computation came to its end.
    public enum Ending: String, Sendable, Codable, CaseIterable {
        /// The residual fell below the tolerance.
        case converged
        /// The average over the last part of the time, because it did not become steady before.
        case averaged
        /// The last state: the end time came first, or no tolerance was asked for.
        case ended
        /// A trajectory: all its times were reached.
        case completed
    }

    /// How the computation came to its end.
    public var ending: Ending
    /// Steps computed.
    public var steps: Int
    /// Simulated time reached.
    public var time: Double
    /// The last residual of a steady task; nil where none was taken.
    public var residual: Double?
    /// The times of the kept states.
    public var times: [Double]
    /// Cells along each axis, x first.
    public var cells: [Int]
    /// Input channels: channel, (z,) y, x.
    public var inputs: [Float]
    /// Output channels: time, channel, (z,) y, x; one time for a steady task. 0 in bodies.
    public var outputs: [Float]
    /// Signed distance at the cell centres, negative in bodies; the diagonal of the domain where there are none.
    public var signedDistance: [Float]
    /// 1 where at least half of the cell is fluid, else 0.
    public var mask: [UInt8]

    /// A computed sample.
    public init(
        ending: Ending, steps: Int, time: Double, residual: Double?, times: [Double], cells: [Int],
        inputs: [Float], outputs: [Float], signedDistance: [Float], mask: [UInt8]
    ) {
        self.ending = ending
        self.steps = steps
        self.time = time
        self.residual = residual
        self.times = times
        self.cells = cells
        self.inputs = inputs
        self.outputs = outputs
        self.signedDistance = signedDistance
        self.mask = mask
    }
}

/// Why a sample cannot be computed, told to a person.
public struct SampleProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// Whether the flow was lost, rather than the description wrong.
    public var isDivergence: Bool
    /// What is wrong and how to mend it.
    public var description: String

    /// A problem of the case, unless said otherwise.
    public init(_ description: String, isDivergence: Bool = false) {
        self.description = description
        self.isDivergence = isDivergence
    }
}
