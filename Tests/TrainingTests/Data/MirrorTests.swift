import Testing
import Training

@Suite("Mirrors") struct MirrorTests {
    private let shape = [4, 6]
    private let channels = ["density", "velocity_x", "velocity_y", "x"]

    /// A uniformly turning and expanding flow around (½, ½): u = (x − ½) − (y − ½), v = (y − ½) + (x − ½).
    private func field(turning: Float) -> [Float] {
        var channels: [[Float]] = [[], [], [], []]
        for cell in 0..<24 {
            let x = (Float(cell % 6) + 0.5) / 6 - 0.5
            let y = (Float(cell / 6) + 0.5) / 4 - 0.5
            channels[0].append(x * x + y)
            channels[1].append(x - turning * y)
            channels[2].append(y + turning * x)
            channels[3].append(x)
        }
        return channels.flatMap { $0 }
    }

    @Test("a mirror turns a turning flow around, and leaves its expansion and the coordinates")
    func turning() {
        let mirrored = MirrorSymmetry(axis: 0).apply(
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
