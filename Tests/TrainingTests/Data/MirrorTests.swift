import Testing
import Training

@Suite("Mirrors") struct MirrorTests {
    private let shape = [4, 6]
    private let channels = ["density", "velocity_x", "velocity_y", "x"]

    /// A uniformly turning and expanding flow around (½, ½): u = (x − ½) − (y − ½), v = (y − ½) + (x − ½).
    private func field(turning: Float) -> [Float] {
        let points = (0..<24).map { (i: Int) -> (x: Float, y: Float) in
            let column = Float(i % 6)
            let row = Float(i / 6)
            return ((column + 0.5) / 6 - 0.5, (row + 0.5) / 4 - 0.5)
        }
        var values: [Float] = points.map { $0.x * $0.x + $0.y }
        values += points.map { $0.x - turning * $0.y }
        values += points.map { $0.y + turning * $0.x }
        return values + points.map(\.x)
    }

    @Test("a mirror turns a turning flow around, and leaves its expansion and the coordinates", arguments: [0])
    func turning(axis: Int) {
        let mirrored = MirrorSymmetry(axis: axis).apply(
            field(turning: 1), channels: channels, cellShape: shape)
        let expected = field(turning: -1)
        for i in mirrored.indices { #expect(abs(mirrored[i] - expected[i]) < 1e-6) }
    }

    @Test("two mirrors are none", arguments: [0, 1])
    func twice(axis: Int) {
        let mirror = MirrorSymmetry(axis: axis)
        let once = mirror.apply(field(turning: 2), channels: channels, cellShape: shape)
        #expect(once != field(turning: 2))
        #expect(mirror.apply(once, channels: channels, cellShape: shape) == field(turning: 2))
    }

    @Test("vectors are reversed along the axis, axial vectors across it")
    func signs() {
        let (x, y) = (MirrorSymmetry(axis: 0), MirrorSymmetry(axis: 1))
        #expect(x.reverses("velocity_x") && !x.reverses("velocity_y") && !x.reverses("pressure"))
        #expect(y.reverses("initial_momentum_y") && !y.reverses("initial_momentum_x"))
        #expect(x.reverses("vorticity_z") && !x.reverses("vorticity_x"))
    }
}
