import Fluids
import Numerics

/// Integrals over the gas in the domain.
public struct FlowTotals: Sendable, Equatable, Codable {
    /// ∫ρ.
    public var mass: Double
    /// ∫ρu, one component per dimension.
    public var momentum: [Double]
    /// ∫E.
    public var energy: Double
    /// ∫½ρ|u|².
    public var kineticEnergy: Double
    /// ∫½|∇×u|²; 0 in one dimension.
    public var enstrophy: Double

    /// The integrals as a row of a table: `mass`, `momentum_x` and so on.
    public var columns: [(String, Double)] {
        [("mass", mass)] + zip(CaseVariables.space, momentum).map { ("momentum_\($0)", $1) }
            + [("energy", energy), ("kinetic_energy", kineticEnergy), ("enstrophy", enstrophy)]
    }
}

extension FlowSampler {
    /// The integrals of the present state by the midpoint rule: each row is summed in its order, the rows exactly, so that the
    /// last bit does not depend on who summed which.
    public func totals(of computation: any FlowComputation) -> FlowTotals {
        let rank = flowCase.domain.rank
        let summed = Self.summed(rank)
        let width = summed.count
        var sums = [Double](repeating: 0, count: width * rowCount)
        sums.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            let target = Shared(base)
            let slopes = summed.flatMap { $0.needs(rank: rank).slopes }
            eachRow(of: computation, slopes: slopes) { index, row, values in
                for (column, quantity) in summed.enumerated() {
                    quantity.evaluate(row, into: values)
                    target.value[index * width + column] = sum(values, row: index, cells: row.cells)
                }
            }
        }
        let volume = flowCase.domain.spacings.reduce(1, *)
        let totals = (0..<width).map { column -> Double in
            var total = ExactSum()
            for row in stride(from: column, to: sums.count, by: width) { total.add(sums[row]) }
            return volume * total.value
        }
        return FlowTotals(
            mass: totals[0], momentum: Array(totals[1...rank]), energy: totals[rank + 1],
            kineticEnergy: totals[rank + 2], enstrophy: rank > 1 ? totals[rank + 3] : 0)
    }

    /// What is integrated; only the last has slopes.
    private static func summed(_ rank: Int) -> [Quantity] {
        [.density] + (0..<rank).map(Quantity.momentum) + [.energy, .kineticEnergy]
            + (rank > 1 ? [.enstrophy] : [])
    }

    private func sum(_ values: UnsafePointer<Double>, row: Int, cells: Int) -> Double {
        var sum = 0.0
        if fluid.isEverything {
            for cell in 0..<cells { sum += values[cell] }
        } else {
            for cell in 0..<cells where fluid.contains(row * cells + cell) { sum += values[cell] }
        }
        return sum
    }
}
