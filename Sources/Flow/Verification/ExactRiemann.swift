import Foundation

/// The exact solution of a Riemann problem for the ideal gas, vacuum included
/// (Toro 2009, chapter 4, doi:10.1007/b79761).
///
/// The solution is self-similar: a function of the ray's speed s = (x − x₀)/t alone.
public struct ExactRiemann: Sendable {
    /// The state at smaller x.
    public let left: RiemannState
    /// The state at larger x.
    public let right: RiemannState
    /// Ratio of specific heats.
    public let gamma: Double
    /// Pressure between the two outer waves; 0 where a vacuum opens.
    public let starPressure: Double
    /// Velocity between the two outer waves; meaningless where a vacuum opens.
    public let starVelocity: Double
    /// Whether the waves leave a vacuum between them, or one side is a vacuum.
    public let hasVacuum: Bool

    /// Solves for the state between the outer waves.
    public init(left: RiemannState, right: RiemannState, gamma: Double) {
        self.left = left
        self.right = right
        self.gamma = gamma
        let sides = (Side(left, gamma), Side(right, gamma))
        let opening = right.velocity - left.velocity
        hasVacuum =
            left.density <= 0 || right.density <= 0
            || opening >= 2 / (gamma - 1) * (sides.0.soundSpeed + sides.1.soundSpeed)
        starPressure = hasVacuum ? 0 : Self.pressure(sides.0, sides.1, opening: opening)
        starVelocity =
            (left.velocity + right.velocity + sides.1.jump(starPressure).value
                - sides.0.jump(starPressure).value) / 2
    }

    /// The state on the ray of this speed.
    public func state(atSpeed speed: Double) -> RiemannState {
        if hasVacuum { return besideVacuum(speed) }
        // The right side is the left one in a mirror.
        return speed <= starVelocity
            ? behindWave(left, speed, contact: starVelocity)
            : behindWave(right.mirrored, -speed, contact: -starVelocity).mirrored
    }

    /// The root of f_L(p) + f_R(p) + Δu, a convex rising function, by Newton's iteration kept inside of a
    /// bracket.
    private static func pressure(_ left: Side, _ right: Side, opening: Double) -> Double {
        var (low, high) = (0.0, max(left.pressure, right.pressure))
        let excess = { (pressure: Double) in
            let (first, second) = (left.jump(pressure), right.jump(pressure))
            return (value: first.value + second.value + opening, slope: first.slope + second.slope)
        }
        while excess(high).value < 0 { high *= 2 }
        var pressure = (low + high) / 2
        for _ in 0..<200 {
            let (value, slope) = excess(pressure)
            if value > 0 { high = pressure } else { low = pressure }
            let newton = pressure - value / slope
            let next = newton > low && newton < high ? newton : (low + high) / 2
            if abs(next - pressure) <= 1e-15 * next { return next }
            pressure = next
        }
        return pressure
    }

    /// The state on a ray left of the contact, with `outer` beyond the left wave.
    private func behindWave(_ outer: RiemannState, _ speed: Double, contact: Double) -> RiemannState {
        let sound = (gamma * outer.pressure / outer.density).squareRoot()
        let ratio = starPressure / outer.pressure
        if ratio > 1 {
            let shock =
                outer.velocity - sound
                * ((gamma + 1) / (2 * gamma) * ratio + (gamma - 1) / (2 * gamma)).squareRoot()
            if speed < shock { return outer }
            let weight = (gamma - 1) / (gamma + 1)
            let density = outer.density * (ratio + weight) / (weight * ratio + 1)
            return RiemannState(density: density, velocity: contact, pressure: starPressure)
        }
        let starSound = sound * pow(ratio, (gamma - 1) / (2 * gamma))
        if speed < outer.velocity - sound { return outer }
        if speed <= contact - starSound { return insideFan(outer, sound, speed) }
        return RiemannState(
            density: outer.density * pow(ratio, 1 / gamma), velocity: contact, pressure: starPressure)
    }

    /// The state inside of a left rarefaction.
    private func insideFan(_ outer: RiemannState, _ sound: Double, _ speed: Double) -> RiemannState {
        let share = 2 / (gamma + 1) + (gamma - 1) / ((gamma + 1) * sound) * (outer.velocity - speed)
        return RiemannState(
            density: outer.density * pow(share, 2 / (gamma - 1)),
            velocity: 2 / (gamma + 1) * (sound + (gamma - 1) / 2 * outer.velocity + speed),
            pressure: outer.pressure * pow(share, 2 * gamma / (gamma - 1)))
    }

    private func besideVacuum(_ speed: Double) -> RiemannState {
        let (first, second) = (Side(left, gamma), Side(right, gamma))
        let leftEdge = left.velocity + 2 * first.soundSpeed / (gamma - 1)
        let rightEdge = right.velocity - 2 * second.soundSpeed / (gamma - 1)
        if left.density > 0, speed < leftEdge {
            let head = left.velocity - first.soundSpeed
            return speed <= head ? left : insideFan(left, first.soundSpeed, speed)
        }
        if right.density > 0, speed > rightEdge {
            if speed >= right.velocity + second.soundSpeed { return right }
            return insideFan(right.mirrored, second.soundSpeed, -speed).mirrored
        }
        return RiemannState(density: 0, velocity: 0, pressure: 0)
    }

    /// One outer state, and the velocity jump f(p) across the wave that joins it to pressure p.
    private struct Side {
        let density: Double
        let pressure: Double
        let soundSpeed: Double
        let gamma: Double

        init(_ state: RiemannState, _ gamma: Double) {
            density = state.density
            pressure = state.pressure
            soundSpeed = density > 0 ? (gamma * pressure / density).squareRoot() : 0
            self.gamma = gamma
        }

        func jump(_ star: Double) -> (value: Double, slope: Double) {
            guard density > 0 else { return (0, 0) }
            if star > pressure {
                let a = 2 / ((gamma + 1) * density)
                let b = (gamma - 1) / (gamma + 1) * pressure
                let root = (a / (star + b)).squareRoot()
                return ((star - pressure) * root, root * (1 - (star - pressure) / (2 * (star + b))))
            }
            let ratio = star / pressure
            let value = 2 * soundSpeed / (gamma - 1) * (pow(ratio, (gamma - 1) / (2 * gamma)) - 1)
            return (value, pow(ratio, -(gamma + 1) / (2 * gamma)) / (density * soundSpeed))
        }
    }
}

extension RiemannState {
    /// Seen from the other side.
    fileprivate var mirrored: RiemannState {
        RiemannState(density: density, velocity: -velocity, pressure: pressure)
    }
}
