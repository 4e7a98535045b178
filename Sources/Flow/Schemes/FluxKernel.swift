import Numerics

/// A numerical flux whose type and fluid are known to its closure only, called once for each row of faces.
///
/// The closure is made where all types are known: methods that are reached through a protocol's table run unspecialised,
/// a hundred times slower.
package struct FluxKernel<Scalar: Real>: Sendable {
    /// Whether Σ has to be computed for this flux.
    package let usesEntropicPressure: Bool
    private let evaluate:
        @Sendable (
            _ stencil: FaceStencil<Scalar>, _ direction: Int, _ count: Int, _ reach: Scalar,
            _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
        ) -> FaceTally

    /// The kernel of a flux.
    package init<Flux: FaceFlux>(_ flux: Flux) where Flux.Scalar == Scalar {
        usesEntropicPressure = Flux.usesEntropicPressure
        evaluate = {
            flux.faces($0, direction: $1, count: $2, reach: $3, flux: $4, fluxStride: $5)
        }
    }

    /// See ``FaceFlux``.
    package func faces(
        _ stencil: FaceStencil<Scalar>, direction: Int, count: Int, reach: Scalar,
        flux: UnsafeMutablePointer<Scalar>, fluxStride: Int
    ) -> FaceTally {
        evaluate(stencil, direction, count, reach, flux, fluxStride)
    }
}
