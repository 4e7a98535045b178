import Fluids
import Numerics

/// A flux after Godunov: states at both sides of a face by a reconstruction of the cells, and a Riemann problem between
/// them. `weno-hllc` is WENO5-Z, variable by variable, with HLLC: the classic shock-capturing scheme, to compare with.
///
/// A side whose reconstructed density or pressure the fluid does not bear takes the state of its cell; a flux that endangers
/// a cell gives way to the first-order one.
package struct GodunovFlux<Gas: Fluid, Solver: RiemannSolver>: FaceFlux {
    package typealias Scalar = Gas.Scalar
    typealias V = Scalar.Vector

    package static var usesEntropicPressure: Bool { false }

    private let context: FluxContext<Gas>
    private let states: StateReconstruction<Scalar>

    package init(_ context: FluxContext<Gas>) {
        self.init(context, StateReconstruction(WENO5Z.self, .component, context.fluid))
    }

    /// - Parameter states: What the Riemann problems are between.
    package init(_ context: FluxContext<Gas>, _ states: StateReconstruction<Scalar>) {
        self.context = context
        self.states = states
    }

    @inline(never) package func faces(
        _ stencil: FaceStencil<Scalar>, direction: Int, count: Int, reach: Scalar,
        flux: UnsafeMutablePointer<Scalar>, fluxStride: Int
    ) -> FaceTally {
        let capacity = SideRows<Scalar>.capacity
        return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: capacity) { left in
            withUnsafeTemporaryAllocation(of: Scalar.self, capacity: capacity) { right in
                guard let left = left.baseAddress, let right = right.baseAddress else { return FaceTally() }
                let run = { (directions: Int) in
                    loop(stencil, direction, directions, count, reach, left, right, flux, fluxStride)
                }
                // Literal ranks let the loops over directions unroll.
                return switch context.variables.directions {
                case 1: run(1)
                case 2: run(2)
                default: run(3)
                }
            }
        }
    }

    @inline(__always) private func rows(
        _ left: SideRows<Scalar>.Row, _ right: SideRows<Scalar>.Row, _ direction: Int, _ directions: Int,
        _ reference: ReferenceState<Scalar>
    ) -> SideRows<Scalar> {
        SideRows(
            left: left, right: right, variables: CellVariables(directions: directions, viscous: false),
            reference: reference, direction: direction)
    }

    @inline(__always) private func loop(
        _ stencil: FaceStencil<Scalar>, _ direction: Int, _ directions: Int, _ count: Int, _ reach: Scalar,
        _ left: SideRows<Scalar>.Row, _ right: SideRows<Scalar>.Row, _ flux: UnsafeMutablePointer<Scalar>,
        _ fluxStride: Int
    ) -> FaceTally {
        // Copies that no call sees: what a closure gets may change for all that the compiler knows, and would be read anew
        // for each vector.
        let fluid = context.fluid
        let reference = context.reference
        let shown = rows(left, right, direction, directions, reference)
        let hidden = rows(left, right, direction, directions, reference)
        let limits = PositivityLimit(
            fluid: fluid, reference: reference, direction: direction, directions: directions, reach: reach)
        let firstOrder = FirstOrderFlux(
            reference: reference, direction: direction, directions: directions)
        var fallbacks = 0
        for first in stride(from: 0, to: count, by: hidden.width) {
            let part = min(hidden.width, count - first)
            states.fill(stencil, first, part, shown)
            var at = 0
            while at < part {
                let face = first + at
                let replaced = Self.solve(
                    stencil, face, hidden, at, direction, directions, fluid, reference, flux + face,
                    fluxStride)
                let negative = limits.violated(stencil, face, flux + face, fluxStride)
                if V.any(negative) {
                    firstOrder.replace(where: negative, stencil, face, flux + face, fluxStride)
                }
                let troubled = V.or(replaced, negative)
                if V.any(troubled) { fallbacks += V.count(troubled, first: part - at) }
                at += V.count
            }
        }
        return FaceTally(fallbacks: fallbacks)
    }

    /// Writes the flux of a vector of faces and tells where a side took the state of its cell.
    @inline(__always) static func solve(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ rows: SideRows<Scalar>, _ at: Int, _ direction: Int,
        _ directions: Int, _ fluid: Gas, _ reference: ReferenceState<Scalar>,
        _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) -> V.Mask {
        let left = side(rows.left + at, stencil.cell2 + face, stencil.variableStride, rows, fluid)
        let right = side(rows.right + at, stencil.cell3 + face, stencil.variableStride, rows, fluid)
        let solution = Solver.solve(left.state, right.state)

        let variables = CellVariables(directions: directions, viscous: false)
        func store(_ value: V, _ variable: Int) {
            let constant = reference.flux(variable, direction: direction, directions: directions)
            (value - V(constant)).store(at: flux + variable * fluxStride)
        }
        var energy = solution.energy
        for row in 3..<max(3, directions + 2) {
            let carriedLeft = V(at: rows.left + row * rows.width + at)
            let carriedRight = V(at: rows.right + row * rows.width + at)
            let momentumLeft = solution.fromLeft * carriedLeft
            let momentumRight = solution.fromRight * carriedRight
            store(momentumLeft + momentumRight, variables.momentum(rows.transverse(row)))
            energy = energy + (momentumLeft * carriedLeft + momentumRight * carriedRight) * V(0.5)
        }
        store(solution.fromLeft + solution.fromRight, variables.density)
        store(solution.momentum, variables.momentum(direction))
        store(energy, variables.energy)
        return V.or(left.isCell, right.isCell)
    }

    /// One side of a vector of faces, and where it is the state of the cell.
    @inline(__always) private static func side(
        _ row: UnsafePointer<Scalar>, _ cell: UnsafePointer<Scalar>, _ stride: Int, _ rows: SideRows<Scalar>,
        _ fluid: Gas
    ) -> (state: SideState<V>, isCell: V.Mask) {
        let density = V(at: row)
        let pressure = V(at: row + 2 * rows.width)
        let least = V.smaller(density, fluid.reserve(pressure: pressure))
        let isBad = V.less(least, V(Scalar.negligible))
        let choose = { (number: Int, value: V) in
            V.choose(isBad, V(at: cell + rows.variable(number) * stride) + V(rows.mean(number)), value)
        }
        let state = SideState(
            choose(0, density), choose(1, V(at: row + rows.width)), choose(2, pressure), fluid)
        return (state, isBad)
    }
}
