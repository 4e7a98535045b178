import Schema

/// A box along the axes, with edges rounded by a radius: the offset, by `rounding`, of a smaller box.
public struct Box: Shape {
    private let center: Point
    /// Half of the size of the box without its rounding.
    private let core: Point
    private let rounding: Double
    private let isPlanar: Bool

    /// - Parameters:
    ///   - size: The full lengths of the sides.
    ///   - rounding: The radius of edges and corners, at most half of the shortest side.
    ///   - isPlanar: A rectangle, which does not look at z.
    public init(center: Point, size: Point, rounding: Double = 0, isPlanar: Bool) {
        self.center = isPlanar ? center.planar : center
        core = pointwiseMax(size / 2 - rounding, Point(repeating: 0))
        self.rounding = rounding
        self.isPlanar = isPlanar
    }

    /// Outside the length of what lies beyond the core, inside the way to the nearest side.
    public func distance(to point: Point) -> Double {
        var beyond = pointwiseAbs(point - center) - core
        if isPlanar { beyond.z = -.infinity }
        return pointwiseMax(beyond, Point(repeating: 0)).length + min(beyond.max(), 0) - rounding
    }

    /// Itself.
    public var bounds: Bounds {
        var reach = core + rounding
        if isPlanar { reach.z = .infinity }
        return Bounds(lower: center - reach, upper: center + reach)
    }

    /// Always.
    public var isExact: Bool { true }
}

extension ShapeKind {
    private static let center = Key.numbers("center", .any, .dimension, unit: "length", "Centre.")
    private static let size = Key.numbers(
        "size", .above(0), .dimension, unit: "length", "Full lengths of the sides.")
    private static let rounding = Key.number(
        "rounding", .atLeast(0), default: 0, unit: "length", "Radius of the edges and corners.")

    static let box = ShapeKind(
        "box", .either, "A rectangle or box along the axes.", [center, size, rounding]
    ) { section, reader in
        guard let center = section.point(center), let size = section.point(size),
            let rounding = section.finite(rounding)
        else { return nil }
        let sides = section[Self.size]
        let most = (sides.min() ?? 0) / 2
        guard rounding <= most else {
            reader.report(
                section.diagnostic(
                    "rounding", "\(rounding) is more than half of the shortest side", allowed: "0 … \(most)"))
            return nil
        }
        return Box(center: center, size: size, rounding: rounding, isPlanar: sides.count == 2)
    }
}
