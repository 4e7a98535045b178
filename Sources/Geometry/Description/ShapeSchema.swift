import Schema

/// The description of a shape in TOML.
public enum ShapeSchema {
    /// A table that describes a shape: `shape`, the keys of that shape, and those that move it.
    public static let table = TableSchema(
        "A solid. Angles are in degrees, counter-clockwise. A plane shape has two coordinates everywhere; in "
            + "three dimensions it is a prism without ends along z. Any shape may be moved: it is scaled "
            + "about `pivot`, then rotated about `pivot`, then translated.",
        name: "shape", ShapeMotion.keys, tag: "shape",
        variants: ShapeRegistry.kinds.map { .init($0.word, $0.summary, $0.keys) })

    /// A shape within a shape.
    static let nested = ValueKind.nested(NestedTable("shape") { table })
    /// A shape of two dimensions within one of three.
    static let profile = ValueKind.nested(NestedTable("shape", dimension: 2) { table })
}
