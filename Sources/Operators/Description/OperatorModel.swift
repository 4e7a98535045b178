import Numerics
import Tensors

/// What a model maps: fields with so many channels to fields with so many channels, on a grid of so many dimensions.
public struct FieldMapping: Sendable, Hashable {
    /// Channels of the input.
    public var inputs: Int
    /// Channels of the output.
    public var outputs: Int
    /// Dimensions of space, 1 to 3.
    public var dimension: Int
    /// Input channels that are constant over a sample (a Mach number); models with a branch for them look here.
    public var constants: [Int]

    /// Describes a mapping.
    public init(
        inputs: Int, outputs: Int, dimension: Int, constants: [Int] = []
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.dimension = dimension
        self.constants = constants
    }
}

/// A neural operator: a plain value with its arguments, which writes itself into graphs. Parameters live elsewhere, so
/// one model can be recorded for many shapes.
public protocol OperatorModel: Sendable {
    /// What it maps.
    var mapping: FieldMapping { get }

    /// Whether its parameters belong to the grid that they were made for.
    var isBoundToGrid: Bool { get }

    /// Why it cannot work on a grid of these extents, with what to change; nil where it can.
    func objection(to spatial: [Int]) -> String?

    /// Records the model on a field [batch, (z,) (y,) x, inputs], and returns the field [batch, (z,) (y,) x, outputs].
    func record<Scalar: Real>(in graph: Graph<Scalar>, _ x: Value) -> Value
}

extension OperatorModel {
    /// No.
    public var isBoundToGrid: Bool { false }

    /// None.
    public func objection(to spatial: [Int]) -> String? { nil }
}

/// A model that cannot be used as asked.
public struct OperatorError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, and what to change.
    public let description: String
}
