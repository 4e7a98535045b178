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
    /// The integrals of the present state by the midpoint rule: each row is summed, then the rows in their
    /// order, so that the last bit does not depend on the number of threads.
    public func totals(of computation: any FlowComputation) -> FlowTotals {
        let rank = flowCase.domain.rank
        let width = rank + 4
        var sums = [Double](repeating: 0, count: width * rowCount)
        sums.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            let target = Shared(base)
            eachRow(of: computation, withNeighbours: rank > 1) { row, rows in
                sum(rows, row, into: target.value + row * width)
            }
        }
        let volume = flowCase.domain.spacings.reduce(1, *)
        let totals = (0..<width).map { column in
            volume * stride(from: column, to: sums.count, by: width).reduce(0) { $0 + sums[$1] }
        }
        return FlowTotals(
            mass: totals[0], momentum: Array(totals[1...rank]), energy: totals[rank + 1],
            kineticEnergy: totals[rank + 2], enstrophy: totals[rank + 3])
    }

    private func sum(_ rows: RowNeighbourhood, _ index: Int, into sums: UnsafeMutablePointer<Double>) {
        let row = rows.center
        let isOpen = fluid.isEverything
        let inverse = 1 / (flowCase.gas.gamma - 1)
        for cell in 0..<row.cells where isOpen || fluid.contains(index * row.cells + cell) {
            let density = row.density[cell]
            let kinetic = density * row.speedSquared(cell) / 2
            sums[0] += density
            for direction in 0..<row.rank { sums[1 + direction] += density * row.velocity(direction)[cell] }
            sums[row.rank + 1] += row.pressure[cell] * inverse + kinetic
            sums[row.rank + 2] += kinetic
            if row.rank > 1 { sums[row.rank + 3] += rows.vorticitySquared(cell: cell) / 2 }
        }
    }
}
