import Foundation

/// Fields of a fine grid on the grid of training, and predictions back.
///
/// Coefficients that jump look different on every grid. A model that has learned on one grid is at its best when it is
/// given what it knows: the values at the points of that grid (nodes), or means over its cells. Predictions, which are
/// smooth, are interpolated: by sines where the outputs vanish at the boundary, by Fourier series on periodic axes,
/// linearly between centres of cells.
package struct GridTransfer {
    private let fine: [Int]
    private let coarse: [Int]
    private let points: PointPlacement

    /// - Parameters: Extents, (z,) y, x.
    /// - Throws: ``TrainingError`` where an extent is no multiple.
    package init(from fine: [Int], to coarse: [Int], _ points: PointPlacement) throws {
        guard fine.count == coarse.count, zip(fine, coarse).allSatisfy({ $0 >= $1 && $0.isMultiple(of: $1) })
        else {
            let text = { (extents: [Int]) in extents.reversed().map(String.init).joined(separator: " × ") }
            throw TrainingError(
                "a grid of \(text(fine)) points cannot be reduced to that of training, \(text(coarse))",
                advice: "every extent must be a multiple; or train with `grid = \"own\"` in [prediction]")
        }
        self.fine = fine
        self.coarse = coarse
        self.points = points
    }

    /// Channels first, fine to coarse.
    package func reduced(_ field: [Float]) -> [Float] {
        var (field, shape) = (field, fine)
        for axis in fine.indices {
            field = Self.applied(reduction(fine[axis], coarse[axis]), field, &shape, axis)
        }
        return field
    }

    /// Channels first, coarse to fine.
    package func interpolated(_ field: [Float]) -> [Float] {
        var (field, shape) = (field, coarse)
        for axis in fine.indices {
            field = Self.applied(interpolation(coarse[axis], fine[axis]), field, &shape, axis)
        }
        return field
    }

    private func reduction(_ fine: Int, _ coarse: Int) -> [[Float]] {
        let ratio = fine / coarse
        return (0..<coarse).map { row in
            (0..<fine).map { column in
                switch points {
                case .cells: column / ratio == row ? 1 / Float(ratio) : 0
                case .periodicNodes, .zeroBoundaryNodes: column == row * ratio ? 1 : 0
                }
            }
        }
    }

    private func interpolation(_ coarse: Int, _ fine: Int) -> [[Float]] {
        (0..<fine).map { row in
            (0..<coarse).map { column in
                let place = Double(row) * Double(coarse) / Double(fine)
                switch points {
                case .cells:
                    let centre = min(
                        max((Double(row) + 0.5) * Double(coarse) / Double(fine) - 0.5, 0), Double(coarse - 1))
                    return Float(max(0, 1 - abs(centre - Double(column))))
                case .periodicNodes: return Float(Self.periodic(place - Double(column), coarse))
                case .zeroBoundaryNodes: return Float(Self.sine(place, column, coarse))
                }
            }
        }
    }

    /// (1/n) Σ cos(2πk d/n) over the frequencies that n points tell apart.
    private static func periodic(_ distance: Double, _ count: Int) -> Double {
        var sum = 1.0
        for k in 1..<max(1, (count + 1) / 2) {
            sum += 2 * cos(2 * .pi * Double(k) * distance / Double(count))
        }
        if count.isMultiple(of: 2) { sum += cos(.pi * distance) }
        return sum / Double(count)
    }

    /// (2/n) Σ sin(πk x/n) sin(πk j/n); what little is stored at the boundary itself falls off linearly.
    private static func sine(_ place: Double, _ column: Int, _ count: Int) -> Double {
        guard column > 0 else { return max(0, 1 - place) }
        return (1..<count).reduce(0) { sum, k in
            let wave = Double(k) * .pi / Double(count)
            return sum + 2 / Double(count) * sin(wave * place) * sin(wave * Double(column))
        }
    }

    /// A matrix along one axis of a field of any number of channels.
    private static func applied(
        _ matrix: [[Float]], _ field: [Float], _ shape: inout [Int], _ axis: Int
    ) -> [Float] {
        let extent = shape[axis]
        let inner = shape[(axis + 1)...].reduce(1, *)
        let outer = field.count / (extent * inner)
        var result = [Float](repeating: 0, count: outer * matrix.count * inner)
        for block in 0..<outer {
            for (row, weights) in matrix.enumerated() {
                for (column, weight) in weights.enumerated() where weight != 0 {
                    let (from, to) = ((block * extent + column) * inner, (block * matrix.count + row) * inner)
                    for i in 0..<inner { result[to + i] += weight * field[from + i] }
                }
            }
        }
        shape[axis] = matrix.count
        return result
    }
}
