import Numerics

/// The gradient of an input, to be written or added to.
public struct GradientPlace<Scalar: Real>: @unchecked Sendable {
    /// The first value.
    public let base: UnsafeMutablePointer<Scalar>
    /// Whether another operation has written before: then add, else overwrite.
    public let accumulates: Bool
}

/// The memory of one operation in one compiled program.
public struct Frame<Scalar: Real>: @unchecked Sendable {
    /// The inputs, in the order of the operation.
    public let inputs: [UnsafeMutablePointer<Scalar>]
    /// The gradients of the inputs; nil where none is wanted.
    public let gradients: [GradientPlace<Scalar>?]
    /// The result.
    public let output: UnsafeMutablePointer<Scalar>
    /// The gradient of the result, complete when the backward pass of the operation begins.
    public let outputGradient: UnsafeMutablePointer<Scalar>
    /// What is kept from the forward pass to the backward pass.
    public let saved: UnsafeMutablePointer<Scalar>
    /// Scratch memory of the forward pass.
    public let workspace: UnsafeMutablePointer<Scalar>
    /// Scratch memory of the backward pass.
    public let backwardWorkspace: UnsafeMutablePointer<Scalar>
    /// Who computes.
    public let workers: Workers
    /// Whether a backward pass follows.
    public let isDifferentiating: Bool
}
