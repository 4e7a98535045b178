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
    ) -> Int {
        let capacity = SideRows<Scalar>.capacity
        return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: capacity) { left in
            withUnsafeTemporaryAllocation(of: Scalar.self, capacity: capacity) { right in
                guard let left = left.baseAddress, let right = right.baseAddress else { return 0 }
                let rows = SideRows(
                    left: left, right: right, variables: context.variables, reference: context.reference,
                    direction: direction)
                return loop(stencil, direction, count, reach, rows, flux, fluxStride)
            }
        }
    }

    @inline(__always) private func loop(
        _ stencil: FaceStencil<Scalar>, _ direction: Int, _ count: Int, _ reach: Scalar,
        _ rows: SideRows<Scalar>, _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) -> Int {
        let directions = context.variables.directions
        let limits = PositivityLimit(
            fluid: context.fluid, reference: context.reference, direction: direction,
            directions: directions, reach: reach)
        let firstOrder = FirstOrderFlux(
            reference: context.reference, direction: direction, directions: directions)
        var fallbacks = 0
        for first in stride(from: 0, to: count, by: rows.width) {
            let part = min(rows.width, count - first)
            states.fill(stencil, first, part, rows)
            for at in stride(from: 0, to: part, by: V.count) {
                let face = first + at
                let replaced = solve(stencil, face, rows, at, direction, flux + face, fluxStride)
                let negative = limits.violated(stencil, face, flux + face, fluxStride)
                if V.any(negative) {
                    firstOrder.replace(where: negative, stencil, face, flux + face, fluxStride)
                }
                let troubled = V.or(replaced, negative)
                if V.any(troubled) { fallbacks += V.count(troubled, first: part - at) }
            }
        }
        return fallbacks
    }

    /// Writes the flux of a vector of faces and tells where a side took the state of its cell.
    @inline(__always) private func solve(
        _ stencil: FaceStencil<Scalar>, _ face: Int, _ rows: SideRows<Scalar>, _ at: Int, _ direction: Int,
        _ flux: UnsafeMutablePointer<Scalar>, _ fluxStride: Int
    ) -> V.Mask {
        let left = side(rows.left + at, stencil.cell2 + face, stencil.variableStride, rows)
        let right = side(rows.right + at, stencil.cell3 + face, stencil.variableStride, rows)
        let solution = Solver.solve(left.state, right.state)

        let directions = context.variables.directions
        func store(_ value: V, _ variable: Int) {
            let constant = context.reference.flux(variable, direction: direction, directions: directions)
            (value - V(constant)).store(at: flux + variable * fluxStride)
        }
        var energy = solution.energy
        for row in 3..<max(3, rows.count) {
            let carriedLeft = V(at: rows.left + row * rows.width + at)
            let carriedRight = V(at: rows.right + row * rows.width + at)
            let momentumLeft = solution.fromLeft * carriedLeft
            let momentumRight = solution.fromRight * carriedRight
            store(momentumLeft + momentumRight, context.variables.momentum(rows.transverse(row)))
            energy = energy + (momentumLeft * carriedLeft + momentumRight * carriedRight) * V(0.5)
        }
        store(solution.fromLeft + solution.fromRight, context.variables.density)
        store(solution.momentum, context.variables.momentum(direction))
        store(energy, context.variables.energy)
        return V.or(left.isCell, right.isCell)
    }

    /// One side of a vector of faces, and where it is the state of the cell.
    @inline(__always) private func side(
        _ row: UnsafePointer<Scalar>, _ cell: UnsafePointer<Scalar>, _ stride: Int, _ rows: SideRows<Scalar>
    ) -> (state: SideState<V>, isCell: V.Mask) {
        let density = V(at: row)
        let pressure = V(at: row + 2 * rows.width)
        let least = V.smaller(density, context.fluid.reserve(pressure: pressure))
        let isBad = V.less(least, V(Scalar.negligible))
        let choose = { (number: Int, value: V) in
            V.choose(isBad, V(at: cell + rows.variable(number) * stride) + V(rows.mean(number)), value)
        }
        let state = SideState(
            choose(0, density), choose(1, V(at: row + rows.width)), choose(2, pressure), context.fluid)
        return (state, isBad)
    }
}
