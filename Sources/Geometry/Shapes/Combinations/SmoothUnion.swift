import Schema

/// A union with fillets: where two distances differ by less than r, the smaller one is lowered by
/// (r − |φ₁ − φ₂|)²/4r. The gradient is a mean of those of the parts, so that |φ| stays a lower bound.
public struct SmoothUnion: Shape {
    private let parts: [any Shape]
    private let radius: Double

    /// - Parameters:
    ///   - parts: At least one; they are joined in their order.
    ///   - radius: r > 0, the size of the fillets.
    public init(_ parts: [any Shape], radius: Double) {
        self.parts = parts
        self.radius = radius
    }

    /// The blended distance.
    public func distance(to point: Point) -> Double {
        parts.dropFirst().reduce(parts[0].distance(to: point)) { first, part in
            let second = part.distance(to: point)
            let overlap = max(radius - abs(first - second), 0)
            return min(first, second) - overlap * overlap / (4 * radius)
        }
    }

    /// The boxes of the parts, larger by the r/4 that each join can add. Parts that are not exact reach further
    /// with the same φ; for them it is r.
    public var bounds: Bounds {
        let box = Union(parts).bounds
        let step = parts.allSatisfy(\.isExact) ? radius / 4 : radius
        let reach = Point(repeating: step * Double(parts.count - 1))
        return Bounds(lower: box.lower - reach, upper: box.upper + reach)
    }

    /// Only where there is one part.
    public var isExact: Bool { parts.count == 1 && parts[0].isExact }
}

extension ShapeKind {
    private static let radius = Key.number(
        "radius", .above(0), unit: "length", "Size of the fillets between the parts.")

    static let smoothUnion = ShapeKind(
        "smooth-union", .either, "A union with fillets.", [shapes, radius]
    ) { section, reader in
        guard let parts = reader.parts(section), let radius = section.finite(radius) else { return nil }
        return SmoothUnion(parts, radius: radius)
    }
}
