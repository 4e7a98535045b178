/// What an epoch came to.
public struct EpochRecord: Sendable, Codable, Equatable {
    /// From 1.
    public var epoch: Int
    /// Steps taken until its end.
    public var step: Int
    /// The mean loss over its batches, each before its step.
    public var trainingLoss: Double
    /// The loss over the validation split; nil where there is none.
    public var validationLoss: Double?
    /// Mean over samples and channels of ‖p − t‖₂/‖t‖₂ in physical units over the fluid of the validation split.
    public var validationError: Double?
    /// The learning rate of its last step.
    public var learningRate: Double
    /// Wall time, validation included.
    public var seconds: Double
}
