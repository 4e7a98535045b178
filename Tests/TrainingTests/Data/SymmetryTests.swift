import Foundation
import Testing
import Training

@Suite("Symmetries of the grid") struct SymmetryTests {
    private static let layout = FieldLayout(
        task: .steady, inputChannels: ["sdf", "velocity_x", "velocity_y", "x"],
        outputChannels: ["density", "momentum_x", "momentum_y", "vorticity_z"], cellShape: [6, 6])
    private static let elements: [(String, GridSymmetry, [[Double]])] = [
        ("mirror x", .mirror(0, dimension: 2), [[-1, 0], [0, 1]]),
        ("mirror y", .mirror(1, dimension: 2), [[1, 0], [0, -1]]),
        ("exchange", .exchange(0, 1, dimension: 2), [[0, 1], [1, 0]]),
        ("quarter turn", .quarterTurn(0, 1, dimension: 2), [[0, -1], [1, 0]]),
        (
            "three quarter turns",
            GridSymmetry.quarterTurn(0, 1, dimension: 2).followed(by: .mirror(0, dimension: 2)).followed(
                by: .mirror(1, dimension: 2)), [[0, 1], [-1, 0]]
        ),
    ]

    /// A flow without any symmetry of its own: a scalar, a vector and its rotation at a point.
    private static func flow(_ x: Double, _ y: Double) -> (Double, [Double], Double) {
        (x + 2 * y * y + 3 * x * y, [x * y + y, x * x - 2 * y + 1], 2 * x - (x + 1))
    }

    /// The flow seen through a symmetry R on a grid: a(R⁻¹X), R v(R⁻¹X), det(R) w(R⁻¹X).
    private static func fields(_ matrix: [[Double]]) -> (given: [Float], predicted: [Float]) {
        var columns: [[Float]] = Array(repeating: [], count: 8)
        let determinant = matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0]
        for cell in 0..<36 {
            let position = [(Double(cell % 6) + 0.5) / 6 - 0.5, (Double(cell / 6) + 0.5) / 6 - 0.5]
            let x = matrix[0][0] * position[0] + matrix[1][0] * position[1]
            let y = matrix[0][1] * position[0] + matrix[1][1] * position[1]
            let (scalar, vector, axial) = flow(x, y)
            let u = matrix[0][0] * vector[0] + matrix[0][1] * vector[1]
            let v = matrix[1][0] * vector[0] + matrix[1][1] * vector[1]
            let values = [scalar, u, v, position[0], scalar, u, v, determinant * axial]
            for (column, value) in values.enumerated() { columns[column].append(Float(value)) }
        }
        return (Array(columns[..<4].joined()), Array(columns[4...].joined()))
    }

    @Test(
        "scalars, vectors, axial vectors and coordinates are those of the flow that is seen", arguments: 0..<5
    )
    func exact(number: Int) throws {
        let (_, symmetry, matrix) = Self.elements[number]
        let seen = try FieldSymmetry(symmetry, Self.layout, cellShape: [6, 6], scalars: [])
        let (before, after) = (Self.fields([[1, 0], [0, 1]]), Self.fields(matrix))
        for (one, two) in zip(seen.given(before.given), after.given) { #expect(abs(one - two) < 1e-5) }
        for (one, two) in zip(seen.predicted(before.predicted), after.predicted) {
            #expect(abs(one - two) < 1e-5)
        }
    }

    @Test("the inverse undoes a symmetry", arguments: 0..<5)
    func inverse(number: Int) throws {
        let symmetry = Self.elements[number].1
        #expect(symmetry.followed(by: symmetry.inverse) == .identity(dimension: 2))
    }

    @Test("mirrors and exchanges make the eight symmetries of a square and the 48 of a cube")
    func groups() {
        let square = GridSymmetry.group(
            [.mirror(0, dimension: 2), .exchange(0, 1, dimension: 2)], dimension: 2)
        let turns = GridSymmetry.group([.quarterTurn(0, 1, dimension: 2)], dimension: 2)
        let cube = GridSymmetry.group(
            [.mirror(0, dimension: 3), .exchange(0, 1, dimension: 3), .exchange(1, 2, dimension: 3)],
            dimension: 3)
        #expect(square.count == 8 && turns.count == 4 && cube.count == 48)
    }

    private func mirrored(_ points: PointPlacement, _ function: (Double) -> Double) throws -> (
        [Float], [Float]
    ) {
        let layout = FieldLayout(
            task: .steady, inputChannels: ["sdf"], outputChannels: ["density"], cellShape: [8], points: points
        )
        let symmetry = try FieldSymmetry(.mirror(0, dimension: 1), layout, cellShape: [8], scalars: [])
        let field = (0..<8).map { Float(function(Double($0) / 8)) }
        return (symmetry.predicted(field), (0..<8).map { Float(function(1 - Double($0) / 8)) })
    }

    @Test("nodes are mirrored about the middle of the axis, whose upper end is not stored")
    func nodes() throws {
        let zero = try mirrored(.zeroBoundaryNodes) { sin(.pi * $0) + 0.3 * sin(2 * .pi * $0) }
        let periodic = try mirrored(.periodicNodes) { cos(2 * .pi * $0) + 0.3 * sin(4 * .pi * $0) }
        for (one, two) in [zero, periodic] {
            for (a, b) in zip(one, two) { #expect(abs(a - b) < 1e-6) }
        }
    }

    @Test("what is given at the end that is not stored is taken from the nearest point")
    func givenEnd() throws {
        let layout = FieldLayout(
            task: .steady, inputChannels: ["sdf"], outputChannels: ["density"], cellShape: [4],
            points: .zeroBoundaryNodes)
        let symmetry = try FieldSymmetry(.mirror(0, dimension: 1), layout, cellShape: [4], scalars: [])
        #expect(symmetry.given([1, 2, 3, 4]) == [4, 4, 3, 2])
        #expect(symmetry.predicted([0, 2, 3, 4]) == [0, 4, 3, 2])
    }

    @Test(
        "channels that a symmetry cannot be applied to are told",
        arguments: [
            ("wave", "mirror x", "\"wave\""), ("angle", "mirror x", "measured from the x axis"),
            ("velocity_x", "exchange", "velocity_y"),
        ])
    func refused(channel: String, name: String, expected: String) throws {
        let layout = FieldLayout(
            task: .steady, inputChannels: [channel], outputChannels: ["density"], cellShape: [4, 4])
        let symmetry = try #require(Self.elements.first { $0.0 == name }?.1)
        let error = #expect(throws: TrainingError.self) {
            try FieldSymmetry(symmetry, layout, cellShape: [4, 4], scalars: [])
        }
        #expect(error?.message.contains(expected) == true)
    }

    @Test("an angle is reversed by a mirror across y")
    func angle() throws {
        let layout = FieldLayout(
            task: .steady, inputChannels: ["angle"], outputChannels: ["density"], cellShape: [2, 2])
        let symmetry = try FieldSymmetry(.mirror(1, dimension: 2), layout, cellShape: [2, 2], scalars: [])
        #expect(symmetry.given([3, 3, 3, 3]) == [-3, -3, -3, -3])
    }

    @Test("grids that are not square cannot be turned")
    func oblong() {
        #expect(throws: TrainingError.self) {
            try FieldSymmetry(.quarterTurn(0, 1, dimension: 2), Self.layout, cellShape: [6, 8], scalars: [])
        }
    }
}
