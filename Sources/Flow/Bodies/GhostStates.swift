import Fluids
import Numerics

/// The states of the ghost cells that a block's stencils reach: gathered from the stored fluid cells before each
/// stage, laid over rows as they are decoded.
///
/// They are kept beside the stored fields, not in them: a 16-bit tile could not hold them without rounding
/// its fluid cells anew.
final class GhostStates<Codec: StorageCodec, F: Fluid>: Sendable where F.Scalar == Codec.Scalar {
    typealias Scalar = Codec.Scalar

    let layout: GhostCells<Scalar>
    /// Donors that other blocks own.
    let distant: DistantCells<Codec>
    private let medium: Medium<F>
    private let conservedCount: Int
    /// Numbers of the ghosts in the layout, and where the donors of each begin.
    private let ghosts: [Int]
    private let starts: [Int]
    private let donors: [Donor]
    /// Variable by variable; Σ is the last.
    private let memory: AlignedMemory

    /// A donor as a block finds it: a cell of one of its rows, or (row −1) one of the distant cells.
    private struct Donor {
        let row: Int32
        let cell: Int32
        let weight: Scalar
    }

    /// - Parameters:
    ///   - ghosts: Which of the layout's ghosts the block's stencils reach.
    ///   - rows: The rows of the whole grid that the block owns.
    init(_ layout: GhostCells<Scalar>, ghosts: [Int], rows: Range<Int>, medium: Medium<F>) {
        self.layout = layout
        self.medium = medium
        self.ghosts = ghosts
        conservedCount = medium.variables.conservedCount
        var places: [CellPlace: Int32] = [:]
        var distant: [CellPlace] = []
        var starts = [0]
        var donors: [Donor] = []
        for ghost in ghosts {
            for donor in layout.donors[layout.donorStarts[ghost]..<layout.donorStarts[ghost + 1]] {
                if rows.contains(Int(donor.row)) {
                    let row = donor.row - Int32(rows.lowerBound)
                    donors.append(Donor(row: row, cell: donor.cell, weight: donor.weight))
                } else {
                    let slot = places[donor.place] ?? Int32(distant.count)
                    if places.updateValue(slot, forKey: donor.place) == nil { distant.append(donor.place) }
                    donors.append(Donor(row: -1, cell: slot, weight: donor.weight))
                }
            }
            starts.append(donors.count)
        }
        self.starts = starts
        self.donors = donors
        self.distant = DistantCells(distant, variables: conservedCount + 1)
        memory = AlignedMemory(
            bytes: max(1, (conservedCount + 1) * layout.count) * MemoryLayout<Scalar>.stride)
    }

    @inline(__always) private func values(_ variable: Int) -> UnsafeMutablePointer<Scalar> {
        memory.values(of: Scalar.self) + variable * layout.count
    }

    /// Computes the conserved variables from the block's own rows and the distant cells.
    func gather(_ state: FieldStore<Codec>) {
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: conservedCount) { scratch in
            donors.withUnsafeBufferPointer { donors in
                guard let cell = scratch.baseAddress else { return }
                for (place, index) in ghosts.enumerated() {
                    let own = UnsafeBufferPointer(rebasing: donors[starts[place]..<starts[place + 1]])
                    for variable in 0..<conservedCount { cell[variable] = sum(variable, own, state) }
                    // A fit may extrapolate beyond what the fluid can be: then the heaviest donor stands for all.
                    if !CellState(at: cell, stride: 1, in: medium).isAdmissible(in: medium) {
                        for variable in 0..<conservedCount { cell[variable] = value(variable, own[0], state) }
                    }
                    layout.ghosts[index].reflect(cell, in: medium)
                    for variable in 0..<conservedCount { values(variable)[index] = cell[variable] }
                }
            }
        }
    }

    /// Computes Σ, whose normal gradient vanishes at walls.
    func gatherEntropicPressure(_ sigma: FieldStore<Codec>) {
        let target = values(conservedCount)
        for (place, index) in ghosts.enumerated() {
            var sum: Scalar = 0
            for donor in donors[starts[place]..<starts[place + 1]] {
                let value =
                    donor.row < 0
                    ? distant.value(conservedCount, Int(donor.cell))
                    : Codec.value(
                        sigma.row(0, Int(donor.row)), cells: sigma.cells, cell: Int(donor.cell), reference: 0)
                sum += donor.weight * value
            }
            target[index] = sum
        }
    }

    /// The conserved deviation at an image point.
    @inline(__always) private func sum(
        _ variable: Int, _ donors: UnsafeBufferPointer<Donor>, _ state: FieldStore<Codec>
    ) -> Scalar {
        var sum: Scalar = 0
        for donor in donors { sum += donor.weight * value(variable, donor, state) }
        return sum
    }

    @inline(__always) private func value(
        _ variable: Int, _ donor: Donor, _ state: FieldStore<Codec>
    ) -> Scalar {
        donor.row < 0
            ? distant.value(variable, Int(donor.cell))
            : Codec.value(
                state.row(variable, Int(donor.row)), cells: state.cells, cell: Int(donor.cell),
                reference: medium.reference(variable))
    }

    /// Whether a row of the whole grid has ghosts.
    @inline(__always) func lie(inRow row: Int) -> Bool { layout.rowStarts[row] != layout.rowStarts[row + 1] }

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

    /// The same for Σ.
    @inline(__always) func overlayEntropicPressure(row: Int, onto start: UnsafeMutablePointer<Scalar>) {
        scatter(layout.rowStarts[row]..<layout.rowStarts[row + 1], conservedCount, onto: start)
    }

    @inline(__always) private func scatter(
        _ range: Range<Int>, _ variable: Int, onto start: UnsafeMutablePointer<Scalar>
    ) {
        let source = values(variable)
        for index in range { start[layout.cells[index]] = source[index] }
    }
}
