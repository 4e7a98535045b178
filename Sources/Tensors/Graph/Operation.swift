import Numerics
import ONNX

/// A differentiable function of tensors, recorded once and executed many times.
///
/// It owns no memory: everything that it reads and writes is handed to it in a ``Frame``, whose places were fixed when
/// the graph was compiled. Passes neither allocate nor throw.
public protocol Operation<Scalar>: Sendable {
    /// The number that it computes with.
    associatedtype Scalar: Real

    /// What it reads, parameters included.
    var inputs: [Value] { get }
    /// The extents of its result.
    var outputShape: Shape { get }
    /// Which inputs, by position, the backward pass reads again.
    var inputsReadBackward: [Int] { get }
    /// Whether the backward pass reads the result again.
    var readsOutputBackward: Bool { get }
    /// Values to keep from the forward pass to the backward pass.
    var savedCount: Int { get }
    /// Values of scratch memory, free again when a pass returns.
    func workspaceCount(workers: Int) -> Int

    /// Computes the result.
    func forward(_ frame: Frame<Scalar>)
    /// Computes the gradients of the inputs, in the order of ``inputs``, from that of the result.
    func backward(_ frame: Frame<Scalar>)

    /// Additions and multiplications of a forward pass, where they decide what a network costs; else one a value.
    var arithmetic: Double { get }
    /// Writes the operation in the standard operators of ONNX, the first extent of fields left open, so that an exported
    /// network takes any number of samples.
    ///
    /// - Parameter inputs: The names of what it reads.
    /// - Returns: The name of its result.
    /// - Throws: ``ExportError`` where it has no form in those operators.
    func export(to body: inout ONNXBody, _ inputs: [String]) throws(ExportError) -> String
}

extension Operation {
    /// None.
    public var inputsReadBackward: [Int] { [] }
    /// No.
    public var readsOutputBackward: Bool { false }
    /// None.
    public var savedCount: Int { 0 }
    /// None.
    public func workspaceCount(workers: Int) -> Int { 0 }
    /// One a value.
    public var arithmetic: Double { Double(outputShape.count) }
}
