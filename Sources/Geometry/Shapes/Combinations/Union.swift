import Schema

/// Everything that is in at least one of several shapes: φ = min φᵢ. Parts should overlap rather than touch: a
/// common side within the solid keeps its φ = 0.
public struct Union: Shape {
    private let parts: [any Shape]
    /// Whether the distance is Euclidean: where the parts are, and lie apart from each other.
    public let isExact: Bool
    /// The box around all parts.
    public let bounds: Bounds

    /// - Parameter parts: At least one.
    public init(_ parts: [any Shape]) {
        self.parts = parts
        let boxes = parts.map(\.bounds)
        bounds = boxes.dropFirst().reduce(boxes.first ?? .everything) { $0.union($1) }
        let areApart = boxes.indices.allSatisfy { index in
            boxes[(index + 1)...].allSatisfy { !$0.meets(boxes[index]) }
        }
        isExact = parts.allSatisfy(\.isExact) && areApart
    }

    /// The smallest of the distances.
    public func distance(to point: Point) -> Double {
        parts.reduce(.infinity) { min($0, $1.distance(to: point)) }
    }
}

extension ShapeKind {
    static let shapes = Field(
        "shapes", .list(ShapeSchema.nested, .within(1...10_000)), isRequired: true,
        "The parts, each a table such as this one.")

    static let union = ShapeKind(
        "union", .either, "Everything that is in one of the parts. Let parts overlap rather than touch.",
        [shapes]
    ) { section, reader in reader.parts(section).map { Union($0) } }
}

extension ShapeReader {
    /// The shapes of `shapes`; nil where there is none, or where one of them is wrong.
    mutating func parts(_ section: Section) -> [any Shape]? {
        let sections = section.sections("shapes")
        let shapes = sections.compactMap { shape($0) }
        return shapes.isEmpty || shapes.count < sections.count ? nil : shapes
    }
}
