import Foundation

/// Supersonic flow along the axis of a cone (Taylor & Maccoll 1933, doi:10.1098/rspa.1933.0017). Angles in
/// radians from the axis.
///
/// Between the shock and the surface everything depends on the angle θ alone. With the velocities
/// V_r, V_θ in units of the greatest that the gas can reach and a = (γ−1)/2 (1 − V_r² − V_θ²):
///
///     dV_r/dθ = V_θ,   dV_θ/dθ = (V_θ² V_r − a (2V_r + V_θ cot θ)) / (a − V_θ²),
///
/// from the state behind the oblique shock down to V_θ = 0, which is the surface.
public struct ConicalFlow: Sendable {
    /// The Mach number ahead.
    public let mach: Double
    /// Ratio of specific heats.
    public let heatRatio: Double
    /// The half angle of the shock.
    public let shockAngle: Double
    /// The half angle of the cone.
    public let coneAngle: Double
    /// The Mach number at the surface.
    public let surfaceMach: Double
    /// The pressure at the surface over that of the free stream.
    public let surfacePressureRatio: Double

    /// The flow behind a shock of a half angle above the Mach angle.
    public init(mach: Double, heatRatio: Double, shockAngle: Double) {
        let shock = ObliqueShock(mach: mach, heatRatio: heatRatio, angle: shockAngle)
        let surface = Self.integrate(shock)
        self.mach = mach
        self.heatRatio = heatRatio
        self.shockAngle = shockAngle
        coneAngle = surface.angle
        surfaceMach = (2 / (heatRatio - 1) / (1 / (surface.speed * surface.speed) - 1)).squareRoot()
        let total =
            IsentropicFlow.pressureRatio(mach: mach, heatRatio: heatRatio) * shock.normal.totalPressureRatio
        surfacePressureRatio = total / IsentropicFlow.pressureRatio(mach: surfaceMach, heatRatio: heatRatio)
    }

    /// The weak conical shock of a cone; nil where it is detached.
    public init?(mach: Double, heatRatio: Double, coneAngle wanted: Double) {
        guard mach > 1, wanted > 0 else { return nil }
        let cone = { ConicalFlow(mach: mach, heatRatio: heatRatio, shockAngle: $0).coneAngle }
        let steps = 200
        let low = asin(1 / mach)
        let angles = (0...steps).map { low + (Double.pi / 2 - low) * (Double($0) + 1e-6) / Double(steps + 1) }
        // The cone angle rises from 0 with the shock angle, up to detachment.
        guard let first = angles.firstIndex(where: { cone($0) >= wanted }) else { return nil }
        // A slender cone's shock is within θ⁴ of the Mach cone.
        let angle = Bisection.root(between: first > 0 ? angles[first - 1] : low, and: angles[first]) {
            cone($0) - wanted
        }
        self.init(mach: mach, heatRatio: heatRatio, shockAngle: angle)
    }

    /// The surface behind a shock: its angle and the speed along it.
    private static func integrate(_ shock: ObliqueShock) -> (angle: Double, speed: Double) {
        let heatRatio = shock.heatRatio
        let mach = shock.machBehind
        let speed = 1 / (2 / ((heatRatio - 1) * mach * mach) + 1).squareRoot()
        let behind = shock.angle - shock.deflection
        var state = SIMD2(speed * cos(behind), -speed * sin(behind))
        var angle = shock.angle
        let steps = 1000
        for index in 1..<steps {
            // Behind a weak shock the equation is nearly singular: steps begin small.
            let share = Double(index) / Double(steps)
            let step = shock.angle * (1 - share * share) - angle
            let next = rungeKutta(state, angle, step, heatRatio)
            if next.y >= 0 {
                // The last step ends at the surface: V_θ is nearly linear in it.
                let share = state.y / (state.y - next.y)
                let last = rungeKutta(state, angle, step * share, heatRatio)
                return (angle + step * share, last.x)
            }
            (state, angle) = (next, angle + step)
        }
        return (0, state.x)
    }

    private static func rungeKutta(
        _ state: SIMD2<Double>, _ angle: Double, _ step: Double, _ heatRatio: Double
    ) -> SIMD2<Double> {
        let first = slope(state, angle, heatRatio)
        let second = slope(state + step / 2 * first, angle + step / 2, heatRatio)
        let third = slope(state + step / 2 * second, angle + step / 2, heatRatio)
        let fourth = slope(state + step * third, angle + step, heatRatio)
        return state + step / 6 * (first + 2 * second + 2 * third + fourth)
    }

    private static func slope(_ state: SIMD2<Double>, _ angle: Double, _ heatRatio: Double) -> SIMD2<Double> {
        let a = (heatRatio - 1) / 2 * (1 - (state * state).sum())
        let (radial, turning) = (state.x, state.y)
        let numerator = turning * turning * radial - a * (2 * radial + turning / tan(angle))
        return SIMD2(turning, numerator / (a - turning * turning))
    }
}
