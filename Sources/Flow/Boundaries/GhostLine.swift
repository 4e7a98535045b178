import Fluids
import Numerics

/// A line of face cells with up to three layers of cells inside the domain and as many ghost layers outside, nearest
/// first.
///
/// Pointers lead to variable 0 (deviations from the reference state; Σ in its own slot) of position 0. Ghost layer k is
/// made of the interior layers 0…k, so that who needs one ghost layer only fills one.
package struct GhostLine<F: Fluid> {
    package typealias Scalar = F.Scalar
    package typealias Cells = UnsafeMutablePointer<Scalar>
    package let interior: (Cells, Cells, Cells)
    package let ghost: (Cells, Cells, Cells)
    package let variableStride: Int
    package let positionStride: Int
    package let count: Int
    /// The direction of the face's normal, and whether the face is the lower one.
    package let direction: Int
    package let isLower: Bool
    package let medium: Medium<F>
    /// How many layers there are, 1 to 3; the pointers of others lead nowhere.
    package let layers: Int

    package init(
        interior: (Cells, Cells, Cells), ghost: (Cells, Cells, Cells), variableStride: Int,
        positionStride: Int,
        count: Int, direction: Int, isLower: Bool, medium: Medium<F>, layers: Int = GridShape.ghostLayers
    ) {
        self.interior = interior
        self.ghost = ghost
        self.variableStride = variableStride
        self.positionStride = positionStride
        self.count = count
        self.direction = direction
        self.isLower = isLower
        self.medium = medium
        self.layers = layers
    }

    /// A part of the line.
    func part(from start: Int, count: Int) -> GhostLine {
        let shift = start * positionStride
        return GhostLine(
            interior: (interior.0 + shift, interior.1 + shift, interior.2 + shift),
            ghost: (ghost.0 + shift, ghost.1 + shift, ghost.2 + shift), variableStride: variableStride,
            positionStride: positionStride, count: count, direction: direction, isLower: isLower,
            medium: medium, layers: layers)
    }

    /// Calls `body` with interior and ghost cells of each layer.
    @inline(__always) func forEachLayer(_ body: (Cells, Cells) -> Void) {
        body(interior.0, ghost.0)
        if layers > 1 { body(interior.1, ghost.1) }
        if layers > 2 { body(interior.2, ghost.2) }
    }

    /// Every ghost layer repeats one value.
    @inline(__always) func setLayers(_ place: Int, to value: Scalar) {
        ghost.0[place] = value
        if layers > 1 { ghost.1[place] = value }
        if layers > 2 { ghost.2[place] = value }
    }

    /// Σ of every ghost layer is that of the cell at the face: zero gradient.
    @inline(__always) func copyNearestEntropicPressure() {
        let row = medium.variables.entropicPressure * variableStride
        for position in 0..<count {
            let at = row + position * positionStride
            setLayers(at, to: interior.0[at])
        }
    }
}

/// Imposed states along a face, one per position (or one for all), as conserved deviations, variable by
/// variable.
struct ImposedStates<Scalar: Real> {
    let values: UnsafePointer<Scalar>
    /// Distance between variables, and between positions (0: the same everywhere).
    let variableStride: Int
    let positionStride: Int

    func part(from start: Int) -> ImposedStates {
        ImposedStates(
            values: values + start * positionStride, variableStride: variableStride,
            positionStride: positionStride)
    }
}
