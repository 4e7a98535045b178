import Fluids
import Numerics
import Schema

/// One face of the domain, resolved: which condition holds at which face cell, with the states that it
/// imposes.
///
/// Positions count along the face's first transverse axis, lines along its second. Both may reach three cells
/// beyond the face (corners of the domain), where the outermost face cell is repeated.
package final class FaceBoundary<F: Fluid>: Sendable {
    package typealias Scalar = F.Scalar

    let direction: Int
    let isLower: Bool
    let medium: Medium<F>
    private let conditions: [BoundaryKind]
    /// Which condition holds at each (line, padded position); nil where the first holds everywhere.
    private let choice: [UInt8]?
    private let states: [AlignedMemory?]
    /// The reference state and the fluid in double precision.
    private let referenceConserved: [Double]
    private let law: FluidLaw
    private let positions: Int
    private let lines: Int
    /// Coordinates (x, y, z) of a face cell.
    private let coordinates: @Sendable (_ position: Int, _ line: Int) -> [Double]

    private var padded: Int { positions + 2 * GridShape.ghostLayers }

    let isPeriodic: Bool
    private let hasIsothermalWall: Bool

    package init(
        _ specification: BoundarySpecification, direction: Int, isLower: Bool, medium: Medium<F>,
        referenceConserved: [Double], law: FluidLaw, positions: Int, lines: Int,
        coordinates: @escaping @Sendable (_ position: Int, _ line: Int) -> [Double]
    ) {
        self.referenceConserved = referenceConserved
        self.law = law
        self.direction = direction
        self.isLower = isLower
        self.medium = medium
        self.positions = positions
        self.lines = lines
        self.coordinates = coordinates
        conditions = [specification.kind] + specification.patches.map(\.kind)
        if case .periodic = specification.kind { isPeriodic = true } else { isPeriodic = false }
        hasIsothermalWall =
            medium.variables.viscous
            && conditions.contains {
                if case .noSlipWall(_, _?) = $0 { true } else { false }
            }
        let paddedPositions = positions + 2 * GridShape.ghostLayers
        if specification.patches.isEmpty {
            choice = nil
        } else {
            var choice = [UInt8](repeating: 0, count: lines * paddedPositions)
            for line in 0..<lines {
                for position in 0..<paddedPositions {
                    let inside = min(max(position - GridShape.ghostLayers, 0), positions - 1)
                    let point = coordinates(inside, line)
                    for (index, patch) in specification.patches.enumerated()
                    where patch.region.evaluate(point) != 0 {
                        choice[line * paddedPositions + position] = UInt8(index + 1)
                    }
                }
            }
            self.choice = choice
        }
        let count = medium.variables.conservedCount * lines * paddedPositions
        states = conditions.map { kind in
            switch kind {
            case .inflow, .characteristic: AlignedMemory(bytes: count * MemoryLayout<Scalar>.stride)
            default: nil
            }
        }
        evaluateStates(time: 0, all: true)
    }

    /// The largest Σ_d (|u_d| + c)/Δ_d of the imposed states: flow that is about to enter limits the first
    /// step, too.
    func imposedSignal(spacing: [Double]) -> Double {
        var largest = 0.0
        for memory in states {
            guard let values = memory?.values(of: Scalar.self) else { continue }
            for place in 0..<lines * padded {
                let state = CellState(at: values + place, stride: lines * padded, in: medium)
                let sound = state.soundSpeed(in: medium).double
                var sum = 0.0
                for (direction, delta) in spacing.enumerated() {
                    sum += (abs(state.velocity[direction].double) + sound) / delta
                }
                largest = max(largest, sum)
            }
        }
        return largest
    }

    /// Evaluates imposed states at `time`; only those that vary with time unless `all`.
    func evaluateStates(time: Double, all: Bool = false) {
        for (index, kind) in conditions.enumerated() {
            switch kind {
            case .inflow(let state), .characteristic(let state):
                if all || state.dependsOnTime { evaluate(state, time: time, into: states[index]) }
            default: break
            }
        }
    }

    private func evaluate(_ state: StateExpressions, time: Double, into memory: AlignedMemory?) {
        guard let values = memory?.values(of: Scalar.self) else { return }
        let stride = lines * padded
        for line in 0..<lines {
            for position in 0..<padded {
                let inside = min(max(position - GridShape.ghostLayers, 0), positions - 1)
                let point = coordinates(inside, line) + [time]
                let primitive = ([state.density] + state.velocity + [state.pressure]).map {
                    $0.evaluate(point)
                }
                // The difference is taken in double precision: what equals the reference state is exactly
                // zero.
                for (variable, value) in law.conserved(primitive: primitive).enumerated() {
                    values[variable * stride + line * padded + position] =
                        Scalar(double: value - referenceConserved[variable])
                }
            }
        }
    }

    /// Fills the ghost cells of a line that starts at face position `start` (≥ −3).
    package func fill(_ line: GhostLine<F>, line index: Int, start: Int) {
        let row = min(max(index, 0), lines - 1) * padded + start + GridShape.ghostLayers
        guard let choice else { return apply(0, to: line, at: row) }
        var position = 0
        while position < line.count {
            let condition = choice[row + position]
            var end = position + 1
            while end < line.count, choice[row + end] == condition { end += 1 }
            apply(Int(condition), to: line.part(from: position, count: end - position), at: row + position)
            position = end
        }
    }

    /// The registry of boundary conditions: one line each.
    private func apply(_ condition: Int, to line: GhostLine<F>, at place: Int) {
        switch conditions[condition] {
        case .periodic: break
        case .slipWall: SlipWall.fill(line)
        case .noSlipWall(let velocity, _):
            var wall = Components<Scalar>()
            for (component, value) in velocity.enumerated() { wall[component] = Scalar(double: value) }
            NoSlipWall.fill(line, velocity: wall)
        case .inflow: if let imposed = imposed(condition, place) { Inflow.fill(line, states: imposed) }
        case .outflow: Outflow.fill(line)
        case .characteristic:
            if let imposed = imposed(condition, place) { Characteristic.fill(line, states: imposed) }
        }
    }

    /// Sets the temperature of the nearest ghost cells behind isothermal walls, so that its mean across the
    /// face is the wall's.
    func imposeTemperature(_ line: GhostLine<F>, line index: Int, start: Int) {
        guard hasIsothermalWall else { return }
        let row = min(max(index, 0), lines - 1) * padded + start + GridShape.ghostLayers
        let shift = medium.variables.temperature * line.variableStride
        for position in 0..<line.count {
            let condition = choice.map { Int($0[row + position]) } ?? 0
            guard case .noSlipWall(_, let temperature?) = conditions[condition] else { continue }
            let at = shift + position * line.positionStride
            // Far from equilibrium the linear extrapolation may turn negative.
            line.ghost.0[at] = max(
                Scalar(double: 2 * temperature) - line.interior.0[at], Scalar(double: temperature / 4))
        }
    }

    private func imposed(_ condition: Int, _ place: Int) -> ImposedStates<Scalar>? {
        guard let memory = states[condition] else { return nil }
        return ImposedStates(
            values: memory.values(of: Scalar.self) + place, variableStride: lines * padded, positionStride: 1)
    }
}

extension StateExpressions {
    /// Whether any part varies with t.
    var dependsOnTime: Bool { ([density, pressure] + velocity).contains { $0.uses("t") } }
}
