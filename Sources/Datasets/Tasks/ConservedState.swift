import Flow

/// Density, momentum along each axis, energy and Σ of all cells, one variable after the other, x fastest.
struct ConservedState: Sendable, Equatable {
    let rank: Int
    let cells: Int
    /// (rank + 3) × cells values.
    var values: [Double]

    /// Zero everywhere.
    init(rank: Int, cells: Int) {
        self.rank = rank
        self.cells = cells
        values = Array(repeating: 0, count: (rank + 3) * cells)
    }

    /// The present state of a computation.
    init(_ computation: any FlowComputation, _ domain: Domain) {
        self.init(rank: domain.rank, cells: domain.cells.reduce(1, *))
        let length = domain.cells[0]
        var row = [Double](repeating: 0, count: variables * length)
        for index in 0..<cells / length {
            row.withUnsafeMutableBufferPointer { buffer in
                if let base = buffer.baseAddress { computation.conservedRow(index, into: base) }
            }
            for variable in 0..<variables {
                let target = variable * cells + index * length
                values.replaceSubrange(
                    target..<target + length, with: row[variable * length..<(variable + 1) * length])
            }
        }
    }

    /// Density, momenta, energy, Σ.
    var variables: Int { rank + 3 }

    /// A value of a variable: 0 density, then momenta, then energy, then Σ.
    func value(_ variable: Int, _ cell: Int) -> Double { values[variable * cells + cell] }

    /// Adds another state times a weight.
    mutating func add(_ other: ConservedState, weight: Double) {
        for index in values.indices { values[index] += weight * other.values[index] }
    }

    /// The state times a factor.
    func scaled(by factor: Double) -> ConservedState {
        var result = self
        for index in result.values.indices { result.values[index] *= factor }
        return result
    }
}
