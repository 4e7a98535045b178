import Numerics

/// The whole state is imposed: exact for supersonic inflow.
enum Inflow {
    static func fill<Scalar: Real>(_ line: GhostLine<Scalar>, states: ImposedStates<Scalar>) {
        for variable in 0..<line.gas.variables.conservedCount {
            let row = variable * line.variableStride
            let source = states.values + variable * states.variableStride
            for position in 0..<line.count {
                let at = row + position * line.positionStride
                let value = source[position * states.positionStride]
                line.ghost.0[at] = value
                line.ghost.1[at] = value
                line.ghost.2[at] = value
            }
        }
        line.copyNearestEntropicPressure()
    }
}
