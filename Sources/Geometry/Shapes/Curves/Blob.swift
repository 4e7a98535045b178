import Foundation
import Numerics
import Schema

/// A random closed curve around a centre: r(θ) = R (1 + A h(θ)), where h is a sum of the harmonics 1 … m with
/// random amplitudes that fall as k⁻ᵈ, scaled such that its largest deviation is 1.
struct Blob {
    private let radius: Double
    private let amplitude: Double
    private var cosines: [Double] = []
    private var sines: [Double] = []

    /// - Parameters:
    ///   - radius: R.
    ///   - amplitude: A, under 1: the curve stays away from its centre.
    ///   - modes: m.
    ///   - decay: d.
    ///   - random: The source of the amplitudes.
    init(radius: Double, amplitude: Double, modes: Int, decay: Double, random: RandomStream) {
        self.radius = radius
        self.amplitude = amplitude
        var random = random
        for mode in 1...max(modes, 1) {
            let weight = pow(Double(mode), -decay)
            cosines.append(random.normal() * weight)
            sines.append(random.normal() * weight)
        }
        let samples = 64 * modes
        let highest = (0..<samples).reduce(0.0) { largest, index in
            max(largest, abs(harmonics(2 * .pi * Double(index) / Double(samples))))
        }
        if highest > 0 {
            cosines = cosines.map { $0 / highest }
            sines = sines.map { $0 / highest }
        }
    }

    private func harmonics(_ angle: Double) -> Double {
        cosines.indices.reduce(0.0) { sum, index in
            let phase = Double(index + 1) * angle
            return sum + cosines[index] * cos(phase) + sines[index] * sin(phase)
        }
    }

    /// The point of the curve in a direction, from the centre.
    func point(_ angle: Double) -> PlanarPoint {
        PlanarPoint(cos(angle), sin(angle)) * (radius * (1 + amplitude * harmonics(angle)))
    }

    /// Pieces short enough for the highest harmonic.
    var vertices: [PlanarPoint] {
        let count = max(4, cosines.count)
        return CurveSampler.vertices(breaks: (0...count).map { 2 * .pi * Double($0) / Double(count) }, point)
    }
}

extension ShapeKind {
    private static let center = Key.numbers(
        "center", .any, .exactly(2), default: [0, 0], unit: "length", "Centre.")
    private static let radius = Key.number("radius", .above(0), unit: "length", "Mean radius.")
    private static let amplitude = Key.number(
        "amplitude", .within(0...0.95), default: 0.3, unit: "1",
        "Largest deviation from the mean radius, as a share of it.")
    private static let modes = Key.integer("modes", 1...256, default: 6, unit: "1", "Number of harmonics.")
    private static let decay = Key.number(
        "decay", .within(0...10), default: 1, unit: "1",
        "Harmonic k has an amplitude in proportion to 1/k to this power.")
    private static let seed = Key.integer("seed", 0...Int.max, default: 0, "Selects the random numbers.")
    private static let stream = Key.integer(
        "stream", 0...Int.max, default: 0, "Selects one of many independent shapes of a seed.")

    static let blob = ShapeKind(
        "blob", .planar, "A random smooth curve of harmonics around a centre; the same for the same keys.",
        [center, radius, amplitude, modes, decay, seed, stream]
    ) { section, reader in
        guard let center = section.planarPoint(center), let radius = section.finite(radius) else {
            return nil
        }
        let random = RandomStream(
            seed: UInt64(max(section[seed], 0)), stream: UInt64(max(section[stream], 0)))
        let blob = Blob(
            radius: radius, amplitude: section[amplitude], modes: section[modes], decay: section[decay],
            random: random)
        let origin = PlanarPoint(center.x, center.y)
        return reader.curveShape(blob.vertices.map { $0 + origin }, section, key: "radius")
    }
}
