import Flow
import Foundation
import Testing

/// Σ against a dense solve of its equation,
///
///     Σ/ρ − α ∇·((1/ρ)∇Σ) = S,
///
/// on small anisotropic grids, with both sources, both elliptic solvers, and velocities beyond faces as the boundary
/// conditions of the flow make them.
@Suite("Entropic pressure") struct EntropicEquationTests {
    /// What is beyond the faces of one axis; the others are periodic.
    enum Faces: String, CaseIterable {
        case periodic, slipWalls, movingLid, inflowProfile, patch, outflow, farField

        /// The condition that a row is about.
        var name: BoundaryKind.Name {
            switch self {
            case .periodic: .periodic
            case .slipWalls, .patch: .slipWall
            case .movingLid: .noSlipWall
            case .inflowProfile: .inflow
            case .outflow: .outflow
            case .farField: .characteristic
            }
        }

        /// Coordinates along a face with different weights: what varies along it tells its directions apart.
        static func place(_ axes: [String]) -> String {
            axes.isEmpty ? "0*x" : zip(["1", "0.4"], axes).map { "\($0)*\($1)" }.joined(separator: " + ")
        }

        func text(rank: Int, axis: Int) -> String {
            let list = { (value: (Int) -> String) in (0..<rank).map(value).joined(separator: ", ") }
            let place = Self.place(
                EntropicEquationTests.transverse(axis, rank).map { EntropicEquationTests.axes[$0] })
            let lid = list { $0 == (axis + 1) % rank ? "0.7" : "0.0" }
            let profile = list { $0 == (axis + 1) % rank ? "\"0.3 + 0.2*(\(place))\"" : "0.0" }
            return switch self {
            case .periodic: "\"periodic\""
            case .slipWalls: "\"wall\""
            case .movingLid: "{ lower = \"wall\", upper = { kind = \"no-slip\", velocity = [\(lid)] } }"
            case .inflowProfile:
                "{ lower = { kind = \"inflow\", density = 1.1, velocity = [\(profile)], pressure = 1.0 }, "
                    + "upper = \"outflow\" }"
            case .patch:
                "{ lower = { kind = \"wall\", patches = [ { where = \"\(place) > 0.5\", kind = \"outflow\" } ] }, "
                    + "upper = \"wall\" }"
            case .outflow: "\"outflow\""
            case .farField:
                "{ kind = \"characteristic\", density = 1.1, velocity = [\(list { "0.\($0 + 1)" })], pressure = 30.0 }"
            }
        }

        /// Whether the ghost cells beyond a face mirror the flow; else all of them are made of the cell at the face.
        func mirrors(isLower: Bool, place: Double) -> Bool {
            switch (self, isLower) {
            case (.patch, true): place <= 0.5
            case (.inflowProfile, _), (.outflow, _), (.farField, _): false
            default: true
            }
        }

        /// The velocity beyond a face from the cell that it is made of; `place` as in the text.
        func beyond(_ velocity: [Double], _ axis: Int, isLower: Bool, place: Double) -> [Double] {
            let rank = velocity.count
            var other = velocity
            switch (self, isLower) {
            case (.movingLid, false):
                return velocity.indices.map { ($0 == (axis + 1) % rank ? 1.4 : 0) - velocity[$0] }
            case (.inflowProfile, true):
                return velocity.indices.map { $0 == (axis + 1) % rank ? 0.3 + 0.2 * place : 0 }
            case (.patch, true) where place > 0.5: return velocity
            case (.inflowProfile, false), (.outflow, _): return velocity
            case (.farField, _):
                // At equal pressures the normal velocities are averaged; the tangential one comes from upstream.
                let imposed = velocity.indices.map { Double($0 + 1) / 10 }
                other = velocity[axis] * (isLower ? -1 : 1) > 0 ? velocity : imposed
                other[axis] = (velocity[axis] + imposed[axis]) / 2
            default: other[axis] *= -1
            }
            return other
        }
    }

    static let axes = ["x", "y", "z"]
    static func transverse(_ axis: Int, _ rank: Int) -> [Int] { (0..<rank).filter { $0 != axis } }

    @Test("every condition of a face has a row") func rows() {
        #expect(Set(Faces.allCases.map(\.name)) == Set(BoundaryKind.Name.allCases))
    }

    @Test("relaxation ends at the solution of the equation", arguments: Faces.allCases, SourceKind.allCases)
    func solution(_ faces: Faces, _ source: SourceKind) throws {
        for rank in 1...3 {
            for axis in 0..<rank {
                try expectSolution(DenseEquation.Setting(rank, faces, axis, source, wall: nil))
            }
        }
    }

    @Test(
        "nothing is coupled through a wall of one cell, and velocities continue up to it",
        arguments: [Faces.periodic, .slipWalls], [SourceKind.compressive, .full])
    func oneCellWall(_ faces: Faces, _ source: SourceKind) throws {
        for rank in 2...3 {
            for wall in 0..<rank {
                for axis in [wall, (wall + 1) % rank] {
                    try expectSolution(DenseEquation.Setting(rank, faces, axis, source, wall: wall))
                }
            }
        }
    }

    @Test(
        "a plane side of a body is to Σ what a wall of the domain is", arguments: BodyRepresentation.allCases)
    func bodySide(_ representation: BodyRepresentation) throws {
        for axis in 0..<2 {
            let name = Self.axes[axis]
            let text = { (lower: Double, cells: Int, body: String) in
                """
                [domain]
                cells = \((0..<2).map { $0 == axis ? cells : 6 })
                lower = \((0..<2).map { $0 == axis ? lower : 0.0 })
                upper = [1.0, 1.0]
                [boundaries]
                x = \(axis == 0 ? "\"wall\"" : "\"periodic\"")
                y = \(axis == 1 ? "\"wall\"" : "\"periodic\"")
                [initial]
                density = 1.0
                velocity = \((0..<2).map { $0 == axis ? "-sin(pi*\(name))" : "0.0" })
                pressure = 30.0
                \(body)
                [numerics]
                storage = "float64"
                initial_sweeps = 600
                alpha = 8
                [time]
                end = 1.0
                """
            }
            let body = """
                [[body]]
                shape = "box"
                center = \((0..<2).map { $0 == axis ? -0.25 : 0.5 })
                size = \((0..<2).map { $0 == axis ? 0.5 : 3.0 })
                representation = "\(representation.rawValue)"
                """
            let found = try [text(0, 32, ""), text(-0.25, 40, body)].map { text in
                let run = try Computation(text)
                _ = try run.solver.stableTimeStep()
                let count = run.flowCase.domain.cells[axis]
                let stride = axis == 0 ? 1 : 6
                return (count - 32..<count).map { run.fields[4][$0 * stride] }
            }
            let largest = found[0].max() ?? 0
            let error = zip(found[0], found[1]).map { abs($0 - $1) }.max() ?? .infinity
            #expect(largest > 0.01)
            #expect(error < 0.2 * largest, "\(representation) \(name): \(error / largest)")
        }
    }

    private func expectSolution(_ setting: DenseEquation.Setting) throws {
        let rank = setting.rank
        var expected: [Double]?
        for solver in EllipticSolver.allCases {
            let keys = "source = \"\(setting.source)\"\nelliptic = \"\(solver.rawValue)\""
            let run = try Computation(text(setting, numerics: keys))
            _ = try run.solver.stableTimeStep()
            let fields = run.fields
            let solid = SolidCells(run.flowCase)
            let exact =
                expected ?? DenseEquation(run.flowCase, fields, setting, isSolid: solid.isSolid).solution
            expected = exact
            let fluid = exact.indices.filter { !solid.isSolid($0) }
            let scale = fluid.map { abs(exact[$0]) }.max() ?? 0
            #expect(scale > 1e-4)
            let error = fluid.map { abs(fields[rank + 2][$0] - exact[$0]) }.max() ?? .infinity
            #expect(error < 5e-8 * scale, "\(setting) \(solver)")
        }
    }

    private func text(_ setting: DenseEquation.Setting, numerics: String) -> String {
        let rank = setting.rank
        let sizes = setting.sizes
        let names = Self.axes.prefix(rank)
        let velocity = (0..<rank).map {
            "\"0.6*cos(5*\(names[$0]) + \($0)) + 0.3*sin(2*pi*\(names[($0 + 1) % rank]) + 1)\""
        }
        let boundaries = names.enumerated().map {
            "\($1) = " + ($0 == setting.axis ? setting.faces.text(rank: rank, axis: $0) : "\"periodic\"")
        }
        return """
            [domain]
            cells = \(setting.cells)
            lower = \(sizes.map { _ in 0.0 })
            upper = \(sizes)
            [boundaries]
            \(boundaries.joined(separator: "\n"))
            [initial]
            density = "1 + 0.4*sin(2*pi*x)"
            velocity = [\(velocity.joined(separator: ", "))]
            pressure = 30.0
            \(setting.plate)
            [numerics]
            storage = "float64"
            initial_sweeps = 600
            alpha = 1.5
            \(numerics)
            [time]
            end = 1.0
            """
    }

    @Test("without sweeps there is no Σ and no crash") func noSweeps() throws {
        let run = try Computation(
            text(DenseEquation.Setting(2, .periodic, 1, .compressive, wall: nil), numerics: "sweeps = 0"))
        try run.run(steps: 2)
        #expect(run.fields[4].allSatisfy { $0 == 0 })
    }

    @Test("many sweeps in several passes are as good as the exact solution") func manySweeps() throws {
        let run = try Computation(
            text(DenseEquation.Setting(2, .slipWalls, 1, .compressive, wall: nil), numerics: "sweeps = 37")
                .replacing(
                    "= 600", with: "= 0"))
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
    /// Which equation.
    struct Setting {
        let rank: Int
        let faces: EntropicEquationTests.Faces
        /// The one that has these faces.
        let axis: Int
        let source: SourceKind
        /// Across which axis a plate of one cell lies; nil without one.
        let wall: Int?

        init(_ rank: Int, _ faces: EntropicEquationTests.Faces, _ axis: Int, _ source: SourceKind, wall: Int?)
        {
            self.rank = rank
            self.faces = faces
            self.axis = axis
            self.source = source
            self.wall = wall
        }

        var cells: [Int] { [[9], [8, 7], [6, 6, 7]][rank - 1] }
        var sizes: [Double] { [[1.0], [1.0, 0.6], [1.0, 0.7, 0.5]][rank - 1] }

        /// A plate through the whole domain that covers the third cell of an axis.
        var plate: String {
            guard let wall else { return "" }
            let width = sizes[wall] / Double(cells[wall])
            let centre = (0..<rank).map { $0 == wall ? 2.5 * width : sizes[$0] / 2 }
            let size = (0..<rank).map { $0 == wall ? 0.5 * width : 3 }
            return "[[body]]\nshape = \"box\"\ncenter = \(centre)\nsize = \(size)"
        }
    }

    private let setting: Setting
    private let cells: [Int]
    private let spacing: [Double]
    private let velocity: [[Double]]
    private let density: [Double]
    private let alpha: Double
    private let isSolid: (Int) -> Bool
    private var rank: Int { cells.count }

    init(_ flowCase: FlowCase, _ fields: [[Double]], _ setting: Setting, isSolid: @escaping (Int) -> Bool) {
        self.setting = setting
        self.isSolid = isSolid
        cells = flowCase.domain.cells
        spacing = zip(flowCase.domain.upper, cells).map { $0 / Double($1) }
        density = fields[0]
        velocity = (0..<cells.count).map { axis in zip(fields[1 + axis], fields[0]).map { $0 / $1 } }
        let widest = spacing.max() ?? 0
        alpha = flowCase.numerics.alpha * widest * widest
    }

    private func index(_ cell: Int, _ axis: Int) -> Int { cell / cells[..<axis].reduce(1, *) % cells[axis] }

    /// The cell some steps from another along an axis; nil beyond a face.
    private func neighbour(_ cell: Int, _ axis: Int, _ step: Int) -> Int? {
        let stride = cells[..<axis].reduce(1, *)
        let here = index(cell, axis)
        let next = here + step
        let isPeriodic = axis != setting.axis || setting.faces == .periodic
        guard isPeriodic || (0..<cells[axis]).contains(next) else { return nil }
        return cell + ((next + cells[axis]) % cells[axis] - here) * stride
    }

    /// A velocity beside a cell and how far away it is; that of the cell itself at a wall.
    private func velocities(beside cell: Int, _ axis: Int, _ step: Int) -> (
        values: [Double], distance: Double
    ) {
        let own = { (index: Int) in velocity.map { $0[index] } }
        if let other = neighbour(cell, axis, step) {
            return isSolid(other) ? (own(cell), 0) : (own(other), spacing[axis])
        }
        return (beyond(cell, axis, step), spacing[axis])
    }

    /// The velocity of a ghost cell, some steps from a cell: made of the cell at the face, or of its own mirror image.
    private func beyond(_ cell: Int, _ axis: Int, _ step: Int) -> [Double] {
        let centres = EntropicEquationTests.transverse(axis, rank).map {
            (Double(index(cell, $0)) + 0.5) * spacing[$0]
        }
        let place = zip([1, 0.4], centres).reduce(0) { $0 + $1.0 * $1.1 }
        let (isLower, last) = (step < 0, cells[axis] - 1)
        let ghost = index(cell, axis) + step
        let isMirrored = setting.faces.mirrors(isLower: isLower, place: place)
        let inside = isMirrored ? (isLower ? -1 - ghost : 2 * last + 1 - ghost) : (isLower ? 0 : last)
        let source = cell + (inside - index(cell, axis)) * cells[..<axis].reduce(1, *)
        return setting.faces.beyond(velocity.map { $0[source] }, axis, isLower: isLower, place: place)
    }

    /// Σ_d ((u_d[+2] − u_d[−2]) − 2(u_d[+1] − u_d[−1]))/2Δ_d
    private func thirdDifference(_ cell: Int) -> Double {
        (0..<rank).reduce(0) { sum, axis in
            let u = { (step: Int) in
                neighbour(cell, axis, step).map { velocity[axis][$0] } ?? beyond(cell, axis, step)[axis]
            }
            return sum + (u(2) - u(-2) - 2 * (u(1) - u(-1))) / (2 * spacing[axis])
        }
    }

    private func right(_ cell: Int) -> Double {
        // gradient[axis][component] = ∂_axis u_component
        let gradient = (0..<rank).map { axis in
            let (above, below) = (velocities(beside: cell, axis, 1), velocities(beside: cell, axis, -1))
            return zip(above.values, below.values).map { ($0 - $1) / (above.distance + below.distance) }
        }
        let divergence = (0..<rank).reduce(0.0) { $0 + gradient[$1][$1] }
        switch setting.source {
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
                    guard let other = neighbour(cell, axis, step), !isSolid(other), !isSolid(cell) else {
                        continue
                    }
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
                for column in pivot...count where scaled[column] != 0 {
                    matrix[row][column] -= factor * scaled[column]
                }
            }
        }
        return matrix.map { $0[count] }
    }
}
