import Fluids
import Foundation
import Testing

/// A flow without any symmetry on 6 × 5 × 4 cells, every axis periodic.
private struct PeriodicFlow {
    static let cells = [6, 5, 4]
    static let grid = QuantityGrid(
        cells.map { .init(cells: $0, spacing: 1 / Double($0), isPeriodic: true) })

    static func state(_ cell: Int) -> [Double] {
        let phase = Double(cell) * 0.7
        return [2 + sin(phase), cos(phase), sin(2.3 * phase), cos(1.7 * phase), 3 + sin(1.3 * phase), 0.1]
    }

    /// The cell in a mirror across an axis.
    static func mirrored(_ cell: Int, _ axis: Int) -> Int {
        let stride = cells.prefix(axis).reduce(1, *)
        let index = cell / stride % cells[axis]
        return cell + (cells[axis] - 1 - 2 * index) * stride
    }
}

@Test("a mirror changes the sign of a quantity as its symmetry says", arguments: 0..<3)
func mirrors(axis: Int) {
    let law = FluidModel.air.law
    for quantity in QuantityRegistry.all {
        let values = quantity.values(on: PeriodicFlow.grid, law: law) { row, target in
            for cell in 0..<target.cells {
                for (variable, value) in PeriodicFlow.state(row * target.cells + cell).enumerated() {
                    target.variable(variable)[cell] = value
                }
            }
        }
        let seen = quantity.values(on: PeriodicFlow.grid, law: law) { row, target in
            for cell in 0..<target.cells {
                var state = PeriodicFlow.state(PeriodicFlow.mirrored(row * target.cells + cell, axis))
                state[1 + axis] *= -1
                for (variable, value) in state.enumerated() { target.variable(variable)[cell] = value }
            }
        }
        let sign: Double =
            switch quantity.symmetry {
            case .scalar: 1
            case .vector(let own): own == axis ? -1 : 1
            case .axialVector(let own): own == axis ? 1 : -1
            }
        for cell in values.indices {
            let expected = sign * values[PeriodicFlow.mirrored(cell, axis)]
            #expect(abs(seen[cell] - expected) < 1e-12, "\(quantity.name)")
        }
    }
}
