/// Cell values on a rectangle: `height` rows of `width` values, x fastest, the first row at the least y.
public struct Plane: Sendable {
    /// The values, `values[row * width + column]`.
    public let values: [Float]
    /// Cells along x.
    public let width: Int
    /// Cells along y.
    public let height: Int
    /// The rectangle's faces along x, not the cell centres.
    public let x: ClosedRange<Double>
    /// The rectangle's faces along y, not the cell centres.
    public let y: ClosedRange<Double>

    /// A plane of cell values.
    /// - Throws: ``FigureError/emptyData(what:)`` for no cells,
    /// ``FigureError/lengthMismatch(what:expected:found:)``
    ///   when `values` is not `width * height` long, ``FigureError/invalidRange(what:lower:upper:)`` for a
    ///   rectangle without area.
    public init(
        values: [Float], width: Int, height: Int, x: ClosedRange<Double>, y: ClosedRange<Double>
    ) throws(FigureError) {
        guard width > 0, height > 0 else { throw .emptyData(what: "a plane of \(width) by \(height) cells") }
        guard values.count == width * height else {
            throw .lengthMismatch(
                what: "a plane of \(width) by \(height) cells", expected: width * height, found: values.count)
        }
        for (name, range) in [("x", x), ("y", y)] where !range.isDrawable {
            throw .invalidRange(what: "\(name) of a plane", lower: range.lowerBound, upper: range.upperBound)
        }
        self.values = values
        self.width = width
        self.height = height
        self.x = x
        self.y = y
    }

    /// The value of one cell.
    public subscript(column: Int, row: Int) -> Float { values[row * width + column] }

    /// The distance between cell centres along x.
    public var dx: Double { (x.upperBound - x.lowerBound) / Double(width) }
    /// The distance between cell centres along y.
    public var dy: Double { (y.upperBound - y.lowerBound) / Double(height) }
    /// Height over width of the rectangle.
    public var aspect: Double { (y.upperBound - y.lowerBound) / (x.upperBound - x.lowerBound) }

    /// Bounds of the finite values.
    public var bounds: Bounds { Bounds(values.lazy.map(Double.init)) }

    /// The number of NaN and infinite values.
    public var nonFiniteCount: Int { values.reduce(0) { $0 + ($1.isFinite ? 0 : 1) } }

    /// The same rectangle with other values.
    func with(values: [Float]) throws(FigureError) -> Plane {
        try Plane(values: values, width: width, height: height, x: x, y: y)
    }
}

extension ClosedRange<Double> {
    /// Finite ends with room between them.
    var isDrawable: Bool { lowerBound.isFinite && upperBound.isFinite && lowerBound < upperBound }
}
