import Fluids
import Numerics

/// A frictionless wall: cells are mirrored, the normal momentum changes sign, Σ is mirrored evenly.
enum SlipWall {
    static func fill<F: Fluid>(_ line: GhostLine<F>) {
        let variables = line.medium.variables
        let normal = variables.momentum(line.direction)
        // −(m₀ + m′) − m₀
        let shift = -2 * line.medium.reference.momentum[line.direction]
        line.forEachLayer { interior, ghost in
            for index in 0...variables.conservedCount {
                let variable = index == variables.conservedCount ? variables.entropicPressure : index
                let row = variable * line.variableStride
                let odd = variable == normal
                for position in 0..<line.count {
                    let at = row + position * line.positionStride
                    ghost[at] = odd ? shift - interior[at] : interior[at]
                }
            }
        }
    }
}
