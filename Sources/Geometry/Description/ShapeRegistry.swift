/// Every kind of shape that a file can name.
public enum ShapeRegistry {
    /// In the order of the reference.
    public static let kinds: [ShapeKind] = [
        .circle, .sphere, .box, .ellipse, .ellipsoid, .capsule, .halfSpace,
        .wedge, .cone, .cylinder, .polygon, .naca, .superellipse, .bezier, .nurbs, .blob,
        .extrude, .revolve, .union, .intersection, .difference, .smoothUnion, .file,
    ]

    /// The kind of a word.
    static func kind(_ word: String) -> ShapeKind? { kinds.first { $0.word == word } }

    /// The words that have a meaning in a domain of this dimension.
    static func words(dimension: Int) -> [String] {
        kinds.filter { $0.serves(dimension: dimension) }.map(\.word)
    }
}
