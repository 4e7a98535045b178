import Fluids
import Numerics

/// The six cells around a row of faces: cell k − 3 + ½ of the stencil seen from the face, k = 0…5.
///
/// Each pointer leads to variable 0 of the cell that belongs to face 0; further faces follow one by one,
/// further variables at `variableStride`. Rows along x, across rows and across planes look the same.
package struct FaceStencil<Scalar: Real> {
    package typealias Row = UnsafePointer<Scalar>
    package let cell0: Row
    package let cell1: Row
    package let cell2: Row
    package let cell3: Row
    package let cell4: Row
    package let cell5: Row
    package let variableStride: Int

    /// Faces whose left neighbour is cell `row[face − 1]` along the row itself.
    package init(along row: Row, variableStride: Int) {
        cell0 = row - 3
        cell1 = row - 2
        cell2 = row - 1
        cell3 = row
        cell4 = row + 1
        cell5 = row + 2
        self.variableStride = variableStride
    }

    /// Cell `slot` of the stencil, 0…5.
    @inline(__always) func cell(_ slot: Int) -> Row {
        switch slot {
        case 0: cell0
        case 1: cell1
        case 2: cell2
        case 3: cell3
        case 4: cell4
        default: cell5
        }
    }

    /// Faces between cells of different rows; `row(k)` is the row k = −3…2 places beyond the face.
    package init(across row: (Int) -> Row, variableStride: Int) {
        cell0 = row(-3)
        cell1 = row(-2)
        cell2 = row(-1)
        cell3 = row(0)
        cell4 = row(1)
        cell5 = row(2)
        self.variableStride = variableStride
    }
}

/// What every flux kernel needs to know about the flow.
package struct FluxContext<F: Fluid>: Sendable {
    package let variables: CellVariables
    package let fluid: F
    package let reference: ReferenceState<F.Scalar>
    /// Of a linear flux: 1, 3 or 5.
    package let order: Int
    /// Whether stored numbers have so few digits that their rounding shows in fifth differences.
    package let isCoarse: Bool

    package init(
        variables: CellVariables, fluid: F, reference: ReferenceState<F.Scalar>, order: Int,
        isCoarse: Bool = false
    ) {
        self.isCoarse = isCoarse
        self.variables = variables
        self.fluid = fluid
        self.reference = reference
        self.order = order
    }
}

/// A numerical flux through faces; see CONTRIBUTING.md for what adding one takes.
///
/// A kernel computes `count` faces (rounded up to whole vectors) of one direction and writes the flux of each
/// conserved variable, minus the flux of the reference state, at `flux + variable·fluxStride`. It must be
/// consistent: equal cells give F(q) − F(q₀). It neither allocates nor throws, and keeps no state: workers share it.
package protocol FaceFlux: Sendable {
    associatedtype Scalar: Real
    associatedtype Gas: Fluid where Gas.Scalar == Scalar
    /// Whether Σ belongs to the pressure of this flux; it is computed for such fluxes only.
    static var usesEntropicPressure: Bool { get }
    init(_ context: FluxContext<Gas>)
    /// - Parameters:
    ///   - reach: κ, the share of the time step over Δx that positivity allots to one face.
    /// - Returns: in how many of the `count` faces the kernel fell back to first order or limited.
    func faces(
        _ stencil: FaceStencil<Scalar>, direction: Int, count: Int, reach: Scalar,
        flux: UnsafeMutablePointer<Scalar>, fluxStride: Int
    ) -> FaceTally
}
