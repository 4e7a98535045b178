import Flow
import Fluids
import Foundation
import Testing

/// The viscous terms against spectral derivatives of a smooth periodic field:
///
///     ∂_t(ρu_i) = ∂_j τ_ij,   ∂_t E = ∂_j(u_i τ_ij + k ∂_j T),   τ_ij = μ(∂_i u_j + ∂_j u_i − ⅔ δ_ij ∇·u).
@Suite("Viscous terms") struct ViscousTermTests {
    typealias Law = ViscosityLaw.Name

    private static func text(_ law: Law) -> String {
        switch law {
        case .inviscid: "0.0"
        case .constant: "0.02"
        case .sutherland: "{ law = \"sutherland\", viscosity = 0.02, temperature = 1.1, constant = 0.4 }"
        }
    }

    fileprivate static func viscosity(_ law: Law, _ temperature: Double) -> Double {
        switch law {
        case .inviscid: 0
        case .constant: 0.02
        case .sutherland: 0.02 * pow(temperature / 1.1, 1.5) * (1.1 + 0.4) / (temperature + 0.4)
        }
    }

    @Test("the error falls with the square of the cell size", arguments: Law.allCases) func order(_ law: Law)
        throws
    {
        // Without viscosity both runs are the same.
        guard law != .inviscid else { return }
        for rank in 1...3 {
            let coarse = try errors(law, rank, cells: 12)
            let fine = try errors(law, rank, cells: 24)
            for (variable, pair) in zip(coarse, fine).enumerated() {
                #expect(pair.0 / pair.1 > 3.4, "\(law) rank \(rank) variable \(variable): \(pair)")
            }
        }
    }

    /// The largest error of the rate of each momentum and the energy, relative to the largest rate.
    private func errors(_ law: Law, _ rank: Int, cells: Int) throws -> [Double] {
        let step = 1e-5
        let rates = try [Self.text(law), "0.0"].map { viscosity in
            let run = try Computation(text(viscosity, rank, cells, step))
            let before = run.fields
            try run.run(steps: 1)
            return zip(run.fields, before).map { after, before in zip(after, before).map { ($0 - $1) / step }
            }
        }
        let field = SpectralField(try Computation(text("0.0", rank, cells, step)), law)
        return (1...rank + 1).map { variable in
            let exact = variable <= rank ? field.momentumRate(variable - 1) : field.energyRate
            let scale = exact.map(abs).max() ?? 1
            return zip(zip(rates[0][variable], rates[1][variable]), exact).map { abs($0.0 - $0.1 - $1) }
                .max()! / scale
        }
    }

    private func text(_ viscosity: String, _ rank: Int, _ cells: Int, _ step: Double) -> String {
        let list = { (text: String) in Array(repeating: text, count: rank).joined(separator: ", ") }
        let phase = ["x", "x + y", "x + y - z"][rank - 1]
        let velocity = ["0.5*sin(\(phase) + 0.3)", "0.4*cos(\(phase))", "0.3*sin(\(phase)) + 0.2*cos(y)"]
            .prefix(rank)
        return """
            [gas]
            viscosity = \(viscosity)
            gas_constant = 0.8
            prandtl = 0.6
            [domain]
            cells = [\(list("\(cells)"))]
            lower = [\(list("0.0"))]
            upper = [\(list("6.283185307179586"))]
            [boundaries]
            \(["x", "y", "z"].prefix(rank).map { "\($0) = \"periodic\"" }.joined(separator: "\n"))
            [initial]
            density = "1 + 0.2*sin(\(phase))"
            velocity = [\(velocity.map { "\"\($0)\"" }.joined(separator: ", "))]
            pressure = "2 + 0.3*cos(x)"
            [numerics]
            storage = "float64"
            scheme = "weno-hllc"
            integrator = "euler"
            time_step = \(step)
            [time]
            end = 1.0
            """
    }
}

/// A periodic field over (0, 2π) along each axis with derivatives by the differentiation matrix of Fourier's series.
private struct SpectralField {
    private let cells: Int
    private let rank: Int
    private let velocity: [[Double]]
    private let temperature: [Double]
    private let viscosity: [Double]
    private let conductivity: Double

    init(_ run: Computation, _ law: ViscousTermTests.Law) {
        let fields = run.fields
        let rank = run.flowCase.domain.rank
        let velocity = (0..<rank).map { axis in zip(fields[1 + axis], fields[0]).map { $0 / $1 } }
        let temperature = fields[0].indices.map { cell in
            let kinetic = velocity.reduce(0.0) { $0 + $1[cell] * $1[cell] } * fields[0][cell] / 2
            return 0.4 * (fields[rank + 1][cell] - kinetic) / (fields[0][cell] * 0.8)
        }
        cells = run.flowCase.domain.cells[0]
        self.rank = rank
        self.velocity = velocity
        self.temperature = temperature
        viscosity = temperature.map { ViscousTermTests.viscosity(law, $0) }
        // cp/Pr = γR/((γ − 1) Pr)
        conductivity = 1.4 * 0.8 / (0.4 * 0.6)
    }

    /// D_jk = ½ (−1)^{j−k} cot((j − k)h/2) (Trefethen 2000, doi:10.1137/1.9780898719598).
    private func derivative(_ values: [Double], _ axis: Int) -> [Double] {
        let stride = (0..<axis).reduce(1) { product, _ in product * cells }
        return values.indices.map { index in
            let place = index / stride % cells
            return (0..<cells).reduce(0.0) { sum, other in
                guard other != place else { return sum }
                let angle = Double(place - other) * .pi / Double(cells)
                let sign = (place - other).isMultiple(of: 2) ? 0.5 : -0.5
                return sum + sign / tan(angle) * values[index + (other - place) * stride]
            }
        }
    }

    private func stress(_ i: Int, _ j: Int) -> [Double] {
        let (first, second) = (derivative(velocity[j], i), derivative(velocity[i], j))
        var divergence = [Double](repeating: 0, count: first.count)
        if i == j {
            for axis in 0..<rank { divergence = zip(divergence, derivative(velocity[axis], axis)).map(+) }
        }
        return first.indices.map { viscosity[$0] * (first[$0] + second[$0] - 2.0 / 3 * divergence[$0]) }
    }

    private func divergence(_ flux: (Int) -> [Double]) -> [Double] {
        (0..<rank).map { derivative(flux($0), $0) }.reduce([Double](repeating: 0, count: temperature.count)) {
            zip($0, $1).map(+)
        }
    }

    func momentumRate(_ component: Int) -> [Double] { divergence { stress(component, $0) } }

    var energyRate: [Double] {
        divergence { axis in
            let gradient = derivative(temperature, axis)
            var flux = gradient.indices.map { viscosity[$0] * conductivity * gradient[$0] }
            for component in 0..<rank {
                let stress = stress(component, axis)
                for cell in flux.indices { flux[cell] += velocity[component][cell] * stress[cell] }
            }
            return flux
        }
    }
}
