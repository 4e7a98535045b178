/// A field of the state from which quantities are computed.
public enum PrimitiveField: Sendable, Hashable {
    /// ρ.
    case density
    /// u_d, d = 0 x, 1 y, 2 z.
    case velocity(Int)
    /// p.
    case pressure
    /// Σ of the information geometric regularization; 0 where the scheme has none.
    case entropicPressure

    /// Its place in a row: ρ, the velocities, p, Σ.
    public func place(rank: Int) -> Int {
        switch self {
        case .density: 0
        case .velocity(let axis): 1 + axis
        case .pressure: rank + 1
        case .entropicPressure: rank + 2
        }
    }

    /// Its name in files.
    public var name: String {
        switch self {
        case .density: Variable(.density).name
        case .velocity(let axis): Variable(.velocity(axis)).name
        case .pressure: Variable(.pressure).name
        case .entropicPressure: "entropic_pressure"
        }
    }
}

/// ∂f/∂x_a of a field along an axis.
public struct Slope: Sendable, Hashable {
    /// f.
    public let field: PrimitiveField
    /// a: 0 x, 1 y, 2 z.
    public let axis: Int

    /// A derivative.
    public init(_ field: PrimitiveField, along axis: Int) {
        self.field = field
        self.axis = axis
    }
}

/// What a quantity is computed from.
public struct QuantityNeeds: Sendable, Equatable {
    /// Fields whose values in the cell itself are read.
    public var values: [PrimitiveField]
    /// Derivatives, in the order in which the kernel asks for them.
    public var slopes: [Slope]
    /// Whether the fluid counts.
    public var fluid: Bool

    /// Needs; none unless told.
    public init(values: [PrimitiveField] = [], slopes: [Slope] = [], fluid: Bool = false) {
        self.values = values
        self.slopes = slopes
        self.fluid = fluid
    }

    /// Every field of which something is read, each once.
    public var fields: [PrimitiveField] {
        (values + slopes.map(\.field)).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
