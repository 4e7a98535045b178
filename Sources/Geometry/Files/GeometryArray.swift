import Numerics
import Schema

/// Values on a uniform grid of cells as a file has them, x fastest.
public struct GeometryArray: Sendable {
    /// Cells along each axis, x first.
    public var cells: [Int]
    /// One value a cell, x fastest.
    public var values: [Float]
    /// What they are.
    public var content: ShapeFileOptions.ArrayContent

    /// An array of signed distances or of a mask.
    public init(cells: [Int], values: [Float], content: ShapeFileOptions.ArrayContent) {
        self.cells = cells
        self.values = values
        self.content = content
    }

    /// The solid.
    /// - Parameters:
    ///   - name: what messages call it: a file, or a data set of one.
    ///   - options: the corners of the box of the cells, whether the values are to be inverted.
    /// - Throws: `InvalidInput` where sizes, corners or values are not usable.
    public func solid(
        name: String, options: ShapeFileOptions = ShapeFileOptions()
    ) throws(InvalidInput) -> ShapeFiles.Loaded {
        let grid = try grid(name, options)
        if let bad = values.firstIndex(where: { !$0.isFinite }) {
            let count = values.count { !$0.isFinite }
            throw Self.problem(
                name,
                "\(count) values are no finite numbers, the first in the cell around \(grid.center(bad).written)"
            )
        }
        var warnings: [String] = []
        let shape: SampledShape
        switch options.content ?? content {
        case .mask:
            let mask = Mask(grid: grid, values: values.map { ($0 == 0) == options.isInverted ? 1 : 0 })
            shape = SampledShape(mask.distanceField())
        case .distance:
            let sign = Float(options.isInverted ? -options.scale : options.scale)
            let field = SignedDistanceField(grid: grid, values: values.map { sign * $0 })
            let slope = field.medianSlope
            let isDistance = abs(slope - 1) < 0.2
            if !isDistance {
                warnings.append(
                    "the values rise by \(Float(slope)) per length, but distances rise by 1: only where they are 0 is used; "
                        + "are the corners of the box right?")
            }
            shape = SampledShape(field, isDistance: isDistance)
        }
        let solid = shape.solidCount
        if solid == 0 || solid == grid.count {
            throw Self.problem(
                name, solid == 0 ? "no cell is inside the body" : "every cell is inside the body",
                hint: "inverting it, or another threshold, may be what is meant")
        }
        return ShapeFiles.Loaded(shape: shape, warnings: warnings)
    }

    private static func problem(
        _ name: String, _ message: String, allowed: String? = nil, hint: String? = nil
    )
        -> InvalidInput
    {
        InvalidInput(Diagnostic(at: Place(file: name), message: message, allowed: allowed, hint: hint))
    }

    private func grid(_ name: String, _ options: ShapeFileOptions) throws(InvalidInput) -> SampleGrid {
        guard (1...3).contains(cells.count), cells.allSatisfy({ $0 > 1 }) else {
            throw Self.problem(
                name, "an array of \(cells.map(String.init).joined(separator: " × ")) cells",
                allowed: "one to three dimensions of at least 2 cells")
        }
        guard let count = cells.checkedProduct, count == values.count else {
            throw Self.problem(name, "\(values.count) values do not fill the array")
        }
        let lower = options.lower ?? Array(repeating: 0, count: cells.count)
        let upper = options.upper ?? zip(lower, cells).map { $0 + options.scale * Double($1) }
        guard lower.count == cells.count, upper.count == cells.count,
            zip(lower, upper).allSatisfy({ $0 < $1 && $0.isFinite && $1.isFinite })
        else {
            throw Self.problem(
                name, "a box from \(lower) to \(upper)",
                allowed: "\(cells.count) finite numbers each, lower below upper")
        }
        return SampleGrid(cells: cells, lower: lower, upper: upper)
    }
}

extension GeometryFile {
    /// The solid in an array.
    func solid(of array: GeometryArray, _ options: ShapeFileOptions) throws(InvalidInput) -> ShapeFiles.Loaded
    {
        try array.solid(name: path, options: options)
    }

    /// The solid in an image.
    func solid(of image: GreyImage, _ options: ShapeFileOptions) throws(InvalidInput) -> ShapeFiles.Loaded {
        let limit = Float(options.threshold * 255)
        // Not inverted: a mask is 0 where the body is, and so is a dark cell.
        let mask = image.values.map { Float($0) < limit ? Float(0) : 1 }
        var plain = options
        plain.content = nil
        return try GeometryArray(cells: [image.width, image.height], values: mask, content: .mask)
            .solid(name: path, options: plain)
    }
}

extension [Int] {
    /// The product, or nil where it does not fit.
    var checkedProduct: Int? {
        var product = 1
        for factor in self {
            let (value, isTooLarge) = product.multipliedReportingOverflow(by: factor)
            if isTooLarge || factor < 0 { return nil }
            product = value
        }
        return product
    }
}
