import Numerics

/// The states of all ghost cells: gathered from the stored fluid cells before each stage, laid over rows as
/// they are decoded.
///
/// They are kept beside the stored fields, not in them: a 16-bit tile could not hold them without rounding
/// its fluid cells anew.
final class GhostStates<Codec: StorageCodec>: Sendable {
    typealias Scalar = Codec.Scalar

    let layout: GhostCells<Scalar>
    private let gas: GasModel<Scalar>
    private let conservedCount: Int
    /// Variable by variable; Σ is the last.
    private let memory: AlignedMemory

    init(_ layout: GhostCells<Scalar>, gas: GasModel<Scalar>) {
        self.layout = layout
        self.gas = gas
        conservedCount = gas.variables.conservedCount
        memory = AlignedMemory(
            bytes: max(1, (conservedCount + 1) * layout.count) * MemoryLayout<Scalar>.stride)
    }

    @inline(__always) private func values(_ variable: Int) -> UnsafeMutablePointer<Scalar> {
        memory.values(of: Scalar.self) + variable * layout.count
    }

    /// Computes the conserved variables of one worker's share.
    func gather(_ state: FieldStore<Codec>, team: Workers, worker: Int) {
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 5) { scratch in
            guard let cell = scratch.baseAddress else { return }
            for index in team.share(of: layout.count, worker: worker) {
                let donors = layout.donorStarts[index]..<layout.donorStarts[index + 1]
                interpolate(state, donors, into: cell)
                if !isSound(cell) { interpolate(state, donors.lowerBound..<donors.lowerBound, into: cell) }
                layout.ghosts[index].reflect(cell, gas: gas)
                for variable in 0..<conservedCount { values(variable)[index] = cell[variable] }
            }
        }
    }

    /// Computes Σ, whose normal gradient vanishes at walls, of one worker's share.
    func gatherEntropicPressure(_ sigma: FieldStore<Codec>, team: Workers, worker: Int) {
        let target = values(conservedCount)
        for index in team.share(of: layout.count, worker: worker) {
            var sum: Scalar = 0
            for donor in layout.donors[layout.donorStarts[index]..<layout.donorStarts[index + 1]] {
                sum +=
                    donor.weight
                    * Codec.value(
                        sigma.row(0, Int(donor.row)), cells: sigma.cells, cell: Int(donor.cell), reference: 0)
            }
            target[index] = sum
        }
    }

    /// The conserved deviations at an image point; of the heaviest donor alone where the range is empty.
    @inline(__always) private func interpolate(
        _ state: FieldStore<Codec>, _ donors: Range<Int>, into cell: UnsafeMutablePointer<Scalar>
    ) {
        let alone = donors.isEmpty
        for variable in 0..<conservedCount { cell[variable] = 0 }
        for index in donors.lowerBound..<(alone ? donors.lowerBound + 1 : donors.upperBound) {
            let donor = layout.donors[index]
            let weight = alone ? 1 : donor.weight
            for variable in 0..<conservedCount {
                cell[variable] +=
                    weight
                    * Codec.value(
                        state.row(variable, Int(donor.row)), cells: state.cells, cell: Int(donor.cell),
                        reference: gas.reference.conserved(variable, directions: gas.variables.directions))
            }
        }
    }

    /// A fit may extrapolate beyond positive density and pressure.
    @inline(__always) private func isSound(_ cell: UnsafePointer<Scalar>) -> Bool {
        let state = CellState(at: cell, stride: 1, gas: gas)
        return state.density > 0 && state.pressure > 0
    }

    /// The state of ghost `index`: variable by variable, Σ last, at the returned distance.
    @inline(__always) func state(of index: Int) -> (UnsafePointer<Scalar>, Int) {
        (UnsafePointer(values(0) + index), layout.count)
    }

    /// Writes the conserved variables of the ghost cells of a row over the decoded ones.
    @inline(__always) func overlay(row: Int, onto start: UnsafeMutablePointer<Scalar>, stride: Int) {
        let range = layout.rowStarts[row]..<layout.rowStarts[row + 1]
        guard !range.isEmpty else { return }
        for variable in 0..<conservedCount { scatter(range, variable, onto: start + variable * stride) }
    }

    /// The same for one variable; Σ is variable `conservedCount`.
    @inline(__always) func overlay(row: Int, variable: Int, onto start: UnsafeMutablePointer<Scalar>) {
        scatter(layout.rowStarts[row]..<layout.rowStarts[row + 1], variable, onto: start)
    }

    func overlayEntropicPressure(row: Int, onto start: UnsafeMutablePointer<Scalar>) {
        overlay(row: row, variable: conservedCount, onto: start)
    }

    @inline(__always) private func scatter(
        _ range: Range<Int>, _ variable: Int, onto start: UnsafeMutablePointer<Scalar>
    ) {
        let source = values(variable)
        for index in range { start[layout.cells[index]] = source[index] }
    }
}
