import Numerics

/// The six cells around a row of faces: cell k − 3 + ½ of the stencil seen from the face, k = 0…5.
///
/// Each pointer leads to variable 0 of the cell that belongs to face 0; further faces follow one by one, further variables at
/// `variableStride`. Rows along x, across rows and across planes look the same.
struct FaceStencil<Scalar: Real> {
    typealias Row = UnsafePointer<Scalar>
    let cell0: Row
    let cell1: Row
    let cell2: Row
    let cell3: Row
    let cell4: Row
    let cell5: Row
    let variableStride: Int

    /// Faces whose left neighbour is cell `row[face − 1]` along the row itself.
    init(along row: Row, variableStride: Int) {
        cell0 = row - 3
        cell1 = row - 2
        cell2 = row - 1
        cell3 = row
        cell4 = row + 1
        cell5 = row + 2
        self.variableStride = variableStride
    }

    /// Faces between cells of different rows; `row(k)` is the row k = −3…2 places beyond the face.
    init(across row: (Int) -> Row, variableStride: Int) {
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
struct FluxContext<Scalar: Real>: Sendable {
    let variables: CellVariables
    let gamma: Scalar
    let reference: ReferenceState<Scalar>
    let order: Int
}

/// A numerical flux through faces; adding one is one file, one case in `SchemeKind` and one row in the conformance test.
///
/// A kernel computes `count` faces (rounded up to whole vectors) of one direction and writes the flux of each conserved
/// variable, minus the flux of the reference state, at `flux + variable·fluxStride`. It must be consistent: equal cells give
/// F(q) − F(q₀). It neither allocates nor throws.
protocol FaceFlux: Sendable {
    associatedtype Scalar: Real
    init(_ context: FluxContext<Scalar>)
    /// - Parameters:
    ///   - reach: 2·rank·Δt/Δx, the share of the time step that positivity allots to one face.
    /// - Returns: in how many of the `count` faces the kernel fell back to first order.
    func faces(
        _ stencil: FaceStencil<Scalar>, direction: Int, count: Int, reach: Scalar,
        flux: UnsafeMutablePointer<Scalar>, fluxStride: Int
    ) -> Int
}
