import Numerics

/// Extrapolation: every ghost layer repeats the cell at the face. Exact for supersonic outflow.
enum Outflow {
    static func fill<Scalar: Real>(_ line: GhostLine<Scalar>) {
        for variable in 0..<line.gas.variables.conservedCount {
            let row = variable * line.variableStride
            for position in 0..<line.count {
                let at = row + position * line.positionStride
                let value = line.interior.0[at]
                line.ghost.0[at] = value
                line.ghost.1[at] = value
                line.ghost.2[at] = value
            }
        }
        line.copyNearestEntropicPressure()
    }
}
