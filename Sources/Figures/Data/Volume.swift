/// One of the three directions of space.
public enum Direction: String, Sendable, CaseIterable {
    /// The first direction, fastest in memory.
    case x
    /// The second direction.
    case y
    /// The third direction, slowest in memory.
    case z
}

/// Cell values in a box: shape (z, y, x) with x fastest.
public struct Volume: Sendable {
    /// The values, `values[(k * cells.y + j) * cells.x + i]`.
    public let values: [Float]
    /// Cells along x, y and z.
    public let cells: (x: Int, y: Int, z: Int)
    /// The box's faces along x.
    public let x: ClosedRange<Double>
    /// The box's faces along y.
    public let y: ClosedRange<Double>
    /// The box's faces along z.
    public let z: ClosedRange<Double>

    /// A box of cell values.
    /// - Throws: ``FigureError`` when the number of values does not fit or the box has no volume.
    public init(
        values: [Float], cells: (x: Int, y: Int, z: Int), x: ClosedRange<Double>, y: ClosedRange<Double>,
        z: ClosedRange<Double>
    ) throws(FigureError) {
        let what = "a volume of \(cells.x) by \(cells.y) by \(cells.z) cells"
        guard cells.x > 0, cells.y > 0, cells.z > 0 else { throw .emptyData(what: what) }
        let count = cells.x * cells.y * cells.z
        guard values.count == count else {
            throw .lengthMismatch(what: what, expected: count, found: values.count)
        }
        for (name, range) in [("x", x), ("y", y), ("z", z)] where !range.isDrawable {
            throw .invalidRange(what: "\(name) of a volume", lower: range.lowerBound, upper: range.upperBound)
        }
        self.values = values
        self.cells = cells
        self.x = x
        self.y = y
        self.z = z
    }

    /// Cells along `direction`.
    public func count(along direction: Direction) -> Int {
        switch direction {
        case .x: cells.x
        case .y: cells.y
        case .z: cells.z
        }
    }

    /// The box's faces along `direction`.
    public func range(along direction: Direction) -> ClosedRange<Double> {
        switch direction {
        case .x: x
        case .y: y
        case .z: z
        }
    }

    /// The centre of cell `index` along `direction`.
    public func center(of index: Int, along direction: Direction) -> Double {
        let range = range(along: direction)
        let step = (range.upperBound - range.lowerBound) / Double(count(along: direction))
        return range.lowerBound + (Double(index) + 0.5) * step
    }

    /// The cell layer that holds `position` along `direction`.
    /// - Throws: ``FigureError/outOfBounds(what:value:allowed:)``.
    public func index(at position: Double, along direction: Direction) throws(FigureError) -> Int {
        let range = range(along: direction)
        guard range.contains(position) else {
            throw .outOfBounds(
                what: "the slice \(direction.rawValue) =", value: "\(position)",
                allowed: "\(range.lowerBound) to \(range.upperBound)")
        }
        let share = (position - range.lowerBound) / (range.upperBound - range.lowerBound)
        return min(Int(share * Double(count(along: direction))), count(along: direction) - 1)
    }

    /// The cell layer `index` across `direction`: (x, y) across z, (x, z) across y, (y, z) across x.
    /// - Throws: ``FigureError/outOfBounds(what:value:allowed:)``.
    public func slice(across direction: Direction, at index: Int) throws(FigureError) -> Plane {
        guard (0..<count(along: direction)).contains(index) else {
            throw .outOfBounds(
                what: "the slice \(direction.rawValue) number", value: "\(index)",
                allowed: "0 to \(count(along: direction) - 1)")
        }
        let (row, layer) = (cells.x, cells.x * cells.y)
        switch direction {
        case .z:
            let part = Array(values[index * layer..<(index + 1) * layer])
            return try Plane(values: part, width: cells.x, height: cells.y, x: x, y: y)
        case .y:
            let part = (0..<cells.z).flatMap { (k: Int) -> ArraySlice<Float> in
                let start = k * layer + index * row
                return values[start..<start + row]
            }
            return try Plane(values: part, width: cells.x, height: cells.z, x: x, y: z)
        case .x:
            let part = (0..<cells.y * cells.z).map { values[$0 * row + index] }
            return try Plane(values: part, width: cells.y, height: cells.z, x: y, y: z)
        }
    }
}
