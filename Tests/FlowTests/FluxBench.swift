import Flow
import Fluids
import Numerics

/// One face of a flux with its six cells, in full values: density, velocities, pressure.
struct FluxBench<F: Fluid> {
    typealias Scalar = F.Scalar
    let rank: Int
    let fluid: F
    let law: FluidLaw
    let kernel: FluxKernel<Scalar>
    private let mean: [Double]

    /// - Parameter flow: The velocity of the reference state, per direction.
    init(_ rank: Int, _ options: NumericsOptions, _ fluid: F, _ law: FluidLaw, flow: Double = 0.2) {
        self.rank = rank
        self.fluid = fluid
        self.law = law
        let velocity: [Double] = [flow, flow / 2, 0]
        mean = [0.9] + velocity.prefix(rank) + [1.2]
        let reference = ReferenceState<Scalar>(
            conserved: law.conserved(primitive: mean), pressure: mean[rank + 1])
        kernel = FluxRegistry.kernel(
            options,
            FluxContext(
                variables: CellVariables(directions: rank, viscous: false), fluid: fluid,
                reference: reference, order: options.order))
    }

    var tolerance: Double { Scalar(1).ulp.double * 100 }

    /// F(q) of a state along a direction.
    func physicalFlux(_ state: [Double], direction: Int) -> [Double] {
        let normal = state[1 + direction]
        var result = law.conserved(primitive: state).map { $0 * normal }
        result[1 + direction] += state[rank + 1]
        result[rank + 1] += state[rank + 1] * normal
        return result
    }

    func soundSpeed(_ state: [Double]) -> Double {
        law.soundSpeed(pressure: state[rank + 1], density: state[0])
    }

    /// The full flux (reference flux added back) of a face between cells 2 and 3, as the last of many faces.
    func flux(
        cells: [[Double]], direction: Int, reach: Double = 0
    ) -> (flux: [Double], fallbacks: Int, count: Int) {
        let names = CellVariables(directions: rank, viscous: false)
        // More than the fluxes keep in scratch at once, and no whole number of vectors.
        let count = 101
        let width = 128
        var memory = [Scalar](repeating: 0, count: 6 * names.count * width)
        for (k, state) in cells.enumerated() {
            func put(_ variable: Int, _ value: Double) {
                for lane in 0..<width {
                    memory[(k * names.count + variable) * width + lane] = Scalar(double: value)
                }
            }
            let deviations = zip(law.conserved(primitive: state), law.conserved(primitive: mean)).map(-)
            for (variable, value) in deviations.enumerated() { put(variable, value) }
            for component in 0..<rank {
                put(names.velocity(component), state[1 + component] - mean[1 + component])
            }
            put(names.totalPressure, state[rank + 1] - mean[rank + 1])
            put(names.soundSpeed, soundSpeed(state))
        }
        var result = [Scalar](repeating: 0, count: (rank + 2) * width)
        var fallbacks = 0
        memory.withUnsafeBufferPointer { cells in
            guard let start = cells.baseAddress else { return }
            let stencil = FaceStencil(
                across: { start + ($0 + 3) * names.count * width }, variableStride: width)
            fallbacks =
                kernel.faces(
                    stencil, direction: direction, count: count, reach: Scalar(double: reach), flux: &result,
                    fluxStride: width
                ).fallbacks
        }
        let physical = physicalFlux(mean, direction: direction)
        let full = (0..<rank + 2).map { result[$0 * width + count - 1].double + physical[$0] }
        return (full, fallbacks, count)
    }
}

/// Every fluid in both precisions; a test calls what it does with each.
protocol FluidVisitor {
    func visit<F: Fluid>(_ fluid: F, _ law: FluidLaw) throws
}

extension FluidVisitor {
    /// - Returns: the names of the kinds of fluids that were visited.
    @discardableResult func visitAll() throws -> [String] {
        let ideal = IdealGas(heatRatio: 1.4)
        let liquid = StiffenedGas(heatRatio: 4.4, stiffness: 2.0)
        try visit(ideal, FluidLaw(ideal))
        try visit(IdealGas<Float>(ideal), FluidLaw(ideal))
        try visit(liquid, FluidLaw(liquid))
        try visit(StiffenedGas<Float>(liquid), FluidLaw(liquid))
        return ["ideal", "stiffened"]
    }
}
