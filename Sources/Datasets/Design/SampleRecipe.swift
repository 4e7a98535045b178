/// One sample of a campaign before it is computed: everything that its case differs in from the base case.
public struct SampleRecipe: Sendable, Equatable {
    /// The number of the sample, from 0.
    public var index: Int
    /// The seed of whatever is random in it.
    public var seed: UInt64
    /// The values of the campaign's parameters, in their order.
    public var parameters: [Double]
    /// Which geometry it has: samples with the same text share a body, and never lie in different splits.
    public var geometry: String
    /// The family of that geometry; empty where the base case's bodies are used.
    public var family: String
    /// `key=value` texts that turn the base case into the sample's case.
    public var overrides: [String]

    /// A sample before it is computed.
    public init(
        index: Int, seed: UInt64, parameters: [Double], geometry: String, family: String, overrides: [String]
    ) {
        self.index = index
        self.seed = seed
        self.parameters = parameters
        self.geometry = geometry
        self.family = family
        self.overrides = overrides
    }
}
