import Numerics
import Schema

/// The ideal gas with constant specific heats: p = (γ − 1)h, c² = γp/ρ, T = p/(ρR), cp = γR/(γ − 1).
@frozen public struct IdealGas<Scalar: Real>: Fluid, Equatable {
    /// γ, the ratio of specific heats.
    public let heatRatio: Scalar
    /// R of p = ρRT.
    public let gasConstant: Scalar
    @usableFromInline let slope: Scalar

    /// A gas from γ > 1 and R > 0.
    @inlinable public init(heatRatio: Scalar, gasConstant: Scalar = 1) {
        self.heatRatio = heatRatio
        self.gasConstant = gasConstant
        slope = heatRatio - 1
    }

    /// The same gas in another precision.
    @inlinable public init(_ wide: IdealGas<Double>) {
        self.init(
            heatRatio: Scalar(double: wide.heatRatio), gasConstant: Scalar(double: wide.gasConstant))
    }

    /// γR/(γ − 1).
    @inlinable public var heatCapacity: Scalar { heatRatio * gasConstant / slope }
    /// 0.
    @inlinable public var leastHeat: Scalar { 0 }
    /// (γ + 1)/(γ − 1): then P ≤ 2γp/(γ−1), and P √((γ−1)/(2ρp)) ≤ √(γP/ρ), which is what positivity asks for.
    @inlinable public var largestEntropicRatio: Scalar { (heatRatio + 1) / slope }

    /// (γ − 1)(h − h₀).
    @inlinable @inline(__always) public func pressureChange<V: Lanes>(heat change: V) -> V
    where V.Element == Scalar { change * V(slope) }
    /// (p − p₀)/(γ − 1).
    @inlinable @inline(__always) public func heatChange<V: Lanes>(pressure change: V) -> V
    where V.Element == Scalar { change * V(1 / slope) }
    /// (γ − 1)h.
    @inlinable @inline(__always) public func pressure<V: Lanes>(heat: V) -> V where V.Element == Scalar {
        heat * V(slope)
    }
    /// p/(γ − 1).
    @inlinable @inline(__always) public func heat<V: Lanes>(pressure: V) -> V where V.Element == Scalar {
        pressure / V(slope)
    }
    /// p.
    @inlinable @inline(__always) public func reserve<V: Lanes>(pressure: V) -> V where V.Element == Scalar {
        pressure
    }
    /// γp/ρ.
    @inlinable @inline(__always) public func soundSpeedSquared<V: Lanes>(
        pressure: V, inverseDensity: V
    ) -> V where V.Element == Scalar { pressure * V(heatRatio) * inverseDensity }
    /// p/(ρR).
    @inlinable @inline(__always) public func temperature<V: Lanes>(pressure: V, inverseDensity: V) -> V
    where V.Element == Scalar { pressure * inverseDensity * V(1 / gasConstant) }
    /// p/(RT).
    @inlinable @inline(__always) public func density<V: Lanes>(pressure: V, temperature: V) -> V
    where V.Element == Scalar { pressure / (V(gasConstant) * temperature) }
}

extension FluidKind {
    private static let ratio = Key.number(
        "gamma", .above(1), default: 1.4, unit: "1", "Ratio of specific heats.")
    private static let constant = Key.number(
        "gas_constant", .above(0), default: 1, unit: "velocity²/temperature", "R of p = ρ R T.")

    /// `kind = "ideal"`.
    static let ideal = FluidKind("ideal", "An ideal gas, p = (γ − 1)(E − ½ρ|u|²).", [ratio, constant]) {
        .ideal(IdealGas(heatRatio: $0[ratio], gasConstant: $0[constant]))
    }
}
