import Numerics

/// Weights of the linear upwind-biased flux of order 1, 3 or 5 on six cells, split into the part that all
/// characteristics share and the part that the wave speed multiplies:
///
///     f̂ = Σ centre_k F_k − λ Σ upwind_k q_k
///
/// For order 5 these are the half sum and half difference of the left-biased weights (2, −13, 47, 27, −3)/60
/// and their mirror image: a sixth-order central flux and a fifth-difference dissipation. Acting on point
/// values of F (finite differences in conservation form; Shu & Osher 1988, doi:10.1016/0021-9991(88)90177-5)
/// they are of full order in any number of dimensions, which face-by-face finite volumes are not. Both are
/// (anti)symmetric, so three numbers each suffice: nearest, next, outermost.
struct LinearWeights<Scalar: Real>: Sendable {
    let centre: (Scalar, Scalar, Scalar)
    let upwind: (Scalar, Scalar, Scalar)

    init(order: Int) {
        switch order {
        case 1:
            centre = (1 / 2, 0, 0)
            upwind = (1 / 2, 0, 0)
        case 3:
            centre = (7 / 12, -1 / 12, 0)
            upwind = (3 / 12, -1 / 12, 0)
        default:
            centre = (37 / 60, -8 / 60, 1 / 60)
            upwind = (10 / 60, -5 / 60, 1 / 60)
        }
    }
}
