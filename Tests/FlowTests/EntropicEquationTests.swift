import Flow
import Foundation
import Testing

/// Σ against a dense solve of its equation,
///
///     Σ/ρ − α ∇·((1/ρ)∇Σ) = S,
///
/// on small anisotropic grids, with every source, both elliptic solvers, and velocities beyond faces as the boundary
/// conditions of the flow make them.
@Suite("Entropic pressure") struct EntropicEquationTests {
    /// Conditions of all axes, and what they make of a velocity beyond the lower or upper face of an axis.
    enum Faces: String, CaseIterable {
        case periodic, slipWalls, movingLid, inflowProfile, patch, outflow

        func text(rank: Int) -> String {
            let axes = ["x", "y", "z"].prefix(rank)
            let rest = Array(repeating: "0.0", count: rank - 1).map { ", " + $0 }.joined()
            return axes.enumerated().map { axis, name in
                // The special condition is on the last axis: along which planes are cut.
                let isLast = axis == rank - 1
                return "\(name) = " + (isLast ? special(rest) : "\"periodic\"")
            }.joined(separator: "\n")
        }

        private func special(_ rest: String) -> String {
            switch self {
            case .periodic: "\"periodic\""
            case .slipWalls: "\"wall\""
            case .movingLid: "{ lower = \"wall\", upper = { kind = \"no-slip\", velocity = [0.7\(rest)] } }"
            case .inflowProfile:
                "{ lower = { kind = \"inflow\", density = 1.1, velocity = [\"0.3 + 0.2*x\"\(rest)], pressure = 1.0 }, "
                    + "upper = \"outflow\" }"
            case .patch:
                "{ lower = { kind = \"wall\", patches = [ { where = \"x > 0.5\", kind = \"outflow\" } ] }, "
                    + "upper = \"wall\" }"
            case .outflow: "\"outflow\""
            }
        }

        /// The velocity of a cell beyond a face of the last axis from its mirror cell and the one at the face.
        func beyond(_ mirror: [Double], nearest: [Double], isLower: Bool, x: Double) -> [Double] {
            var mirrored = mirror
            mirrored[mirror.count - 1] *= -1
            switch (self, isLower) {
            case (.movingLid, false):
                return mirror.enumerated().map { $0 == 0 ? 1.4 - $1 : -$1 }
            case (.inflowProfile, true):
                return mirror.indices.map { $0 == 0 ? 0.3 + 0.2 * (mirror.count == 1 ? 0 : x) : 0 }
            case (.patch, true) where x > 0.5 && mirror.count > 1: return nearest
            case (.inflowProfile, false), (.outflow, _): return nearest
            default: return mirrored
            }
        }
    }

    @Test("relaxation ends at the solution of the equation", arguments: Faces.allCases, SourceKind.allCases)
    func solution(_ faces: Faces, _ source: SourceKind) throws {
        for rank in 1...3 {
            for solver in EllipticSolver.allCases {
                let run = try Computation(
                    text(
                        faces, rank: rank,
                        numerics: "source = \"\(source)\"\nelliptic = \"\(solver.rawValue)\""))
                _ = try run.solver.stableTimeStep()
                let fields = run.fields
                let expected = DenseEquation(run.flowCase, fields, faces, source).solution
                let scale = expected.map(abs).max() ?? 0
                #expect(scale > 1e-4)
                for (found, exact) in zip(fields[rank + 2], expected) {
                    #expect(abs(found - exact) < 5e-8 * scale, "\(faces) \(source) \(solver) \(rank)")
                }
            }
        }
    }

    private func text(_ faces: Faces, rank: Int, numerics: String) -> String {
        let cells = ["[9]", "[8, 7]", "[6, 6, 7]"][rank - 1]
        let upper = ["[1.0]", "[1.0, 0.6]", "[1.0, 0.7, 0.5]"][rank - 1]
        let last = ["x", "y", "z"][rank - 1]
        let velocity = (0..<rank).map { component in
            component == rank - 1
                ? "\"0.6*cos(5*\(last)) + 0.3*sin(2*pi*x)\"" : "\"0.4*sin(2*pi*x + 3*\(last))\""
        }
        return """
            [domain]
            cells = \(cells)
            lower = [\(Array(repeating: "0.0", count: rank).joined(separator: ", "))]
            upper = \(upper)
            [boundaries]
            \(faces.text(rank: rank))
            [initial]
            density = "1 + 0.4*sin(2*pi*x)"
            velocity = [\(velocity.joined(separator: ", "))]
            pressure = 30.0
            [numerics]
            storage = "float64"
            initial_sweeps = 2000
            alpha = 1.5
            \(numerics)
            [time]
            end = 1.0
            """
    }

    @Test("without sweeps there is no Σ and no crash") func noSweeps() throws {
        let run = try Computation(text(.periodic, rank: 2, numerics: "sweeps = 0"))
        try run.run(steps: 2)
        #expect(run.fields[4].allSatisfy { $0 == 0 })
    }

    @Test("many sweeps in several passes are as good as the exact solution") func manySweeps() throws {
        let run = try Computation(
            text(.slipWalls, rank: 2, numerics: "sweeps = 37").replacing("2000", with: "0"))
        try run.run(steps: 40)
        _ = try run.solver.stableTimeStep()
        #expect(run.fields[4].allSatisfy { $0.isFinite })
    }

    @Test("a stream that leaves through a patch over a whole wall stays uniform") func patchOverWall() throws
    {
        let run = try Computation(
            """
            [domain]
            cells = [40, 20]
            lower = [0.0, 0.0]
            upper = [2.0, 1.0]
            [boundaries]
            y = "periodic"
            [boundaries.x]
            lower = "outflow"
            upper = { kind = "wall", patches = [ { where = "y > -1", kind = "outflow" } ] }
            [initial]
            density = 1.0
            velocity = [2.0, 0.0]
            pressure = 1.0
            [numerics]
            storage = "float64"
            [time]
            end = 0.3
            """)
        try run.run()
        for (field, exact) in zip(run.fields, [1, 2, 0, 4.5, 0]) {
            #expect(field.allSatisfy { $0 == exact })
        }
    }
}

/// The equation of a case as a matrix over all cells, from the conserved fields.
private struct DenseEquation {
    private let cells: [Int]
    private let spacing: [Double]
    private let velocity: [[Double]]
    private let density: [Double]
    private let alpha: Double
    private let faces: EntropicEquationTests.Faces
    private let source: SourceKind
    private var rank: Int { cells.count }

    init(
        _ flowCase: FlowCase, _ fields: [[Double]], _ faces: EntropicEquationTests.Faces, _ source: SourceKind
    ) {
        cells = flowCase.domain.cells
        spacing = zip(flowCase.domain.upper, cells).map { $0 / Double($1) }
        density = fields[0]
        velocity = (0..<cells.count).map { axis in zip(fields[1 + axis], fields[0]).map { $0 / $1 } }
        let widest = spacing.max() ?? 0
        alpha = flowCase.numerics.alpha * widest * widest
        self.faces = faces
        self.source = source
    }

    private func stride(_ axis: Int) -> Int { cells[..<axis].reduce(1, *) }
    private func place(_ cell: Int, _ axis: Int) -> Int { cell / stride(axis) % cells[axis] }

    /// The cell some steps from another along an axis; nil beyond a face.
    private func neighbour(_ cell: Int, _ axis: Int, _ step: Int) -> Int? {
        let here = place(cell, axis)
        let next = here + step
        let isPeriodic = axis < rank - 1 || faces == .periodic
        guard isPeriodic || (0..<cells[axis]).contains(next) else { return nil }
        return cell + ((next + cells[axis]) % cells[axis] - here) * stride(axis)
    }

    private func velocities(beside cell: Int, _ axis: Int, _ step: Int) -> [Double] {
        let own = { (index: Int) in velocity.map { $0[index] } }
        if let other = neighbour(cell, axis, step) { return own(other) }
        let here = place(cell, axis)
        let nearest = step < 0 ? 0 : cells[axis] - 1
        // As far inside of the face as the wanted cell is beyond it.
        let mirror = step < 0 ? -1 - (here + step) : 2 * cells[axis] - 1 - (here + step)
        let at = { (index: Int) in own(cell + (index - here) * stride(axis)) }
        let x = (Double(cell % cells[0]) + 0.5) * spacing[0]
        return faces.beyond(at(mirror), nearest: at(nearest), isLower: step < 0, x: x)
    }

    /// Σ_d ((u_d[+2] − u_d[−2]) − 2(u_d[+1] − u_d[−1]))/2Δ_d
    private func thirdDifference(_ cell: Int) -> Double {
        (0..<rank).reduce(0) { sum, axis in
            let u = { (step: Int) in velocities(beside: cell, axis, step)[axis] }
            return sum + (u(2) - u(-2) - 2 * (u(1) - u(-1))) / (2 * spacing[axis])
        }
    }

    private func right(_ cell: Int) -> Double {
        // gradient[axis][component] = ∂_axis u_component
        let gradient = (0..<rank).map { axis in
            zip(velocities(beside: cell, axis, 1), velocities(beside: cell, axis, -1)).map {
                ($0 - $1) / (2 * spacing[axis])
            }
        }
        let divergence = (0..<rank).reduce(0.0) { $0 + gradient[$1][$1] }
        switch source {
        case .compressive: return 2 * alpha * min(divergence, 0) * min(divergence, 0)
        case .gated:
            guard divergence < 0 else { return 0 }
            let third = thirdDifference(cell)
            let gate = third * third / (third * third + divergence * divergence / 16)
            return 2 * alpha * divergence * divergence * gate
        case .full:
            var squares = 0.0
            for i in 0..<rank { for j in 0..<rank { squares += gradient[i][j] * gradient[j][i] } }
            return alpha * (squares + divergence * divergence)
        }
    }

    var solution: [Double] {
        let count = density.count
        var matrix = (0..<count).map { cell in
            var row = [Double](repeating: 0, count: count + 1)
            row[cell] = 1 / density[cell]
            for axis in 0..<rank {
                for step in [-1, 1] {
                    guard let other = neighbour(cell, axis, step) else { continue }
                    let weight =
                        alpha * (1 / density[cell] + 1 / density[other]) / 2 / (spacing[axis] * spacing[axis])
                    row[cell] += weight
                    row[other] -= weight
                }
            }
            row[count] = right(cell)
            return row
        }
        // Gauss–Jordan; the matrix is diagonally dominant.
        for pivot in 0..<count {
            let scaled = matrix[pivot].map { $0 / matrix[pivot][pivot] }
            matrix[pivot] = scaled
            for row in 0..<count where row != pivot && matrix[row][pivot] != 0 {
                let factor = matrix[row][pivot]
                for column in pivot...count { matrix[row][column] -= factor * scaled[column] }
            }
        }
        return matrix.map { $0[count] }
    }
}
