import Fluids
import Numerics

/// Extrapolation: every ghost layer repeats the cell at the face. Exact for supersonic outflow.
enum Outflow {
    static func fill<F: Fluid>(_ line: GhostLine<F>) {
        for variable in 0..<line.medium.variables.conservedCount {
            let row = variable * line.variableStride
            for position in 0..<line.count {
                let at = row + position * line.positionStride
                let value = line.interior.0[at]
                line.setLayers(at, to: value)
            }
        }
        line.copyNearestEntropicPressure()
    }
}
