/// A network in the Open Neural Network Exchange format (ONNX, https://onnx.ai), which other programs run.
///
/// Only what export needs: constants of 32-bit floating-point and 64-bit integer numbers, and nodes of the standard
/// operators.
public struct ONNXModel: Sendable {
    /// An input or output of the network: a field of 32-bit floating-point numbers.
    public struct Field: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its extents, the slowest first.
        public var extents: [Extent]

        /// Describes a field.
        public init(_ name: String, _ extents: [Extent]) {
            self.name = name
            self.extents = extents
        }
    }

    /// The extent of an axis: a number, or a name for one that is chosen when the network runs.
    public enum Extent: Sendable, Hashable {
        /// Known.
        case fixed(Int)
        /// Chosen at run time.
        case named(String)
    }

    /// The version of the operator set that the nodes belong to.
    public static let operatorSet = 17
    /// The version of the file format that came with this operator set.
    static let format = 8

    /// The name of the network.
    public var name: String
    /// The version of the program that made it.
    public var producerVersion: String
    /// Further texts, by name.
    public var metadata: [String: String]
    /// What is given.
    public var inputs: [Field]
    /// What is computed.
    public var outputs: [Field]
    /// The computation.
    public var body: ONNXBody

    /// Describes a network.
    public init(
        name: String, producerVersion: String, metadata: [String: String] = [:], inputs: [Field],
        outputs: [Field], body: ONNXBody
    ) {
        self.name = name
        self.producerVersion = producerVersion
        self.metadata = metadata
        self.inputs = inputs
        self.outputs = outputs
        self.body = body
    }
}
