import Numerics

/// Fifth-order WENO-Z reconstruction of primitive variables (Borges et al. 2008,
/// doi:10.1016/j.jcp.2007.11.038) with the HLLC approximate Riemann solver (Toro, Spruce & Speares 1994,
/// doi:10.1007/BF01414629): the classic shock-capturing scheme, to compare with.
///
/// Face by face, so of fifth order for linear waves and second for nonlinear ones in several dimensions. A
/// side whose reconstructed density or pressure is not positive falls back to the cell value.
package struct WENOHLLCFlux<Scalar: Real>: FaceFlux {
    typealias V = Scalar.Vector

    private let context: FluxContext<Scalar>

    package init(_ context: FluxContext<Scalar>) { self.context = context }

    @inline(never) package func faces(
        _ stencil: FaceStencil<Scalar>, direction: Int, count: Int, reach: Scalar,
        flux: UnsafeMutablePointer<Scalar>, fluxStride: Int
    ) -> Int {
        switch context.variables.directions {
        case 1: loop(stencil, direction, 1, count, flux, fluxStride)
        case 2: loop(stencil, direction, 2, count, flux, fluxStride)
        default: loop(stencil, direction, 3, count, flux, fluxStride)
        }
    }

    /// One side of a face, in full values.
    private struct Side {
        var density: V
        var normal: V
        var pressure: V
        var fellBack: V.Mask
    }

    @inline(__always) private func loop(
        _ stencil: FaceStencil<Scalar>, _ direction: Int, _ directions: Int, _ count: Int,
        _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) -> Int {
        var fallbacks = 0
        var face = 0
        while face < count {
            let left = side(stencil, face, direction, directions, left: true)
            let right = side(stencil, face, direction, directions, left: false)
            solve(stencil, face, direction, directions, left, right, flux + face, fluxStride)
            let troubled = V.or(left.fellBack, right.fellBack)
            if V.any(troubled) { fallbacks += V.count(troubled, first: count - face) }
            face += V.count
        }
        return fallbacks
    }

    @inline(__always) private func side(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ direction: Int, _ directions: Int, left: Bool
    ) -> Side {
        let names = CellVariables(directions: directions, viscous: false)
        let reference = context.reference
        let near = left ? stencil.cell2 : stencil.cell3
        let density = value(stencil, names.density, face, left) + V(reference.density)
        let pressure = value(stencil, names.totalPressure, face, left) + V(reference.pressure)
        let normal = value(stencil, names.velocity(direction), face, left) + V(reference.velocity[direction])
        let bad = V.or(V.less(density, V(Scalar.negligible)), V.less(pressure, V(Scalar.negligible)))
        let stride = stencil.variableStride
        return Side(
            density: V.choose(bad, V(at: near + face) + V(reference.density), density),
            normal: V.choose(
                bad,
                V(at: near + names.velocity(direction) * stride + face) + V(reference.velocity[direction]),
                normal),
            pressure: V.choose(
                bad, V(at: near + names.totalPressure * stride + face) + V(reference.pressure), pressure),
            fellBack: bad)
    }

    @inline(__always) private func value(
        _ stencil: FaceStencil<Scalar>, _ variable: Int, _ face: Int, _ left: Bool
    ) -> V {
        let at = variable * stencil.variableStride + face
        return left
            ? reconstruct(
                V(at: stencil.cell0 + at), V(at: stencil.cell1 + at), V(at: stencil.cell2 + at),
                V(at: stencil.cell3 + at), V(at: stencil.cell4 + at))
            : reconstruct(
                V(at: stencil.cell5 + at), V(at: stencil.cell4 + at), V(at: stencil.cell3 + at),
                V(at: stencil.cell2 + at), V(at: stencil.cell1 + at))
    }

    /// WENO-Z from five cells, upwind first, to the face between c and d.
    @inline(__always) private func reconstruct(_ a: V, _ b: V, _ c: V, _ d: V, _ e: V) -> V {
        let q0 = (a + a).subtracting(b, times: V(7)).adding(c, times: V(11))
        let q1 = (d + d).adding(c, times: V(5)) - b
        let q2 = (c + c).adding(d, times: V(5)) - e
        let s0 = smoothness((a - b - b) + c, a.subtracting(b, times: V(4)).adding(c, times: V(3)))
        let s1 = smoothness((b - c - c) + d, b - d)
        let s2 = smoothness((c - d - d) + e, (c + c + c).subtracting(d, times: V(4)) + e)
        let difference = (s0 - s2).magnitudes
        let small = V(Scalar.negligible.squareRoot())
        let w0 = weight(V(0.1), s0, difference, small)
        let w1 = weight(V(0.6), s1, difference, small)
        let w2 = weight(V(0.3), s2, difference, small)
        return (w0 * q0).adding(w1, times: q1).adding(w2, times: q2) / ((w0 + w1 + w2) * V(6))
    }

    @inline(__always) private func smoothness(_ curvature: V, _ slope: V) -> V {
        (curvature * curvature * V(13 / 12)).adding(slope * slope, times: V(0.25))
    }

    @inline(__always) private func weight(_ ideal: V, _ smoothness: V, _ difference: V, _ small: V) -> V {
        // On a constant triple next to a jump the ratio would overflow when squared.
        let largest = V(Scalar.greatestFiniteMagnitude.squareRoot() / 10_000)
        let ratio = V.smaller(difference / (smoothness + small), largest)
        return ideal.adding(ideal, times: ratio * ratio)
    }

    /// HLLC with Davis's wave speeds; transverse velocities are reconstructed and carried passively.
    @inline(__always) private func solve(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ direction: Int, _ directions: Int, _ left: Side,
        _ right: Side, _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) {
        let gamma = V(context.gamma)
        let soundLeft = (gamma * left.pressure / left.density).root
        let soundRight = (gamma * right.pressure / right.density).root
        let slow = V.smaller(left.normal - soundLeft, right.normal - soundRight)
        let fast = V.larger(left.normal + soundLeft, right.normal + soundRight)
        let massLeft = left.density * (slow - left.normal)
        let massRight = right.density * (fast - right.normal)
        let contact =
            (right.pressure - left.pressure).adding(massLeft, times: left.normal)
            .subtracting(massRight, times: right.normal) / (massLeft - massRight)
        // The side that the face lies on, and its outer wave.
        let fromRight = V.less(contact, V(0))
        let density = V.choose(fromRight, right.density, left.density)
        let normal = V.choose(fromRight, right.normal, left.normal)
        let pressure = V.choose(fromRight, right.pressure, left.pressure)
        let outer = V.choose(fromRight, V.larger(fast, V(0)), V.smaller(slow, V(0)))
        let wave = V.choose(fromRight, fast, slow)
        // Beyond the outer wave (supersonic) the star state drops out because `outer` is zero.
        let starDensity = density * (wave - normal) / (wave - contact)
        let names = CellVariables(directions: directions, viscous: false)
        var kinetic = normal * normal
        let mass = (density * normal).adding(outer, times: starDensity - density)
        for component in 0..<directions {
            let mean = V(context.reference.velocity[component])
            var momentum: V
            if component == direction {
                momentum = density * normal * normal + pressure
                momentum = momentum.adding(outer, times: starDensity * contact - density * normal)
            } else {
                let transverse =
                    V.choose(
                        fromRight, value(stencil, names.velocity(component), face, false),
                        value(stencil, names.velocity(component), face, true)) + mean
                kinetic = kinetic.adding(transverse, times: transverse)
                momentum = mass * transverse
            }
            let constant =
                context.reference.momentum[component] * context.reference.velocity[direction]
                + (component == direction ? context.reference.pressure : 0)
            (momentum - V(constant)).store(at: flux + (1 + component) * fluxStride)
        }
        let energy = (pressure / (gamma - V(1))).adding(density * kinetic, times: V(0.5))
        let starEnergy =
            starDensity
            * (energy / density + (contact - normal) * (contact + pressure / (density * (wave - normal))))
        let work = ((energy + pressure) * normal).adding(outer, times: starEnergy - energy)
        (mass - V(context.reference.density * context.reference.velocity[direction])).store(at: flux)
        (work - V(context.reference.enthalpy * context.reference.velocity[direction]))
            .store(at: flux + (directions + 1) * fluxStride)
    }
}
