/// A tensor of a graph: a name for what will be computed, without memory of its own.
public struct Value: Hashable, Sendable {
    /// Its number in the graph.
    let index: Int
    /// Its extents.
    public let shape: Shape
}

/// Where a value comes from.
enum ValueOrigin: Sendable {
    /// Written from outside before a pass.
    case input(name: String)
    /// A parameter, by its number in the set.
    case parameter(Int)
    /// The result of an operation, by its number in the graph.
    case operation(Int)
}
