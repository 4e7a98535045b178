import Schema

/// What is in all of several shapes: φ = max φᵢ, a lower bound of the distance outside.
public struct Intersection: Shape {
    private let parts: [any Shape]

    /// - Parameter parts: At least one.
    public init(_ parts: [any Shape]) { self.parts = parts }

    /// The largest of the distances.
    public func distance(to point: Point) -> Double {
        parts.reduce(-.infinity) { max($0, $1.distance(to: point)) }
    }

    /// What the boxes of the parts have in common; where that is nothing, one point of the first box.
    public var bounds: Bounds {
        let common = parts.dropFirst().reduce(parts.first?.bounds ?? .everything) { common, part in
            let box = part.bounds
            return Bounds(
                lower: pointwiseMax(common.lower, box.lower), upper: pointwiseMin(common.upper, box.upper))
        }
        return Bounds(lower: pointwiseMin(common.lower, common.upper), upper: common.upper)
    }

    /// Only where there is one part.
    public var isExact: Bool { parts.count == 1 && parts[0].isExact }
}

extension ShapeKind {
    static let intersection = ShapeKind(
        "intersection", .either, "What is in all of the parts.", [shapes]
    ) { section, reader in reader.parts(section).map { Intersection($0) } }
}
