import Numerics
import Schema

/// The stiffened gas, which stands for liquids under high pressure: p = (γ − 1)h − γp∞, c² = γ(p + p∞)/ρ
/// (Harlow & Amsden 1971, LA-4700; Menikoff & Plohr 1989, doi:10.1103/RevModPhys.61.75). It bears tension down to p =
/// −p∞. T = (p + p∞)/(ρR) with R = (γ − 1)cv (Le Métayer, Massoni & Saurel 2004).
///
/// The Euler equations of (p, E) are those of an ideal gas with p + p∞ and E − p∞.
@frozen public struct StiffenedGas<Scalar: Real>: Fluid, Equatable {
    /// γ, the ratio of specific heats.
    public let heatRatio: Scalar
    /// p∞ ≥ 0.
    public let stiffness: Scalar
    /// R of p + p∞ = ρRT.
    public let gasConstant: Scalar
    @usableFromInline let slope: Scalar

    /// A liquid from γ > 1, p∞ ≥ 0 and R > 0.
    @inlinable public init(heatRatio: Scalar, stiffness: Scalar, gasConstant: Scalar = 1) {
        self.heatRatio = heatRatio
        self.stiffness = stiffness
        self.gasConstant = gasConstant
        slope = heatRatio - 1
    }

    /// The same liquid in another precision.
    @inlinable public init(_ wide: StiffenedGas<Double>) {
        self.init(
            heatRatio: Scalar(double: wide.heatRatio), stiffness: Scalar(double: wide.stiffness),
            gasConstant: Scalar(double: wide.gasConstant))
    }

    /// γR/(γ − 1).
    @inlinable public var heatCapacity: Scalar { heatRatio * gasConstant / slope }
    /// p∞: h at p = −p∞.
    @inlinable public var leastHeat: Scalar { stiffness }
    /// (γ + 1)/(γ − 1), as in the ideal gas of p + p∞.
    @inlinable public var largestEntropicRatio: Scalar { (heatRatio + 1) / slope }

    /// (γ − 1)(h − h₀).
    @inlinable @inline(__always) public func pressureChange<V: Lanes>(heat change: V) -> V
    where V.Element == Scalar { change * V(slope) }
    /// (p − p₀)/(γ − 1).
    @inlinable @inline(__always) public func heatChange<V: Lanes>(pressure change: V) -> V
    where V.Element == Scalar { change * V(1 / slope) }
    /// (γ − 1)h − γp∞.
    @inlinable @inline(__always) public func pressure<V: Lanes>(heat: V) -> V where V.Element == Scalar {
        (heat - V(stiffness)) * V(slope) - V(stiffness)
    }
    /// (p + γp∞)/(γ − 1).
    @inlinable @inline(__always) public func heat<V: Lanes>(pressure: V) -> V where V.Element == Scalar {
        (pressure + V(stiffness)) / V(slope) + V(stiffness)
    }
    /// p + p∞.
    @inlinable @inline(__always) public func reserve<V: Lanes>(pressure: V) -> V where V.Element == Scalar {
        pressure + V(stiffness)
    }
    /// γ(p + p∞)/ρ.
    @inlinable @inline(__always) public func soundSpeedSquared<V: Lanes>(
        pressure: V, inverseDensity: V
    ) -> V where V.Element == Scalar { (pressure + V(stiffness)) * V(heatRatio) * inverseDensity }
    /// (p + p∞)/(ρR).
    @inlinable @inline(__always) public func temperature<V: Lanes>(pressure: V, inverseDensity: V) -> V
    where V.Element == Scalar { (pressure + V(stiffness)) * inverseDensity * V(1 / gasConstant) }
    /// (p + p∞)/(RT).
    @inlinable @inline(__always) public func density<V: Lanes>(pressure: V, temperature: V) -> V
    where V.Element == Scalar { (pressure + V(stiffness)) / (V(gasConstant) * temperature) }
}

extension FluidKind {
    private static let ratio = Key.number("gamma", .above(1), unit: "1", "γ; about 6.12 for water.")
    private static let stiffness = Key.number(
        "stiffness", .atLeast(0), unit: "pressure",
        "p∞; about 343 MPa for water where γ is 6.12 (Cocchi, Saurel & Loraud 1996).")
    private static let constant = Key.number(
        "gas_constant", .above(0), default: 1, unit: "velocity²/temperature", "R of p + p∞ = ρ R T.")

    /// `kind = "stiffened"`.
    static let stiffened = FluidKind(
        "stiffened", "A liquid as a stiffened gas, p = (γ − 1)(E − ½ρ|u|²) − γp∞.",
        [ratio, stiffness, constant]
    ) {
        .stiffened(
            StiffenedGas(heatRatio: $0[ratio], stiffness: $0[stiffness], gasConstant: $0[constant]))
    }
}
