import Geometry

/// What can be measured of a solid on a grid.
struct ShapeMeasures {
    /// Cells whose centre is in the solid.
    let solidCells: Int
    /// The solid's volume inside of the box, its area in two dimensions, from the part of each cell that is
    /// solid.
    let volume: Double
    /// The size across its thinnest part, to about a cell; 0 where there is no solid cell.
    let smallestThickness: Double
    /// That size in cells of the widest side.
    let cellsAcross: Double
    /// Whether solid cells lie at the edge of the box.
    let touchesEdge: Bool

    /// Measures a solid.
    init(_ field: SignedDistanceField) {
        let grid = field.grid
        let spacings = (0..<grid.rank).map(grid.spacing)
        solidCells = field.values.reduce(0) { $0 + ($1 <= 0 ? 1 : 0) }
        let fractions = field.solidFraction
        volume = fractions.reduce(0.0) { $0 + Double($1) } * spacings.reduce(1, *)
        smallestThickness = ShapeThickness(field).smallest
        cellsAcross = smallestThickness / (spacings.max() ?? 1)
        touchesEdge = Self.touchesEdge(field)
    }

    private static func touchesEdge(_ field: SignedDistanceField) -> Bool {
        let cells = field.grid.cells
        return field.values.indices.contains { index in
            guard field.values[index] <= 0 else { return false }
            var rest = index
            for count in cells {
                let place = rest % count
                if place == 0 || place == count - 1 { return true }
                rest /= count
            }
            return false
        }
    }
}
