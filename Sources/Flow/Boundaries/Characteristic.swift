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
    static func fill<Scalar: Real>(_ line: GhostLine<Scalar>, states: ImposedStates<Scalar>) {
        for position in 0..<line.count {
            let at = position * line.positionStride
            let imposed = states.values + position * states.positionStride
            let inside = CellState(at: line.interior.0 + at, stride: line.variableStride, gas: line.gas)
            let outside = CellState(at: imposed, stride: states.variableStride, gas: line.gas)
            switch upstream(inside: inside, outside: outside, line) {
            case .inside: copy(line.interior.0 + at, stride: line.variableStride, to: at, line)
            case .outside: copy(imposed, stride: states.variableStride, to: at, line)
            case .both(let state):
                line.forEachLayer { _, ghost in
                    state.store(at: ghost + at, stride: line.variableStride, gas: line.gas)
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

    private static func upstream<Scalar: Real>(
        inside: CellState<Scalar>, outside: CellState<Scalar>, _ line: GhostLine<Scalar>
    ) -> Origin<Scalar> {
        let sign: Scalar = line.isLower ? -1 : 1
        let normal = sign * inside.velocity[line.direction]
        let sound = inside.soundSpeed(gamma: line.gas.gamma)
        if normal >= sound { return .inside }
        if sign * outside.velocity[line.direction] <= -outside.soundSpeed(gamma: line.gas.gamma) {
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
        guard density > 0, inside.pressure + pressureChange > 0 else {
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

    private static func copy<Scalar: Real>(
        _ source: UnsafePointer<Scalar>, stride: Int, to at: Int, _ line: GhostLine<Scalar>
    ) {
        for variable in 0..<line.gas.variables.conservedCount {
            let value = source[variable * stride]
            let place = variable * line.variableStride + at
            line.ghost.0[place] = value
            line.ghost.1[place] = value
            line.ghost.2[place] = value
        }
    }
}
