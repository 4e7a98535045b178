import Numerics

/// A named tensor of a model.
public struct Parameter: Sendable, Hashable {
    /// Its name: the scopes in which it was declared and its own, joined by dots.
    public let name: String
    /// Its extents.
    public let shape: Shape
    /// How it starts.
    public let initialiser: Initialiser
    /// Its first value within the memory of its set.
    public let offset: Int
}

/// The parameters of a model and their gradients, each in one block of memory, so that an optimiser is one loop.
///
/// Every parameter starts at a multiple of a cache line; the gaps stay zero. Parameters are declared while the first
/// graph is recorded; memory comes with first use, and from then on the set is sealed.
public final class ParameterSet<Scalar: Real>: @unchecked Sendable {
    /// All parameters, in the order of declaration.
    public private(set) var parameters: [Parameter] = []
    private var indices: [String: Int] = [:]
    private var memory: (values: AlignedMemory, gradients: AlignedMemory)?
    private let seed: UInt64
    private var next = 0

    /// - Parameter seed: fixes all starting values; each parameter draws from a stream of its own.
    public init(seed: UInt64) { self.seed = seed }

    /// The number of trained values.
    public var count: Int { parameters.reduce(0) { $0 + $1.shape.count } }
    /// The length of the memory, gaps included.
    public var extent: Int { next }
    /// All values, `extent` of them.
    public var values: UnsafeMutablePointer<Scalar> { storage().values.values(of: Scalar.self) }
    /// The gradient of the last backward pass, laid out like ``values``.
    public var gradients: UnsafeMutablePointer<Scalar> { storage().gradients.values(of: Scalar.self) }

    /// The number of a parameter, which is declared where it is unknown.
    func declare(_ name: String, _ shape: Shape, _ initialiser: Initialiser) -> Int {
        if let known = indices[name] {
            precondition(parameters[known].shape == shape, "\(name) was declared with another shape")
            return known
        }
        precondition(memory == nil, "\(name) is declared after the set was used")
        parameters.append(Parameter(name: name, shape: shape, initialiser: initialiser, offset: next))
        next += (shape.count + 15) / 16 * 16
        indices[name] = parameters.count - 1
        return parameters.count - 1
    }

    /// The parameter of a name.
    public func parameter(named name: String) -> Parameter? { indices[name].map { parameters[$0] } }

    /// The values of a parameter, the slowest axis first.
    public func values(of parameter: Parameter) -> [Scalar] {
        Array(UnsafeBufferPointer(start: values + parameter.offset, count: parameter.shape.count))
    }

    /// The gradient of a parameter, laid out like its values.
    public func gradient(of parameter: Parameter) -> [Scalar] {
        Array(UnsafeBufferPointer(start: gradients + parameter.offset, count: parameter.shape.count))
    }

    /// Replaces the values of a parameter; as many are needed as it has.
    public func set(_ parameter: Parameter, to new: [Scalar]) {
        precondition(
            new.count == parameter.shape.count, "\(parameter.name) has \(parameter.shape.count) values")
        (values + parameter.offset).update(from: new, count: new.count)
    }

    private func storage() -> (values: AlignedMemory, gradients: AlignedMemory) {
        if let memory { return memory }
        let bytes = next * MemoryLayout<Scalar>.stride
        let made = (AlignedMemory(bytes: bytes), AlignedMemory(bytes: bytes))
        memory = made
        for (index, parameter) in parameters.enumerated() {
            var stream = RandomStream(seed: seed, stream: UInt64(index))
            let start = made.0.values(of: Scalar.self) + parameter.offset
            for i in 0..<parameter.shape.count {
                start[i] = Scalar(double: parameter.initialiser.next(&stream))
            }
        }
        return made
    }
}
