import Archive
import Fluids
import Numerics

/// The Galilean symmetry of flows on periodic grids: seen from a frame that moves steadily, a flow is a flow.
///
/// A boost by U = k h/Δt, with a whole number k of points a step on every axis, moves the state after j steps by jk points
/// without interpolation, adds U to the velocity, ρU to the momentum and ρ(v·U + ½U²) to the energy.
package struct GalileanBoost: Sendable {
    private let layout: FieldLayout
    /// h/Δt of every axis, x first.
    private let unit: [Double]
    /// The most points a step.
    private let most: Int

    /// - Parameters:
    ///   - unit: The velocity of one point a step, x first.
    ///   - most: The most points a step.
    /// - Throws: ``TrainingError`` for channels whose behaviour under a boost is not known.
    package init(_ layout: FieldLayout, unit: [Double], most: Int, scalars: [String] = []) throws {
        self.layout = layout
        self.unit = unit
        self.most = most
        let known = QuantityRegistry.all.filter(\.isGalilean).map(\.name) + ["energy"] + scalars
        for name in layout.outputChannels where !known.contains(name) && Self.component(name) == nil {
            throw TrainingError(
                "how the channel \"\(name)\" changes under a Galilean boost is not known",
                advice: "where it moves with the flow unchanged, name it in `scalars`")
        }
        for name in layout.outputChannels
        where name.hasPrefix("momentum") || name == "energy" {
            guard layout.outputChannels.contains("density") else {
                throw TrainingError("a Galilean boost of \"\(name)\" needs the channel \"density\" beside it")
            }
        }
        guard !layout.outputChannels.contains("energy") || velocityKind(0) != nil else {
            throw TrainingError(
                "a Galilean boost of \"energy\" needs the channels of velocity or momentum beside it")
        }
    }

    private static func component(_ name: String) -> (vector: String, axis: Int)? {
        for vector in ["velocity", "momentum"] {
            for (axis, letter) in ["x", "y", "z"].enumerated() where name == "\(vector)_\(letter)" {
                return (vector, axis)
            }
        }
        return nil
    }

    /// Where the velocity, or else the momentum, along an axis stands.
    private func velocityKind(_ axis: Int) -> (channel: Int, isMomentum: Bool)? {
        let letter = ["x", "y", "z"][axis]
        if let channel = layout.outputChannels.firstIndex(of: "velocity_\(letter)") {
            return (channel, false)
        }
        return layout.outputChannels.firstIndex(of: "momentum_\(letter)").map { ($0, true) }
    }

    /// Points a step on every axis, at random.
    package func draw(_ stream: inout RandomStream) -> [Int] {
        unit.map { _ in min(most, Int(stream.uniform() * Double(2 * most + 1)) - most) }
    }

    /// States, the first after `first` steps, in a frame in which they move by so many points a step.
    package func apply(_ states: [Float], cellShape: [Int], points shift: [Int], first: Int) -> [Float] {
        let points = cellShape.reduce(1, *)
        let size = points * layout.outputChannels.count
        return (0..<(states.count / max(1, size))).flatMap { number in
            let state = boosted(Array(states[(number * size)..<((number + 1) * size)]), points, shift)
            let order = Self.rolled(cellShape, shift.map { $0 * (first + number) })
            return layout.outputChannels.indices.flatMap { channel in
                order.map { state[channel * points + $0] }
            }
        }
    }

    private func boosted(_ state: [Float], _ points: Int, _ shift: [Int]) -> [Float] {
        var result = state
        let velocity = zip(shift, unit).map { Float(Double($0) * $1) }
        let density = layout.outputChannels.firstIndex(of: "density")
        for (channel, name) in layout.outputChannels.enumerated() {
            for point in 0..<points {
                let place = channel * points + point
                let mass = density.map { state[$0 * points + point] } ?? 1
                if let (vector, axis) = Self.component(name), axis < velocity.count {
                    result[place] += (vector == "momentum" ? mass : 1) * velocity[axis]
                } else if name == "energy" {
                    for (axis, speed) in velocity.enumerated() {
                        guard let (source, isMomentum) = velocityKind(axis) else { continue }
                        let momentum = state[source * points + point] * (isMomentum ? 1 : mass)
                        result[place] += momentum * speed + 0.5 * mass * speed * speed
                    }
                }
            }
        }
        return result
    }

    /// The old place of every point where a field moves by so many points, x first, around the ends.
    private static func rolled(_ cellShape: [Int], _ shift: [Int]) -> [Int] {
        let extents = Array(cellShape.reversed())
        return (0..<cellShape.reduce(1, *)).map { point in
            var (rest, stride, place) = (point, 1, 0)
            for (axis, extent) in extents.enumerated() {
                let index = ((rest % extent - shift[axis]) % extent + extent) % extent
                place += index * stride
                rest /= extent
                stride *= extent
            }
            return place
        }
    }
}
