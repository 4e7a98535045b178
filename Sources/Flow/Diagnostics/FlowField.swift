import Fluids

/// A field that a snapshot can hold.
public enum FlowField: Sendable, Equatable {
    /// A quantity that follows from the state.
    case quantity(Quantity)
    /// φ of all bodies where they are at the time, negative inside; infinite where there are none.
    case signedDistance

    /// Its name in case and run files.
    public var name: String {
        switch self {
        case .quantity(let quantity): quantity.name
        case .signedDistance: "signed_distance"
        }
    }

    /// The fields that a case asks for, each once: `velocity` stands for all its components. Unknown names,
    /// which the case reader has refused, are passed over.
    public static func named(_ names: [String], rank: Int) -> [FlowField] {
        names.flatMap { QuantityRegistry.expanded($0, rank: rank) }
            .compactMap { QuantityRegistry.named($0, rank: rank).map(FlowField.quantity) }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
