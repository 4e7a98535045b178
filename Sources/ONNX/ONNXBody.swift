/// The nodes of a network and their constants, written one after the other.
///
/// Every method that adds a node returns the name of its result, so that a computation reads like one.
public struct ONNXBody: Sendable {
    /// A number, or some, that belongs to a node.
    public enum Attribute: Sendable, Hashable {
        /// A whole number.
        case integer(Int)
        /// Whole numbers.
        case integers([Int])
        /// A real number.
        case number(Float)
    }

    struct Constant: Sendable {
        let name: String
        let extents: [Int]
        let values: Values
    }

    enum Values: Sendable {
        case floats([Float])
        case integers([Int])
    }

    struct Node: Sendable {
        let kind: String
        let inputs: [String]
        let output: String
        let attributes: [(name: String, value: Attribute)]
    }

    private(set) var constants: [Constant] = []
    private(set) var nodes: [Node] = []
    private var names = 0

    /// No nodes.
    public init() {}

    /// The number of nodes.
    public var nodeCount: Int { nodes.count }

    /// A name that nothing has yet.
    private mutating func fresh(_ kind: String) -> String {
        names += 1
        return "\(kind).\(names)"
    }

    /// A constant of real numbers, the slowest axis first; extents of none are those of a single number.
    public mutating func constant(_ values: [Float], _ extents: [Int], name: String? = nil) -> String {
        let name = name ?? fresh("constant")
        constants.append(Constant(name: name, extents: extents, values: .floats(values)))
        return name
    }

    /// A constant of whole numbers; extents default to one axis.
    public mutating func constant(_ values: [Int], _ extents: [Int]? = nil) -> String {
        let name = fresh("constant")
        constants.append(
            Constant(name: name, extents: extents ?? [values.count], values: .integers(values)))
        return name
    }

    /// Adds a node of a standard operator.
    ///
    /// - Parameter output: The name of its result; nil makes one up.
    public mutating func node(
        _ kind: String, _ inputs: [String], output: String? = nil, _ attributes: [(String, Attribute)] = []
    ) -> String {
        let output = output ?? fresh(kind)
        nodes.append(Node(kind: kind, inputs: inputs, output: output, attributes: attributes))
        return output
    }

    /// The same values under other extents; −1 stands for what is left.
    public mutating func reshape(_ x: String, _ extents: [Int]) -> String {
        node("Reshape", [x, constant(extents)])
    }

    /// Axes in another order.
    public mutating func transpose(_ x: String, _ order: [Int]) -> String {
        node("Transpose", [x], [("perm", .integers(order))])
    }

    /// Entries along an axis; the indices' extents take the place of the axis.
    public mutating func gather(_ x: String, _ indices: [Int], extents: [Int]? = nil, axis: Int) -> String {
        node("Gather", [x, constant(indices, extents)], [("axis", .integer(axis))])
    }

    /// Tensors one after the other along an axis.
    public mutating func concatenate(_ parts: [String], axis: Int) -> String {
        node("Concat", parts, [("axis", .integer(axis))])
    }

    /// The sum along an axis, which disappears.
    public mutating func sum(_ x: String, axis: Int) -> String {
        node("ReduceSum", [x, constant([axis])], [("keepdims", .integer(0))])
    }

    /// The mean along axes.
    public mutating func mean(_ x: String, axes: [Int], keepsAxes: Bool) -> String {
        node("ReduceMean", [x], [("axes", .integers(axes)), ("keepdims", .integer(keepsAxes ? 1 : 0))])
    }
}
