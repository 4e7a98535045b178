import Flow
import Fluids
import Geometry
import Numerics

/// Turns states into channels on the output grid.
struct SampleChannels {
    let flowCase: FlowCase
    let grid: SampleGrid
    let resampler: ConservativeResampler
    let signedDistance: [Float]

    init(_ flowCase: FlowCase, cells: [Int], isSolid: [Bool]) {
        let domain = flowCase.domain
        self.flowCase = flowCase
        grid = SampleGrid(cells: cells, lower: domain.lower, upper: domain.upper)
        resampler = ConservativeResampler(from: domain.cells, to: cells, isSolid: isSolid)
        signedDistance = Self.distances(flowCase, on: grid)
    }

    /// Output channels of a state on the case's grid, one after the other. Throws ``SampleProblem`` where a name is
    /// unknown or a value is not finite.
    func outputs(_ names: [String], of state: ConservedState) throws -> [Float] {
        let coarse = resampler.resample(state)
        let mask = resampler.mask
        return try names.flatMap { name in
            let values = try field(name, of: coarse, mask)
            return try mask.indices.map { cell in
                guard mask[cell] == 1 else { return Float(0) }
                let value = Float(values[cell])
                guard value.isFinite else {
                    throw SampleProblem("\(name) is not finite in output cell \(cell)", isDivergence: true)
                }
                return value
            }
        }
    }

    /// Input channels, one after the other. Throws ``SampleProblem`` where a name is unknown.
    func inputs(
        _ names: [String], constants: [String: Double], initial: () -> ConservedState
    ) throws -> [Float] {
        try names.flatMap { name -> [Float] in
            switch name {
            case "sdf": return signedDistance
            case "mask": return resampler.mask.map { Float($0) }
            case "x", "y", "z": return try coordinates(name)
            default: break
            }
            if let value = constants[name] { return Array(repeating: Float(value), count: grid.count) }
            guard name.hasPrefix("initial_") else { throw unknown(name) }
            return try outputs([String(name.dropFirst("initial_".count))], of: initial())
        }
    }

    private func coordinates(_ name: String) throws -> [Float] {
        guard let axis = ["x", "y", "z"].firstIndex(of: name), axis < grid.rank else { throw unknown(name) }
        return (0..<grid.count).map { Float(grid.center($0)[axis]) }
    }

    private func field(_ name: String, of state: ConservedState, _ mask: [UInt8]) throws -> [Double] {
        guard let quantity = QuantityRegistry.named(name, rank: grid.rank) else { throw unknown(name) }
        let law = flowCase.gas.law
        let isFluid: ((Int) -> Bool)? = flowCase.bodies.isEmpty ? nil : { mask[$0] == 1 }
        return quantity.values(on: flowCase.quantityGrid(cells: grid.cells), law: law, isFluid: isFluid) {
            row, target in
            for variable in 0..<state.variables {
                let start = variable * state.cells + row * target.cells
                for cell in 0..<target.cells { target.variable(variable)[cell] = state.values[start + cell] }
            }
            target.makePrimitive(law)
        }
    }

    private func unknown(_ name: String) -> SampleProblem {
        SampleProblem(
            "there is no channel \"\(name)\"; inputs are \(ChannelNames.inputs(rank: grid.rank).joined(separator: ", ")) "
                + "and the campaign's parameters, outputs are "
                + ChannelNames.outputs(rank: grid.rank).joined(separator: ", "))
    }

    /// The union's distance at the centres of the output cells, from the shapes themselves.
    private static func distances(_ flowCase: FlowCase, on grid: SampleGrid) -> [Float] {
        let diagonal = (0..<grid.rank).reduce(0.0) {
            $0 + (grid.upper[$1] - grid.lower[$1]) * (grid.upper[$1] - grid.lower[$1])
        }.squareRoot()
        var result = [Float](repeating: Float(diagonal), count: grid.count)
        for body in flowCase.bodies {
            let values = ShapeSampler.sample(body.shape, on: grid, workers: Workers(count: 1)).values
            for cell in result.indices { result[cell] = min(result[cell], values[cell]) }
        }
        return result
    }
}
