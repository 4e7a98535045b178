import Fluids
import Foundation

/// What the governing equations leave over in a predicted field: M3. Derivatives are central differences over the true
/// cell sizes, taken where the cell and all its neighbours hold fluid.
public enum EquationResidual: Sendable {
    /// Steady compressible flow of a fluid: divergences of the fluxes of mass, momentum and energy, each over the scale of
    /// its own flux per cell, ρ̄ c̄, ρ̄ c̄² and ρ̄ c̄³.
    case compressible(FluidModel)
    /// Steady incompressible flow with viscosity 1/Re: continuity and momentum.
    case incompressible(reynolds: Double)

    /// The mean squared residual of a field; nil where its channels do not hold what the equations need, or no cell has
    /// all its neighbours.
    ///
    /// - Parameter variant: `published` leaves out viscous terms, and takes the mean over all cells of the grid.
    public func meanSquare(_ sample: ScoredSample, _ field: [Float], _ variant: UnifiedScore.Variant)
        -> Double?
    {
        guard let stencil = Stencil(sample), !stencil.cells.isEmpty else { return nil }
        let sums: (Double, Int)?
        switch self {
        case .compressible(let fluid): sums = Self.compressible(sample, field, stencil, fluid.law)
        case .incompressible(let reynolds):
            sums = Self.incompressible(
                sample, field, stencil, viscosity: variant == .exact ? 1 / reynolds : 0)
        }
        return sums.map { $0.0 / Double(variant == .exact ? $0.1 : sample.count) }
    }

    private static func compressible(
        _ sample: ScoredSample, _ field: [Float], _ stencil: Stencil, _ law: FluidLaw
    ) -> (Double, Int)? {
        let rank = sample.cells.count
        guard let density = values(sample, field, ["density"]),
            let pressure = values(sample, field, ["pressure", "p"])
        else { return nil }
        let velocity = ["x", "y", "z"].prefix(rank).compactMap { values(sample, field, ["velocity_\($0)"]) }
        guard velocity.count == rank else { return nil }
        let meanDensity = mean(sample, density), meanPressure = mean(sample, pressure)
        let sound = max(1e-150, law.soundSpeed(pressure: meanPressure, density: max(meanDensity, 1e-300)))
        let enthalpy = zip(pressure, density).map { law.enthalpy(pressure: $0, density: $1) }
        let width = sample.spacing.min() ?? 1
        var sum = 0.0
        for cell in stencil.cells {
            var residual = [Double](repeating: 0, count: rank + 2)
            for axis in 0..<rank {
                for side in [-1, 1] {
                    let other = cell + side * stencil.strides[axis]
                    let weight = Double(side) / (2 * sample.spacing[axis])
                    let flow = density[other] * velocity[axis][other]
                    var kinetic = 0.0
                    for component in 0..<rank {
                        residual[1 + component] += weight * flow * velocity[component][other]
                        kinetic += velocity[component][other] * velocity[component][other]
                    }
                    residual[0] += weight * flow
                    residual[1 + axis] += weight * pressure[other]
                    residual[rank + 1] += weight * flow * (enthalpy[other] + kinetic / 2)
                }
            }
            // Per cell: the imbalance of a cell's faces over a flux.
            let scale = meanDensity * sound / width
            sum += square(residual[0] / scale)
            for axis in 0..<rank { sum += square(residual[1 + axis] / (scale * sound)) }
            sum += square(residual[rank + 1] / (scale * sound * sound))
        }
        return (sum / Double(rank + 2), stencil.cells.count)
    }

    private static func incompressible(
        _ sample: ScoredSample, _ field: [Float], _ stencil: Stencil, viscosity: Double
    ) -> (Double, Int)? {
        let rank = sample.cells.count
        let names = [["u", "velocity_x"], ["v", "velocity_y"], ["w", "velocity_z"]]
        let velocity = names.prefix(rank).compactMap { values(sample, field, $0) }
        guard velocity.count == rank, let pressure = values(sample, field, ["p", "pressure"]) else {
            return nil
        }
        var sum = 0.0
        for cell in stencil.cells {
            var divergence = 0.0
            var momentum = [Double](repeating: 0, count: rank)
            for axis in 0..<rank {
                let (lower, upper) = (cell - stencil.strides[axis], cell + stencil.strides[axis])
                let half = 1 / (2 * sample.spacing[axis])
                divergence += (velocity[axis][upper] - velocity[axis][lower]) * half
                momentum[axis] += (pressure[upper] - pressure[lower]) * half
                for component in 0..<rank {
                    let field = velocity[component]
                    momentum[component] += velocity[axis][cell] * (field[upper] - field[lower]) * half
                    momentum[component] -=
                        viscosity * (field[upper] - 2 * field[cell] + field[lower])
                        / (sample.spacing[axis] * sample.spacing[axis])
                }
            }
            sum += square(divergence) + momentum.reduce(0) { $0 + square($1) }
        }
        return (sum / Double(rank + 1), stencil.cells.count)
    }

    private static func square(_ value: Double) -> Double { value * value }

    private static func values(_ sample: ScoredSample, _ field: [Float], _ names: [String]) -> [Double]? {
        guard let channel = sample.channels.firstIndex(where: names.contains) else { return nil }
        return sample.values(field, channel).map { Double($0) }
    }

    private static func mean(_ sample: ScoredSample, _ values: [Double]) -> Double {
        let fluid = values.indices.filter(sample.isFluid)
        return fluid.reduce(0) { $0 + values[$1] } / Double(max(1, fluid.count))
    }
}

/// The cells that hold fluid and have fluid on both sides along every axis.
private struct Stencil {
    let cells: [Int]
    let strides: [Int]

    init?(_ sample: ScoredSample) {
        guard !sample.cells.isEmpty, sample.spacing.count == sample.cells.count else { return nil }
        var strides: [Int] = []
        var stride = 1
        for extent in sample.cells {
            strides.append(stride)
            stride *= extent
        }
        self.strides = strides
        cells = (0..<sample.count).filter { cell in
            guard sample.isFluid(cell) else { return false }
            return zip(sample.cells, strides).allSatisfy { extent, stride in
                let place = cell / stride % extent
                return place > 0 && place < extent - 1 && sample.isFluid(cell - stride)
                    && sample.isFluid(cell + stride)
            }
        }
    }
}
