import Foundation

/// The exact solution of a Riemann problem between two states of one fluid, vacuum included
/// (Toro 2009, chapter 4, doi:10.1007/b79761).
///
/// The solution is self-similar: a function of the ray's speed s = (x − x₀)/t alone. With the pressure counted from the
/// least one that the fluid bears, P = p + p∞, shocks and fans of a stiffened gas are those of an ideal gas, and the
/// formulas below hold for both (Menikoff & Plohr 1989, doi:10.1103/RevModPhys.61.75; Ivings, Causon & Toro 1998).
/// A vacuum is where P = 0; what a liquid that tears really does is left out.
public struct ExactRiemann: Sendable {
    /// The state at smaller x.
    public let left: RiemannState
    /// The state at larger x.
    public let right: RiemannState
    /// Pressure between the two outer waves; the least pressure of the fluid where a vacuum opens.
    public var starPressure: Double { star - stiffness }
    /// Velocity between the two outer waves; meaningless where a vacuum opens.
    public let starVelocity: Double
    /// Whether the waves leave a vacuum between them, or one side is a vacuum.
    public let hasVacuum: Bool
    private let gamma: Double
    private let stiffness: Double
    /// P between the two outer waves.
    private let star: Double

    /// Solves for the state between the outer waves.
    public init(left: RiemannState, right: RiemannState, fluid: FluidLaw) {
        self.left = left
        self.right = right
        gamma = fluid.heatRatio
        stiffness = fluid.reserve(pressure: 0)
        let sides = (RiemannSide(left, fluid), RiemannSide(right, fluid))
        let opening = right.velocity - left.velocity
        hasVacuum =
            left.density <= 0 || right.density <= 0
            || opening >= 2 / (gamma - 1) * (sides.0.soundSpeed + sides.1.soundSpeed)
        star = hasVacuum ? 0 : Self.reserve(sides.0, sides.1, opening: opening)
        starVelocity =
            (left.velocity + right.velocity + sides.1.jump(star).value - sides.0.jump(star).value) / 2
    }

    /// The state on the ray of this speed.
    public func state(atSpeed speed: Double) -> RiemannState {
        if hasVacuum { return besideVacuum(speed) }
        // The right side is the left one in a mirror.
        return speed <= starVelocity
            ? behindWave(left, speed, contact: starVelocity)
            : behindWave(right.mirrored, -speed, contact: -starVelocity).mirrored
    }

    /// The root of f_L(P) + f_R(P) + Δu, a convex rising function, by Newton's iteration kept inside of a
    /// bracket.
    private static func reserve(_ left: RiemannSide, _ right: RiemannSide, opening: Double) -> Double {
        var (low, high) = (0.0, max(left.reserve, right.reserve))
        let excess = { (reserve: Double) in
            let (first, second) = (left.jump(reserve), right.jump(reserve))
            return (value: first.value + second.value + opening, slope: first.slope + second.slope)
        }
        while excess(high).value < 0 { high *= 2 }
        var reserve = (low + high) / 2
        for _ in 0..<200 {
            let (value, slope) = excess(reserve)
            if value > 0 { high = reserve } else { low = reserve }
            let newton = reserve - value / slope
            let next = newton > low && newton < high ? newton : (low + high) / 2
            if abs(next - reserve) <= 1e-15 * next { return next }
            reserve = next
        }
        return reserve
    }

    private func soundSpeed(_ state: RiemannState) -> Double {
        state.density > 0 ? (gamma * (state.pressure + stiffness) / state.density).squareRoot() : 0
    }

    /// The state on a ray left of the contact, with `outer` beyond the left wave.
    private func behindWave(_ outer: RiemannState, _ speed: Double, contact: Double) -> RiemannState {
        let sound = soundSpeed(outer)
        let ratio = star / (outer.pressure + stiffness)
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
        if speed <= contact - starSound { return insideFan(outer, speed) }
        return RiemannState(
            density: outer.density * pow(ratio, 1 / gamma), velocity: contact, pressure: starPressure)
    }

    /// The state inside of a left rarefaction.
    private func insideFan(_ outer: RiemannState, _ speed: Double) -> RiemannState {
        let sound = soundSpeed(outer)
        let share = 2 / (gamma + 1) + (gamma - 1) / ((gamma + 1) * sound) * (outer.velocity - speed)
        return RiemannState(
            density: outer.density * pow(share, 2 / (gamma - 1)),
            velocity: 2 / (gamma + 1) * (sound + (gamma - 1) / 2 * outer.velocity + speed),
            pressure: (outer.pressure + stiffness) * pow(share, 2 * gamma / (gamma - 1)) - stiffness)
    }

    private func besideVacuum(_ speed: Double) -> RiemannState {
        let (first, second) = (soundSpeed(left), soundSpeed(right))
        if left.density > 0, speed < left.velocity + 2 * first / (gamma - 1) {
            return speed <= left.velocity - first ? left : insideFan(left, speed)
        }
        if right.density > 0, speed > right.velocity - 2 * second / (gamma - 1) {
            if speed >= right.velocity + second { return right }
            return insideFan(right.mirrored, -speed).mirrored
        }
        return RiemannState(density: 0, velocity: 0, pressure: -stiffness)
    }
}

/// One outer state, and the velocity jump f(P) across the wave that joins it to P.
private struct RiemannSide {
    let density: Double
    let reserve: Double
    let soundSpeed: Double
    let gamma: Double

    init(_ state: RiemannState, _ fluid: FluidLaw) {
        density = state.density
        reserve = fluid.reserve(pressure: state.pressure)
        gamma = fluid.heatRatio
        soundSpeed = density > 0 ? (gamma * reserve / density).squareRoot() : 0
    }

    func jump(_ star: Double) -> (value: Double, slope: Double) {
        guard density > 0 else { return (0, 0) }
        if star > reserve {
            let a = 2 / ((gamma + 1) * density)
            let b = (gamma - 1) / (gamma + 1) * reserve
            let root = (a / (star + b)).squareRoot()
            return ((star - reserve) * root, root * (1 - (star - reserve) / (2 * (star + b))))
        }
        let ratio = star / reserve
        let value = 2 * soundSpeed / (gamma - 1) * (pow(ratio, (gamma - 1) / (2 * gamma)) - 1)
        return (value, pow(ratio, -(gamma + 1) / (2 * gamma)) / (density * soundSpeed))
    }
}

extension RiemannState {
    /// Seen from the other side.
    fileprivate var mirrored: RiemannState {
        RiemannState(density: density, velocity: -velocity, pressure: pressure)
    }
}
