/// Takes cell averages from a fine grid to a coarser one over the same box: the average of a coarse cell is that of the
/// fluid in the fine cells that it overlaps, weighted by the overlap. The integral over the fluid is kept exactly; the
/// ratio of the two grids need not be whole.
package struct ConservativeResampler: Sendable {
    /// The share of each coarse cell that is fluid.
    package let fluidShare: [Double]
    private let fine: [Int]
    private let coarse: [Int]
    private let isSolid: [Bool]

    package init(from fine: [Int], to coarse: [Int], isSolid: [Bool]) {
        self.fine = fine
        self.coarse = coarse
        self.isSolid = isSolid
        fluidShare = Self.average(isSolid.map { $0 ? 0 : 1 }, from: fine, to: coarse)
    }

    /// 1 where at least half of a coarse cell is fluid, else 0.
    package var mask: [UInt8] { fluidShare.map { $0 >= 0.5 - 1e-12 ? 1 : 0 } }

    /// The averages over the fluid of the coarse cells; 0 where there is none.
    package func resample(_ values: ArraySlice<Double>) -> [Double] {
        let fluid = zip(values, isSolid).map { $1 ? 0 : $0 }
        return zip(Self.average(fluid, from: fine, to: coarse), fluidShare).map { $1 > 0 ? $0 / $1 : 0 }
    }

    /// Every variable of a state.
    func resample(_ state: ConservedState) -> ConservedState {
        var result = ConservedState(rank: state.rank, cells: coarse.reduce(1, *))
        result.values = (0..<state.variables).flatMap { variable in
            resample(state.values[variable * state.cells..<(variable + 1) * state.cells])
        }
        return result
    }

    /// Plain averages over coarse cells, one axis after the other.
    private static func average(_ values: [Double], from fine: [Int], to coarse: [Int]) -> [Double] {
        var result = values
        var size = fine
        for axis in fine.indices where fine[axis] != coarse[axis] {
            result = average(result, size, along: axis, to: coarse[axis])
            size[axis] = coarse[axis]
        }
        return result
    }

    private static func average(_ values: [Double], _ size: [Int], along axis: Int, to count: Int) -> [Double]
    {
        let stride = size[..<axis].reduce(1, *)
        let blocks = size[(axis + 1)...].reduce(1, *)
        var result = [Double](repeating: 0, count: stride * count * blocks)
        for (target, parts) in overlaps(from: size[axis], to: count).enumerated() {
            for block in 0..<blocks {
                for part in parts {
                    let (source, goal) = (
                        (block * size[axis] + part.cell) * stride, (block * count + target) * stride
                    )
                    for offset in 0..<stride {
                        result[goal + offset] += part.weight * values[source + offset]
                    }
                }
            }
        }
        return result
    }

    /// For every coarse cell the fine cells that it overlaps, with the shares of its length.
    private static func overlaps(from fine: Int, to coarse: Int) -> [[(cell: Int, weight: Double)]] {
        // In units of 1 / (fine · coarse) of the box all edges are whole numbers.
        (0..<coarse).map { target in
            let (lower, upper) = (target * fine, (target + 1) * fine)
            return (lower / coarse...(upper - 1) / coarse).map { cell in
                let shared = min(upper, (cell + 1) * coarse) - max(lower, cell * coarse)
                return (cell, Double(shared) / Double(fine))
            }
        }
    }
}
