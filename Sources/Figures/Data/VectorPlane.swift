/// A vector field on a rectangle of cells; components may be NaN where there is no field, as in bodies.
public struct VectorPlane: Sendable {
    /// The component along x.
    public let u: Plane
    /// The component along y, on the same cells.
    public let v: Plane

    /// A field of two components.
    /// - Throws: ``FigureError/lengthMismatch(what:expected:found:)`` for planes of other cells.
    public init(u: Plane, v: Plane) throws(FigureError) {
        guard u.width == v.width, u.height == v.height else {
            throw .lengthMismatch(
                what: "the y component of a vector field", expected: u.values.count, found: v.values.count)
        }
        self.u = u
        self.v = v
    }

    /// The field at a place, bilinear between cell centres; nil outside and where a neighbour is not finite.
    public func value(atX x: Double, y: Double) -> (u: Double, v: Double)? {
        guard u.x.contains(x), u.y.contains(y) else { return nil }
        let (column, across) = Self.place((x - u.x.lowerBound) / u.dx - 0.5, u.width)
        let (row, up) = Self.place((y - u.y.lowerBound) / u.dy - 0.5, u.height)
        let (right, above) = (min(column + 1, u.width - 1), min(row + 1, u.height - 1))
        func mixed(_ plane: Plane) -> Double {
            let lower = Double(plane[column, row]) * (1 - across) + Double(plane[right, row]) * across
            let upper = Double(plane[column, above]) * (1 - across) + Double(plane[right, above]) * across
            return lower * (1 - up) + upper * up
        }
        let result = (mixed(u), mixed(v))
        return result.0.isFinite && result.1.isFinite ? result : nil
    }

    /// The largest length of a vector at a cell centre; 0 where none is finite.
    public var largest: Double {
        var square = 0.0
        for (a, b) in zip(u.values, v.values) where a.isFinite && b.isFinite {
            square = max(square, Double(a) * Double(a) + Double(b) * Double(b))
        }
        return square.squareRoot()
    }

    /// The cell left of a place that is counted in cells, and the share of the way to the next.
    private static func place(_ position: Double, _ count: Int) -> (Int, Double) {
        let inside = min(max(position, 0), Double(count - 1))
        let cell = min(Int(inside), max(0, count - 2))
        return (cell, inside - Double(cell))
    }
}
