import Geometry

/// The fluid cells from which the state at an image point is interpolated, and their weights (of sum 1,
/// largest first).
struct Donors: Sendable {
    var cells: [Int]
    var weights: [Double]
}

/// Finds donors: where the surrounding cell centres are all fluid, (bi-, tri-)linear interpolation; else a
/// weighted linear fit over the fluid cells around.
struct DonorSearch: Sendable {
    let solid: SolidCells

    /// Linear interpolation between the 2ᵈ cell centres around a point; nil where one of them is solid.
    func interpolation(at point: Point) -> Donors? {
        let grid = solid.grid
        var lower = SIMD3<Int>(repeating: 0)
        var share = Point(repeating: 0)
        for axis in 0..<grid.rank {
            let place = (point[axis] - grid.lower[axis]) / grid.spacing(axis) - 0.5
            let floor = place.rounded(.down)
            lower[axis] = Int(floor)
            share[axis] = place - floor
        }
        var donors = Donors(cells: [], weights: [])
        for corner in 0..<1 << grid.rank {
            var cell = lower
            var weight = 1.0
            for axis in 0..<grid.rank {
                let upper = corner >> axis & 1
                cell[axis] += upper
                weight *= upper == 1 ? share[axis] : 1 - share[axis]
            }
            guard weight > 1e-12 else { continue }
            guard let inside = nearestInside(cell) else { return nil }
            if solid.isSolid(inside) { return nil }
            donors.cells.append(solid.index(inside))
            donors.weights.append(weight)
        }
        return donors.sorted
    }

    /// One cell beyond the domain stands for the outermost one: a zero gradient, as most boundaries have it.
    private func nearestInside(_ cell: SIMD3<Int>) -> SIMD3<Int>? {
        if let inside = solid.wrapped(cell) { return inside }
        var clamped = cell
        for axis in 0..<solid.grid.rank {
            let last = solid.grid.cells[axis] - 1
            guard cell[axis] >= -1, cell[axis] <= last + 1 else { return nil }
            clamped[axis] = min(max(cell[axis], 0), last)
        }
        return solid.wrapped(clamped)
    }

    /// A linear least-squares fit over the fluid cells within two cells of a point, nearer ones counting
    /// more; their weighted mean where the fit would extrapolate far, the nearest cell where there is one
    /// only.
    /// - Returns: nil where no fluid cell is near.
    func fit(at point: Point) -> Donors? {
        let grid = solid.grid
        var centre = SIMD3<Int>(repeating: 0)
        for axis in 0..<grid.rank {
            centre[axis] = Int(((point[axis] - grid.lower[axis]) / grid.spacing(axis)).rounded(.down))
        }
        for reach in [1, 2, 4] {
            let found = fluidCells(around: centre, reach: reach, of: point)
            if found.cells.count > (reach < 4 ? grid.rank + 1 : 0) { return weigh(found) }
        }
        return nil
    }

    private struct Neighbourhood {
        var cells: [Int] = []
        /// Offsets from the point in units of the cell size.
        var offsets: [Point] = []
    }

    private func fluidCells(around centre: SIMD3<Int>, reach: Int, of point: Point) -> Neighbourhood {
        let grid = solid.grid
        var found = Neighbourhood()
        let depth = grid.rank > 2 ? -reach...reach : 0...0
        for k in depth {
            for j in -reach...reach {
                for i in -reach...reach {
                    let cell = centre &+ SIMD3(i, j, k)
                    guard let inside = solid.wrapped(cell), !solid.isSolid(inside) else { continue }
                    var offset = Point(repeating: 0)
                    for axis in 0..<grid.rank {
                        offset[axis] = (grid.center(axis, cell[axis]) - point[axis]) / grid.spacing(axis)
                    }
                    found.cells.append(solid.index(inside))
                    found.offsets.append(offset)
                }
            }
        }
        return found
    }

    private func weigh(_ found: Neighbourhood) -> Donors {
        let nearness = found.offsets.map { 1 / (($0 * $0).sum() + 0.25) }
        let fitted = LinearFit.weights(
            offsets: found.offsets, nearness: nearness, rank: solid.grid.rank)
        let total = nearness.reduce(0, +)
        let mean = nearness.map { $0 / total }
        guard let fitted, fitted.reduce(0, { $0 + abs($1) }) < 2 else {
            return Donors(cells: found.cells, weights: mean).sorted
        }
        return Donors(cells: found.cells, weights: fitted).sorted
    }
}

extension Donors {
    /// The heaviest first, so that it can stand in for all of them.
    fileprivate var sorted: Donors {
        let order = cells.indices.sorted { (weights[$0], -cells[$0]) > (weights[$1], -cells[$1]) }
        return Donors(cells: order.map { cells[$0] }, weights: order.map { weights[$0] })
    }
}

/// Weights that evaluate a weighted linear least-squares fit at the origin.
enum LinearFit {
    /// - Returns: nil where the points do not span the space.
    static func weights(offsets: [Point], nearness: [Double], rank: Int) -> [Double]? {
        let size = rank + 1
        // Normal equations A c = b with basis (1, x, y, z); the value at the origin is the first coefficient,
        // so the weights are the first row of A⁻¹Bᵀ: solve A s = e₁.
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
        for (offset, weight) in zip(offsets, nearness) {
            for row in 0..<size {
                for column in 0..<size {
                    matrix[row][column] += weight * basis(offset, row) * basis(offset, column)
                }
            }
        }
        matrix[0][size] = 1
        guard let solution = solve(&matrix, size) else { return nil }
        return zip(offsets, nearness).map { offset, weight in
            weight * (0..<size).reduce(0) { $0 + solution[$1] * basis(offset, $1) }
        }
    }

    private static func basis(_ offset: Point, _ term: Int) -> Double { term == 0 ? 1 : offset[term - 1] }

    /// Gauss elimination with pivoting of `size` rows that carry their right-hand side.
    private static func solve(_ matrix: inout [[Double]], _ size: Int) -> [Double]? {
        let scale = matrix[0][0]
        for column in 0..<size {
            guard let pivot = (column..<size).max(by: { abs(matrix[$0][column]) < abs(matrix[$1][column]) }),
                abs(matrix[pivot][column]) > 1e-6 * scale
            else { return nil }
            matrix.swapAt(column, pivot)
            for row in 0..<size where row != column {
                let factor = matrix[row][column] / matrix[column][column]
                for term in column...size { matrix[row][term] -= factor * matrix[column][term] }
            }
        }
        return (0..<size).map { matrix[$0][size] / matrix[$0][$0] }
    }
}
