import Flow
import Fluids

/// How fast a flow still changes. With U one of density, momentum and energy, ‖·‖ the L2 norm over fluid cells, and
/// τ = (longest edge of the domain) / max(|u| + c) the time in which a signal crosses it,
///
///     residual = max over U of τ ‖ΔU/Δt‖ / ‖U‖,
///
/// the relative change in one crossing; Δ is taken between two looks, which lie some steps apart.
struct ResidualMonitor: Sendable {
    private let isSolid: [Bool]
    private let law: FluidLaw
    private let length: Double
    private var last: (state: ConservedState, time: Double)?
    /// The residual between the last two looks; nil before the second.
    private(set) var residual: Double?

    init(_ flowCase: FlowCase, isSolid: [Bool]) {
        self.isSolid = isSolid
        law = flowCase.gas.law
        length = zip(flowCase.domain.lower, flowCase.domain.upper).map { $1 - $0 }.max() ?? 1
    }

    /// Looks at a state.
    mutating func look(at state: ConservedState, time: Double) {
        defer { last = (state, time) }
        guard let last, time > last.time else { return }
        let groups = [0..<1, 1..<1 + state.rank, state.rank + 1..<state.rank + 2]
        let rates = groups.map { relativeChange(of: $0, from: last.state, to: state) / (time - last.time) }
        residual = (rates.max() ?? 0) * length / fastestSignal(state)
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

    private func fastestSignal(_ state: ConservedState) -> Double {
        var fastest = 0.0
        for cell in 0..<state.cells where !isSolid[cell] {
            let density = state.value(0, cell)
            var square = 0.0
            for axis in 0..<state.rank {
                let velocity = state.value(1 + axis, cell) / density
                square += velocity * velocity
            }
            let pressure = law.pressure(heat: state.value(state.rank + 1, cell) - density * square / 2)
            fastest = max(fastest, square.squareRoot() + law.soundSpeed(pressure: pressure, density: density))
        }
        return max(fastest, .leastNormalMagnitude)
    }
}
