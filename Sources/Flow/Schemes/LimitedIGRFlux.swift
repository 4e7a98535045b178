import Fluids
import Numerics

/// The flux of ``IGRFlux`` with a limited one where the flow is not smooth:
///
///     F = F_lin + s(F_lim − F_lin),     s = ramp(max(|δ⁵P|/P, |δ⁵ρ|/ρ, |δ⁵u|/c)),
///     δ⁵q = 10(q₂ − q₃) − 5(q₁ − q₄) + (q₀ − q₅),
///
/// with the ramps of ``RoughnessSensor``. δ⁵ is O(h⁵): in smooth flow the linear flux is alone, with its order in any number
/// of dimensions. ``SlowFlow`` corrects it at low Mach numbers. The limited one is between states that ``MP5`` reconstructs wave
/// by wave,
///
///     F_lim = φF_Rusanov + (1 − φ)F_HLLC,     φ = another ramp of |δ⁵P|/P:
///
/// dissipative across strong shocks, where a contact-resolving flux is noisy when they move slowly and breeds carbuncles (Quirk
/// 1994, doi:10.1002/fld.1650180603), and sharp at contacts, where the linear flux undershoots. Pressure and
/// states are those of the fluid; half the Σ of both cells joins the momentum, and its work the energy. Everything is
/// continuous in the state.
///
/// Where the flux could still take density or heat of a cell under a tenth, it approaches the first-order one as far as it has to
/// (Hu, Adams & Shu 2013, doi:10.1016/j.jcp.2013.01.024).
package struct LimitedIGRFlux<Gas: Fluid>: FaceFlux {
    package typealias Scalar = Gas.Scalar
    typealias V = Scalar.Vector
    typealias Row = UnsafeMutablePointer<Scalar>

    package static var usesEntropicPressure: Bool { true }

    private let context: FluxContext<Gas>
    private let linear: IGRFlux<Gas>
    private let states: StateReconstruction<Scalar>

    package init(_ context: FluxContext<Gas>) {
        self.context = context
        linear = IGRFlux(context)
        states = StateReconstruction(MP5.self, .characteristic, context.fluid)
    }

    @inline(never) package func faces(
        _ stencil: FaceStencil<Scalar>, direction: Int, count: Int, reach: Scalar,
        flux: UnsafeMutablePointer<Scalar>, fluxStride: Int
    ) -> FaceTally {
        let capacity = Scratch<Scalar>.capacity(context.variables)
        return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: capacity) { memory in
            guard let start = memory.baseAddress else { return FaceTally() }
            let scratch = Scratch(start, context.variables)
            // Literal ranks let the loops over directions unroll.
            return switch context.variables.directions {
            case 1: loop(stencil, direction, 1, count, reach, scratch, flux, fluxStride)
            case 2: loop(stencil, direction, 2, count, reach, scratch, flux, fluxStride)
            default: loop(stencil, direction, 3, count, reach, scratch, flux, fluxStride)
            }
        }
    }

    @inline(__always) private func loop(
        _ stencil: FaceStencil<Scalar>, _ direction: Int, _ directions: Int, _ count: Int, _ reach: Scalar,
        _ scratch: Scratch<Scalar>, _ flux: Row, _ fluxStride: Int
    ) -> FaceTally {
        let reference = context.reference
        let limits = PositivityLimit(
            fluid: context.fluid, reference: reference, direction: direction, directions: directions,
            reach: reach)
        let firstOrder = FirstOrderFlux(reference: reference, direction: direction, directions: directions)
        let slowFlow = SlowFlow(
            reference: reference, weights: LinearWeights(order: context.order), direction: direction,
            directions: directions)
        let sensor = RoughnessSensor(
            fluid: context.fluid, reference: reference, direction: direction, directions: directions,
            isCoarse: context.isCoarse)
        var tally = FaceTally()
        var face = 0
        while face < count {
            linear.write(stencil, face, direction, directions, flux + face, fluxStride)
            slowFlow.correct(stencil, face, flux + face, fluxStride)
            let (rough, shock) = sensor.shares(stencil, face)
            let isRough = V.less(V(0), rough)
            if V.any(isRough) {
                tally.limited += V.count(isRough, first: count - face)
                limit(
                    stencil, face, direction, directions, rough: rough, shock: shock, scratch, flux + face,
                    fluxStride)
            }
            let negative = limits.violated(stencil, face, flux + face, fluxStride)
            if V.any(negative) {
                tally.fallbacks += V.count(negative, first: count - face)
                firstOrder.replace(where: scratch.everywhere, stencil, face, scratch.first, V.count)
                limits.approach(scratch.first, V.count, stencil, face, flux + face, fluxStride)
            }
            face &+= V.count
        }
        return tally
    }

    /// Blends the limited flux of a vector of faces in. Kept out of the loop, which seldom needs it.
    @inline(never) private func limit(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ direction: Int, _ directions: Int, rough: V, shock: V,
        _ scratch: Scratch<Scalar>, _ flux: Row, _ fluxStride: Int
    ) {
        let names = CellVariables(directions: directions, viscous: false)
        let entropic = copy(stencil, face, direction, directions, to: scratch)
        let cells = FaceStencil<Scalar>(
            across: { UnsafePointer(scratch.cell($0 + 3)) }, variableStride: V.count)
        let rows = SideRows(
            left: scratch.left, right: scratch.right, variables: names, reference: context.reference,
            direction: direction)
        states.fill(cells, 0, V.count, rows)
        _ = GodunovFlux<Gas, HLLC>.solve(
            cells, 0, rows, 0, direction, directions, context.fluid, context.reference, scratch.sharp, V.count
        )
        _ = GodunovFlux<Gas, Rusanov>.solve(
            cells, 0, rows, 0, direction, directions, context.fluid, context.reference, scratch.first, V.count
        )
        let velocity = names.velocity(direction) * V.count
        let work =
            ((V(at: cells.cell2 + velocity) + V(at: cells.cell3 + velocity)) * V(0.5)
                + V(context.reference.velocity[direction])) * entropic
        for variable in 0..<directions + 2 {
            let sharp = V(at: scratch.sharp + variable * V.count)
            var limited = sharp + shock * (V(at: scratch.first + variable * V.count) - sharp)
            if variable == names.momentum(direction) { limited = limited + entropic }
            if variable == names.energy { limited = limited + work }
            let target = flux + variable * fluxStride
            let smooth = V(at: target)
            (smooth + rough * (limited - smooth)).store(at: target)
        }
    }

    /// Copies the six cells of a vector of faces with the pressure of the fluid alone. Returns the mean Σ of both sides.
    @inline(__always) private func copy(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ direction: Int, _ directions: Int,
        to scratch: Scratch<Scalar>
    ) -> V {
        let names = CellVariables(directions: directions, viscous: false)
        let ratio = context.fluid.largestEntropicRatio
        // Σ is at most r times the reserve of p, so r/(1 + r) of that of p + Σ.
        let share = V(ratio / (1 + ratio))
        var entropic = V(0)
        for slot in 0..<6 {
            let source = stencil.cell(slot) + face
            let target = scratch.cell(slot)
            let take = { (variable: Int) in V(at: source + variable * stencil.variableStride) }
            take(names.density).store(at: target + names.density * V.count)
            for other in 0..<directions {
                take(names.velocity(other)).store(at: target + names.velocity(other) * V.count)
            }
            let total = take(names.totalPressure)
            let reserve = context.fluid.reserve(pressure: total + V(context.reference.pressure))
            let own = V.smaller(take(names.entropicPressure), reserve * share)
            (total - own).store(at: target + names.totalPressure * V.count)
            if slot == 2 || slot == 3 { entropic = entropic + own }
        }
        return entropic * V(0.5)
    }
}

/// The scratch of a vector of faces: six cells, the states on both sides, two fluxes.
private struct Scratch<Scalar: Real> {
    typealias V = Scalar.Vector
    typealias Row = UnsafeMutablePointer<Scalar>

    let left: Row
    let right: Row
    let sharp: Row
    let first: Row
    private let cells: Row
    private let cellStride: Int

    static func capacity(_ names: CellVariables) -> Int {
        2 * SideRows<Scalar>.capacity + (2 * names.conservedCount + 6 * names.count) * V.count
    }

    init(_ start: Row, _ names: CellVariables) {
        left = start
        right = left + SideRows<Scalar>.capacity
        sharp = right + SideRows<Scalar>.capacity
        first = sharp + names.conservedCount * V.count
        cells = first + names.conservedCount * V.count
        cellStride = names.count * V.count
    }

    /// Variable 0 of a cell of the stencil, 0…5.
    @inline(__always) func cell(_ slot: Int) -> Row { cells + slot * cellStride }

    /// Every lane.
    var everywhere: V.Mask { V.less(V(0), V(1)) }
}
