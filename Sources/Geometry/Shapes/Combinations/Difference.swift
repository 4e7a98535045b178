import Schema

/// A shape without others: φ = max(φ₁, −φ₂, …), a lower bound of the distance.
public struct Difference: Shape {
    private let whole: any Shape
    private let holes: [any Shape]

    /// A shape and what is taken away from it.
    public init(_ whole: any Shape, without holes: [any Shape]) {
        self.whole = whole
        self.holes = holes
    }

    /// max(φ₁, −φ₂, …).
    public func distance(to point: Point) -> Double {
        holes.reduce(whole.distance(to: point)) { max($0, -$1.distance(to: point)) }
    }

    /// That of the whole.
    public var bounds: Bounds { whole.bounds }
    /// Only where nothing is taken away.
    public var isExact: Bool { holes.isEmpty && whole.isExact }
}

extension ShapeKind {
    static let difference = ShapeKind(
        "difference", .either, "The first part without the others.", [shapes]
    ) { section, reader in
        reader.parts(section).map { Difference($0[0], without: Array($0.dropFirst())) }
    }
}
