import Fluids
import Numerics

/// The whole state is imposed: exact for supersonic inflow.
enum Inflow {
    static func fill<F: Fluid>(_ line: GhostLine<F>, states: ImposedStates<F.Scalar>) {
        for variable in 0..<line.medium.variables.conservedCount {
            let row = variable * line.variableStride
            let source = states.values + variable * states.variableStride
            for position in 0..<line.count {
                let at = row + position * line.positionStride
                let value = source[position * states.positionStride]
                line.setLayers(at, to: value)
            }
        }
        line.copyNearestEntropicPressure()
    }
}
