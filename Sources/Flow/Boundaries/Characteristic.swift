import Fluids
import Numerics

/// A non-reflecting far field: each one-dimensional characteristic is taken from the side that it comes from
/// (Whitfield & Janus 1984, doi:10.2514/6.1984-1552).
///
/// With u_n along the outward normal and Δ = imposed − inside, the outgoing acoustic wave is kept and the
/// incoming one imposed:
///
///     p* = p + ½(Δp − ρc Δu_n),   u_n* = u_n + ½(Δu_n − Δp/(ρc)),   ρ* = ρ_up + (p* − p_up)/c²,
///
/// density and tangential velocity from upstream. Supersonic flow takes everything from upstream.
enum Characteristic {
    static func fill<F: Fluid>(_ line: GhostLine<F>, states: ImposedStates<F.Scalar>) {
        for position in 0..<line.count {
            let at = position * line.positionStride
            let imposed = states.values + position * states.positionStride
            let inside = CellState(at: line.interior.0 + at, stride: line.variableStride, in: line.medium)
            let outside = CellState(at: imposed, stride: states.variableStride, in: line.medium)
            switch upstream(inside: inside, outside: outside, line) {
            case .inside: copy(line.interior.0 + at, stride: line.variableStride, to: at, line)
            case .outside: copy(imposed, stride: states.variableStride, to: at, line)
            case .both(let state):
                line.forEachLayer { _, ghost in
                    state.store(at: ghost + at, stride: line.variableStride, in: line.medium)
                }
            }
        }
        line.copyNearestEntropicPressure()
    }

    /// Where the state at the face comes from.
    private enum Origin<Scalar: Real> {
        case inside
        case outside
        case both(CellState<Scalar>)
    }

    private static func upstream<F: Fluid>(
        inside: CellState<F.Scalar>, outside: CellState<F.Scalar>, _ line: GhostLine<F>
    ) -> Origin<F.Scalar> {
        let sign: F.Scalar = line.isLower ? -1 : 1
        let normal = sign * inside.velocity[line.direction]
        let sound = inside.soundSpeed(in: line.medium)
        if normal >= sound { return .inside }
        if sign * outside.velocity[line.direction] <= -outside.soundSpeed(in: line.medium) {
            return .outside
        }
        let impedance = inside.density * sound
        let pressureJump = outside.pressure - inside.pressure
        let velocityJump = sign * outside.velocity[line.direction] - normal
        let pressureChange = (pressureJump - impedance * velocityJump) / 2
        let velocityChange = (velocityJump - pressureJump / impedance) / 2
        var state = normal > 0 ? inside : outside
        let fromUpstream = normal > 0 ? pressureChange : pressureChange - pressureJump
        let density = state.density + fromUpstream / (sound * sound)
        // Waves too strong for the linear relation leave the upstream state as it is.
        guard density > 0, line.medium.fluid.reserve(pressure: inside.pressure + pressureChange) > 0 else {
            return normal > 0 ? .inside : .outside
        }
        // A far field that agrees with the inside leaves it untouched to the last bit.
        if normal > 0, pressureChange == 0, velocityChange == 0 { return .inside }
        if pressureJump == 0, velocityJump == 0, normal <= 0 { return .outside }
        state.density = density
        state.pressure = inside.pressure + pressureChange
        state.velocity[line.direction] = sign * (normal + velocityChange)
        return .both(state)
    }

    private static func copy<F: Fluid>(
        _ source: UnsafePointer<F.Scalar>, stride: Int, to at: Int, _ line: GhostLine<F>
    ) {
        for variable in 0..<line.medium.variables.conservedCount {
            line.setLayers(variable * line.variableStride + at, to: source[variable * stride])
        }
    }
}
