import Flow
import Numerics
import Testing

/// Every numerical flux passes the same tests, in every number of dimensions and both precisions. One row a
/// flux.
@Suite("Numerical fluxes") struct FluxConformanceTests {
    @Test("equal cells give the physical flux") func consistency() {
        for rank in 1...3 {
            for direction in 0..<rank {
                check(rank, direction) { FluxBench($0, IGRFlux<Double>.self, order: 5) }
                check(rank, direction) { FluxBench($0, IGRFlux<Double>.self, order: 3) }
                check(rank, direction) { FluxBench($0, IGRFlux<Double>.self, order: 1) }
                check(rank, direction) { FluxBench($0, WENOHLLCFlux<Double>.self, order: 5) }
                check(rank, direction) { FluxBench($0, IGRFlux<Float>.self, order: 5) }
                check(rank, direction) { FluxBench($0, WENOHLLCFlux<Float>.self, order: 5) }
            }
        }
    }

    private func check<Flux: FaceFlux>(_ rank: Int, _ direction: Int, _ make: (Int) -> FluxBench<Flux>) {
        let bench = make(rank)
        let states = [[1.3, 0.4, -0.7, 0.2, 2.1], [0.2, -3, 1, 0.5, 0.3], [4, 0, 0, 0, 10]]
        for full in states {
            let state = [full[0]] + full[1..<1 + rank] + [full[4]]
            let found = bench.flux(cells: Array(repeating: state, count: 6), direction: direction)
            let expected = bench.physicalFlux(state, direction: direction)
            for (a, b) in zip(found, expected) {
                #expect(abs(a - b) <= bench.tolerance * (1 + abs(b)), "\(Flux.self) \(rank) \(direction)")
            }
        }
    }

    @Test("a mirrored stencil gives the mirrored flux") func mirror() {
        for rank in 1...3 {
            mirror(FluxBench(rank, IGRFlux<Double>.self, order: 5))
            mirror(FluxBench(rank, WENOHLLCFlux<Double>.self, order: 5))
        }
    }

    private func mirror<Flux: FaceFlux>(_ bench: FluxBench<Flux>) {
        let rank = bench.rank
        let cells = (0..<6).map { k -> [Double] in
            let place = Double(k)
            let velocity = (0..<rank).map { 0.3 * Double($0 + 1) - 0.05 * place }
            return [1 + 0.1 * place] + velocity + [1 + 0.2 * place * place]
        }
        for direction in 0..<rank {
            let mirrored = cells.reversed().map { state -> [Double] in
                var state = state
                state[1 + direction] *= -1
                return state
            }
            let found = bench.flux(cells: cells, direction: direction)
            let reflected = bench.flux(cells: Array(mirrored), direction: direction)
            for index in 0..<rank + 2 {
                let sign = index == 1 + direction ? 1.0 : -1.0
                #expect(abs(found[index] - sign * reflected[index]) < 1e-12 * (1 + abs(found[index])))
            }
        }
    }

    @Test("velocity and pressure stay constant across a jump in density") func contact() {
        let bench = FluxBench(1, IGRFlux<Double>.self, order: 5)
        let cells = (0..<6).map { [$0 < 3 ? 1.0 : 0.2, 0.6, 1.5] }
        let flux = bench.flux(cells: cells, direction: 0)
        // Momentum flux − p = u × mass flux.
        #expect(abs(flux[1] - 1.5 - 0.6 * flux[0]) < 1e-13)
    }
}

/// One face of a flux with its six cells, in full values.
struct FluxBench<Flux: FaceFlux> {
    typealias Scalar = Flux.Scalar
    let rank: Int
    let gamma = 1.4
    let flux: Flux
    let reference: ReferenceState<Scalar>

    init(_ rank: Int, _: Flux.Type, order: Int) {
        self.rank = rank
        reference = ReferenceState(
            conserved: [0.9] + (0..<rank).map { 0.2 - 0.1 * Double($0) } + [3.0], gamma: 1.4)
        flux = Flux(
            FluxContext(
                variables: CellVariables(directions: rank, viscous: false), gamma: Scalar(double: 1.4),
                reference: reference, order: order))
    }

    var tolerance: Double { Scalar(1).ulp.double * 100 }

    /// Density, velocity, pressure → conserved.
    func conserved(_ state: [Double]) -> [Double] {
        let velocity = state[1...rank]
        let kinetic = velocity.reduce(0) { $0 + $1 * $1 } * state[0] / 2
        return [state[0]] + velocity.map { $0 * state[0] } + [state[rank + 1] / (gamma - 1) + kinetic]
    }

    func physicalFlux(_ state: [Double], direction: Int) -> [Double] {
        let normal = state[1 + direction]
        var result = conserved(state).map { $0 * normal }
        result[1 + direction] += state[rank + 1]
        result[rank + 1] += state[rank + 1] * normal
        return result
    }

    /// The full flux (reference flux added back) of a face between cells 2 and 3.
    func flux(cells: [[Double]], direction: Int) -> [Double] {
        let names = CellVariables(directions: rank, viscous: false)
        let width = 64
        var memory = [Scalar](repeating: 0, count: 6 * names.count * width)
        let base = referencePrimitive
        for (k, state) in cells.enumerated() {
            let deviations = zip(conserved(state), referenceConserved).map { $0 - $1 }
            func put(_ variable: Int, _ value: Double) {
                for lane in 0..<width {
                    memory[(k * names.count + variable) * width + lane] = Scalar(double: value)
                }
            }
            for (variable, value) in deviations.enumerated() { put(variable, value) }
            for component in 0..<rank {
                put(names.velocity(component), state[1 + component] - base[1 + component])
            }
            put(names.totalPressure, state[rank + 1] - base[rank + 1])
            put(names.soundSpeed, (gamma * state[rank + 1] / state[0]).squareRoot())
        }
        var result = [Scalar](repeating: 0, count: (rank + 2) * width)
        memory.withUnsafeBufferPointer { cells in
            guard let start = cells.baseAddress else { return }
            let stencil = FaceStencil(
                across: { start + ($0 + 3) * names.count * width }, variableStride: width)
            _ = flux.faces(
                stencil, direction: direction, count: 5, reach: 0, flux: &result, fluxStride: width)
        }
        let physical = physicalFlux(referencePrimitive, direction: direction)
        return (0..<rank + 2).map { result[$0 * width].double + physical[$0] }
    }

    private var referenceConserved: [Double] {
        [reference.density.double] + (0..<rank).map { reference.momentum[$0].double } + [
            reference.energy.double
        ]
    }

    private var referencePrimitive: [Double] {
        [reference.density.double] + (0..<rank).map { reference.velocity[$0].double } + [
            reference.pressure.double
        ]
    }
}
