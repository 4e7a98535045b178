import Foundation
import Numerics
import Tensors
import Testing

@Suite("Spectral operations") struct SpectralTests {
    /// cos(2πkn/N + φ), one channel.
    static func wave(_ number: Int, points: Int, phase: Double = 0.7) -> [Double] {
        (0..<points).map { cos(2 * .pi * Double(number * $0) / Double(points) + phase) }
    }

    /// A field of one axis through a recorded operation.
    static func apply(
        _ field: [Double], prepare: (ParameterSet<Double>) -> Void = { _ in },
        _ body: (Graph<Double>, Value) -> Value
    ) -> [Double] {
        let graph = Graph<Double>(parameters: ParameterSet(seed: 1))
        let x = graph.input("x", Shape(1, field.count, 1))
        let y = body(graph, x)
        let program = Program(graph, outputs: [y], workers: Workers(count: 1))
        prepare(graph.parameters)
        _ = program.values(of: x).update(from: field)
        program.forward()
        return Array(program.values(of: y))
    }

    /// A spectral layer that multiplies every kept frequency by 1, and nothing beside.
    static func lowPass(_ field: [Double], modes: Int) -> [Double] {
        apply(field) { parameters in
            for parameter in parameters.parameters {
                let isSpectral = parameter.name == "a.spectral.weight"
                // Real parts are 1, imaginary parts 0.
                parameters.set(
                    parameter, to: (0..<parameter.shape.count).map { isSpectral && $0 % 2 == 0 ? 1 : 0 })
            }
        } _: {
            $0.fourierLayer("a", $1, to: 1, modes: [modes], activation: .none)
        }
    }

    static func distance(_ a: [Double], _ b: [Double]) -> Double {
        a.count == b.count ? zip(a, b).map { abs($0 - $1) }.max() ?? 0 : .infinity
    }

    @Test(
        "unit weights keep the kept waves and remove the others, on any number of points", arguments: 3...26)
    func filter(points: Int) {
        let modes = (points + 1) / 4 + 1
        for number in 0..<((points + 1) / 2) {
            let wave = Self.wave(number, points: points)
            let expected = number < modes ? wave : wave.map { _ in 0 }
            #expect(Self.distance(Self.lowPass(wave, modes: modes), expected) < 1e-12, "wave \(number)")
        }
    }

    @Test("with all modes a field passes unchanged", arguments: 1...26) func complete(points: Int) {
        let field: [Double] = ProductTests.noise(points, seed: 9)
        #expect(Self.distance(Self.lowPass(field, modes: points), field) < 1e-12)
    }

    @Test("waves that both grids resolve are resampled exactly", arguments: 5...24, [6, 9, 16, 31])
    func resampling(from points: Int, to length: Int) {
        for number in 0...((min(points, length) - 1) / 2) {
            let result = Self.apply(Self.wave(number, points: points)) { $0.resample($1, to: [length]) }
            #expect(Self.distance(result, Self.wave(number, points: length)) < 1e-12, "wave \(number)")
        }
    }
}
