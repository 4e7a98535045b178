import Numerics

/// A recorded computation: inputs, parameters and the operations between them, in the order of execution.
///
/// Models write themselves into a graph by calling its operations (`graph.linear(x, …)`), each of which appends one
/// ``Operation`` and returns the ``Value`` of its result. A ``Program`` then gives every value a place in one block of
/// memory and runs the operations as often as wanted.
public final class Graph<Scalar: Real> {
    /// The parameters that the operations use.
    public let parameters: ParameterSet<Scalar>
    /// What the factors of large products are rounded to.
    public let precision: Precision
    private(set) var operations: [any Operation<Scalar>] = []
    private(set) var origins: [ValueOrigin] = []
    private(set) var values: [Value] = []
    private(set) var differentiable: [Bool] = []
    private var path: [String] = []

    /// An empty graph over a set of parameters.
    public init(parameters: ParameterSet<Scalar>, precision: Precision = .float32) {
        self.parameters = parameters
        self.precision = precision
    }

    /// A tensor that is written from outside before each pass.
    ///
    /// - Parameter differentiable: Whether the gradient with respect to it is computed.
    public func input(_ name: String, _ shape: Shape, differentiable: Bool = false) -> Value {
        add(shape, .input(name: name), differentiable: differentiable)
    }

    /// A parameter of the set, declared on first use; the name is prefixed by the enclosing scopes.
    public func parameter(_ name: String, _ shape: Shape, _ initialiser: Initialiser) -> Value {
        let full = (path + [name]).joined(separator: ".")
        let index = parameters.declare(full, shape, initialiser)
        let known = origins.indices.first {
            if case .parameter(index) = origins[$0] { true } else { false }
        }
        return known.map { values[$0] } ?? add(shape, .parameter(index), differentiable: true)
    }

    /// Names parameters that are declared within the body `name.…`.
    public func scope<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
        path.append(name)
        defer { path.removeLast() }
        return try body()
    }

    /// Appends an operation; the result needs a gradient where one of its inputs does.
    public func append(_ operation: some Operation<Scalar>) -> Value {
        let needed = operation.inputs.contains { differentiable[$0.index] }
        operations.append(operation)
        return add(
            operation.outputShape, .operation(operations.count - 1), differentiable: needed)
    }

    private func add(_ shape: Shape, _ origin: ValueOrigin, differentiable needed: Bool) -> Value {
        let value = Value(index: values.count, shape: shape)
        values.append(value)
        origins.append(origin)
        differentiable.append(needed)
        return value
    }
}
