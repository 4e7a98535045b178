import Fluids
import Foundation
import Testing

/// |∇ρ| of a density on a grid.
private func gradient(
    _ density: [Double], cells: [Int], spacing: [Double], isPeriodic: Bool = false, solid: Set<Int> = []
) -> [Double] {
    let grid = QuantityGrid(
        zip(cells, spacing).map { .init(cells: $0, spacing: $1, isPeriodic: isPeriodic) })
    return Quantity.schlieren.values(
        on: grid, law: FluidModel.air.law, isFluid: solid.isEmpty ? nil : { !solid.contains($0) }
    ) { row, target in
        for cell in 0..<target.cells { target.variable(0)[cell] = density[row * target.cells + cell] }
    }
}

@Suite("Differences between cells") struct SlopeTests {
    @Test("central within, one-sided at the ends") func ends() {
        #expect(gradient([0, 1, 4, 9], cells: [4], spacing: [0.5]) == [2, 4, 8, 10])
    }

    @Test("around the ends of a periodic axis") func periodic() {
        #expect(
            gradient([0, 1, 4, 9], cells: [4], spacing: [0.5], isPeriodic: true) == [8, 4, 8, 4])
        let column = gradient([0, 0, 1, 1, 4, 4, 9, 9], cells: [2, 4], spacing: [1, 0.5], isPeriodic: true)
        #expect(column == [8, 8, 4, 4, 8, 8, 4, 4])
    }

    @Test("one-sided beside bodies, nothing within, nothing where both neighbours are bodies")
    func bodies() {
        let line = gradient([0, 1, 1000, 9, 1000, 5], cells: [6], spacing: [1], solid: [2, 4])
        #expect(line == [1, 1, 0, 0, 0, 0])
    }

    @Test("one-sided across rows beside bodies", arguments: [1, 2]) func rows(axis: Int) {
        let extents = axis == 1 ? [2, 4] : [2, 1, 4]
        // The second cell of the third row is solid.
        let density: [Double] = [0, 0, 1, 1, 4, 1000, 9, 9]
        let found = gradient(density, cells: extents, spacing: extents.map { _ in 1 }, solid: [5])
        // The first column is that of a line; the second is cut in two. Along x the columns are alike.
        #expect(found == [1, 1, 2, 1, 4, 0, 5, 0])
    }

    @Test("a single cell has no slope") func single() {
        #expect(gradient([3], cells: [1], spacing: [1]) == [0])
        #expect(gradient([3], cells: [1], spacing: [1], isPeriodic: true) == [0])
    }

    @Test("differences keep the spacing of each direction") func spacing() {
        let density = (0..<64).map { (cell: Int) -> Double in
            let (column, row) = (cell % 4, cell / 4)
            return Double(column) / 4 + Double(row) / 16
        }
        let found = gradient(density, cells: [4, 16], spacing: [0.25, 0.0625])
        #expect(found.allSatisfy { abs($0 - 2.squareRoot()) < 1e-12 })
    }

    @Test("rows may be asked for in any order") func order() {
        let density = (0..<24).map { Double($0 * $0 % 17) }
        let grid = QuantityGrid([4, 3, 2].map { .init(cells: $0, spacing: 1, isPeriodic: true) })
        let slopes = Quantity.schlieren.needs(rank: 3).slopes
        let rows = QuantityRows(grid, law: FluidModel.air.law, slopes: slopes, isFluid: nil) { row, target in
            for cell in 0..<4 { target.variable(0)[cell] = density[row * 4 + cell] }
        }
        let expected = gradient(density, cells: [4, 3, 2], spacing: [1, 1, 1], isPeriodic: true)
        for row in [5, 0, 3, 2, 2, 4, 1] {
            var values = [Double](repeating: 0, count: 4)
            Quantity.schlieren.evaluate(rows.row(row), into: &values)
            #expect(values == Array(expected[row * 4..<row * 4 + 4]))
        }
    }
}
