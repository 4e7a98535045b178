/// All quantities that can be asked for: in `[output] fields`, pictures, the viewer, `[expect]`, channels of data sets.
public enum QuantityRegistry {
    /// One line for each quantity.
    public static let all: [Quantity] = [
        .density,
        .velocity(0), .velocity(1), .velocity(2),
        .pressure,
        .entropicPressure,
        .temperature,
        .mach,
        .momentum(0), .momentum(1), .momentum(2),
        .energy,
        .kineticEnergy,
        .speed,
        .soundSpeed,
        .totalPressure,
        .entropy,
        .vorticity(0), .vorticity(1), .vorticity(2),
        .vorticityMagnitude,
        .enstrophy,
        .divergence,
        .schlieren,
    ]

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The quantity of a name; nil where there is none.
    public static func named(_ name: String) -> Quantity? { byName[name] }

    /// The quantity of a name in so many dimensions; nil where there is none.
    public static func named(_ name: String, rank: Int) -> Quantity? {
        byName[name].flatMap { $0.leastRank <= rank ? $0 : nil }
    }

    /// The names of all that exist in so many dimensions.
    public static func names(rank: Int) -> [String] { all.filter { $0.leastRank <= rank }.map(\.name) }

    /// Vectors, each a short word for its components: `velocity`, `momentum`, `vorticity`.
    public static let vectors: [String] = all.compactMap(\.vector).reduce(into: []) {
        if !$0.contains($1) { $0.append($1) }
    }

    /// All words that fields can be asked for by: quantities, and vectors before their components.
    public static let words: [String] = all.flatMap { [$0.vector, $0.name].compactMap { $0 } }
        .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }

    /// The smallest dimension in which a quantity or a vector exists; nil where there is none of this name.
    public static func leastRank(of name: String) -> Int? {
        named(name)?.leastRank ?? all.filter { $0.vector == name }.map(\.leastRank).min()
    }

    /// The names of quantities that a name stands for: a vector's components, or itself.
    public static func expanded(_ name: String, rank: Int) -> [String] {
        let components = all.filter { $0.vector == name && $0.leastRank <= rank }
        return components.isEmpty ? [name] : components.map(\.name)
    }
}
