/// How far a sample is.
public enum SampleStatus: String, Sendable, Codable, CaseIterable {
    /// It is in the file.
    case completed
    /// It could not be computed; its outputs are NaN and its reason is in the file.
    case failed
    /// It has not been computed; its inputs and outputs are NaN.
    case pending
}

/// What was computed for one sample.
public struct DatasetSample: Sendable, Equatable {
    /// channel, (z,) y, x; x fastest.
    public var inputs: [Float]
    /// (time,) channel, (z,) y, x; x fastest.
    public var outputs: [Float]
    /// Signed distance to the bodies, negative inside; nil where the dataset has no geometry.
    public var signedDistance: [Float]?
    /// 1 in the fluid, 0 in a body; nil where the dataset has no geometry.
    public var mask: [UInt8]?
    /// Steps of the solver; 0 where there was none.
    public var steps: Int
    /// How its computation came to its end, such as `converged` or `averaged`; empty where there was none.
    public var ending: String
    /// The last residual of a steady flow; nil where none was taken.
    public var residual: Double?

    /// A sample.
    public init(
        inputs: [Float], outputs: [Float], signedDistance: [Float]? = nil, mask: [UInt8]? = nil,
        steps: Int = 0, ending: String = "", residual: Double? = nil
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.signedDistance = signedDistance
        self.mask = mask
        self.steps = steps
        self.ending = ending
        self.residual = residual
    }
}

/// Statistics of each channel, over the fluid cells of the samples of the training split.
public struct ChannelStatistics: Sendable, Codable, Equatable {
    /// Means.
    public var mean: [Double]
    /// Standard deviations, of the population: divided by n.
    public var standardDeviation: [Double]
    /// Least values.
    public var minimum: [Double]
    /// Greatest values.
    public var maximum: [Double]

    /// Statistics of channels, in their order.
    public init(mean: [Double], standardDeviation: [Double], minimum: [Double], maximum: [Double]) {
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.minimum = minimum
        self.maximum = maximum
    }
}
