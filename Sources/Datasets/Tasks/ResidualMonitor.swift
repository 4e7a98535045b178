/// How fast a flow still changes. With U one of density, momentum and energy, and ‖·‖ the L2 norm over fluid cells,
///
///     residual = max over U of ‖ΔU/Δt‖ / ‖U‖,
///
/// the relative change in a unit of time; Δ is taken between two looks, which lie some steps apart.
struct ResidualMonitor: Sendable {
    private let isSolid: [Bool]
    private var last: (state: ConservedState, time: Double)?
    /// The residual between the last two looks; nil before the second.
    private(set) var residual: Double?

    init(isSolid: [Bool]) { self.isSolid = isSolid }

    /// Looks at a state.
    mutating func look(at state: ConservedState, time: Double) {
        defer { last = (state, time) }
        guard let last, time > last.time else { return }
        let groups = [0..<1, 1..<1 + state.rank, state.rank + 1..<state.rank + 2]
        let rates = groups.map { relativeChange(of: $0, from: last.state, to: state) / (time - last.time) }
        residual = rates.max()
    }

    private func relativeChange(
        of variables: Range<Int>, from old: ConservedState, to new: ConservedState
    ) -> Double {
        var (change, size) = (0.0, 0.0)
        for variable in variables {
            for cell in 0..<new.cells where !isSolid[cell] {
                let value = new.value(variable, cell)
                let difference = value - old.value(variable, cell)
                change += difference * difference
                size += value * value
            }
        }
        // Gas at rest has no momentum to compare with.
        return size > 0 ? (change / size).squareRoot() : 0
    }
}
