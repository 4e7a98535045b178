import Numerics

/// A compressible fluid: what joins density, energy and pressure.
///
/// All formulas are written over lanes, without memory and grid, so that kernels, single cells and whole rows in
/// double precision share them. h is the *heat*, the internal energy per volume: E = h + ½ρ|u|². Most kernels
/// work with deviations from a reference state; ``pressureChange(heat:)`` and its inverse turn those of h into those of
/// p without cancellation.
///
/// A fluid is admissible where ρ > 0 and p exceeds the least pressure that it bears, which is where the speed of sound
/// vanishes: 0 in a gas, −p∞ in a liquid. ``reserve(pressure:)`` is the distance from there.
public protocol Fluid<Scalar>: Sendable {
    /// The number that it is computed with.
    associatedtype Scalar: Real

    /// cp/cv.
    var heatRatio: Scalar { get }
    /// cp, the heat that a unit of mass takes up per unit of temperature at constant pressure.
    var heatCapacity: Scalar { get }
    /// h where the speed of sound vanishes: ``reserve(pressure:)`` is 0 there.
    var leastHeat: Scalar { get }
    /// Up to which multiple of its reserve a fluid may carry Σ so that the first-order flux with the speed |u| +
    /// c(p + Σ) keeps it admissible: (γ+1)/(γ−1) where p is linear in h.
    var largestEntropicRatio: Scalar { get }

    /// p − p₀ from h − h₀.
    func pressureChange<V: Lanes>(heat change: V) -> V where V.Element == Scalar
    /// h − h₀ from p − p₀.
    func heatChange<V: Lanes>(pressure change: V) -> V where V.Element == Scalar
    /// p from h.
    func pressure<V: Lanes>(heat: V) -> V where V.Element == Scalar
    /// h from p.
    func heat<V: Lanes>(pressure: V) -> V where V.Element == Scalar
    /// p above the least admissible pressure.
    func reserve<V: Lanes>(pressure: V) -> V where V.Element == Scalar
    /// c² from p and 1/ρ.
    func soundSpeedSquared<V: Lanes>(pressure: V, inverseDensity: V) -> V where V.Element == Scalar
    /// T from p and 1/ρ.
    func temperature<V: Lanes>(pressure: V, inverseDensity: V) -> V where V.Element == Scalar
    /// ρ from p and T.
    func density<V: Lanes>(pressure: V, temperature: V) -> V where V.Element == Scalar
}

// The same for a single cell.
extension Fluid {
    /// p − p₀ from h − h₀.
    @inlinable @inline(__always) public func pressureChange(heat change: Scalar) -> Scalar {
        pressureChange(heat: OneLane(change)).value
    }
    /// h − h₀ from p − p₀.
    @inlinable @inline(__always) public func heatChange(pressure change: Scalar) -> Scalar {
        heatChange(pressure: OneLane(change)).value
    }
    /// p from h.
    @inlinable @inline(__always) public func pressure(heat: Scalar) -> Scalar {
        pressure(heat: OneLane(heat)).value
    }
    /// h from p.
    @inlinable @inline(__always) public func heat(pressure: Scalar) -> Scalar {
        heat(pressure: OneLane(pressure)).value
    }
    /// p above the least admissible pressure.
    @inlinable @inline(__always) public func reserve(pressure: Scalar) -> Scalar {
        reserve(pressure: OneLane(pressure)).value
    }
    /// c from p and ρ; 0 where the fluid is not admissible.
    @inlinable @inline(__always) public func soundSpeed(pressure: Scalar, density: Scalar) -> Scalar {
        max(0, soundSpeedSquared(pressure: OneLane(pressure), inverseDensity: OneLane(1 / density)).value)
            .squareRoot()
    }
    /// T from p and ρ.
    @inlinable @inline(__always) public func temperature(pressure: Scalar, density: Scalar) -> Scalar {
        temperature(pressure: OneLane(pressure), inverseDensity: OneLane(1 / density)).value
    }
    /// ρ from p and T.
    @inlinable @inline(__always) public func density(pressure: Scalar, temperature: Scalar) -> Scalar {
        density(pressure: OneLane(pressure), temperature: OneLane(temperature)).value
    }
}
