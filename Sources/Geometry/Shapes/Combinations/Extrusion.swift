import Schema

/// A plane shape between two heights: the solid whose sections across z are the profile.
public struct Extrusion: Shape {
    private let profile: any Shape
    private let middle: Double
    private let half: Double

    /// - Parameters:
    ///   - profile: A shape that does not look at z.
    ///   - base: The lowest z.
    ///   - height: The length along z.
    public init(_ profile: any Shape, base: Double, height: Double) {
        self.profile = profile
        middle = base + height / 2
        half = height / 2
    }

    /// Outside the length of what lies beyond sides and ends, inside the way to the nearer of them.
    public func distance(to point: Point) -> Double {
        let side = profile.distance(to: point.planar)
        let end = abs(point.z - middle) - half
        let beyond = Point(max(side, 0), max(end, 0), 0)
        return min(max(side, end), 0) + beyond.length
    }

    /// The box of the profile between the heights.
    public var bounds: Bounds {
        var box = profile.bounds
        (box.lower.z, box.upper.z) = (middle - half, middle + half)
        return box
    }

    /// As the profile.
    public var isExact: Bool { profile.isExact }
}

extension ShapeKind {
    static let profile = Field(
        "profile", ShapeSchema.profile, isRequired: true, "A plane shape, in two coordinates.")
    private static let height = Key.number("height", .above(0), unit: "length", "Length along z.")
    private static let base = Key.number("base", unit: "length", "The lowest z.").optional(
        otherwise: "-height/2")

    static let extrude = ShapeKind(
        "extrude", .solid, "A plane shape with an end along z.", [profile, height, base]
    ) { section, reader in
        let table = section.section("profile").with(dimension: 2)
        guard let profile = reader.shape(table), let height = section.finite(height) else { return nil }
        return Extrusion(profile, base: section[base] ?? -height / 2, height: height)
    }
}
