import Foundation
import Numerics

/// Dynamic viscosity μ(T).
public enum ViscosityLaw: Sendable, Equatable {
    /// μ = 0.
    case inviscid
    /// The same at every temperature.
    case constant(Double)
    /// μ = μ₀ (T/T₀)^{3/2} (T₀ + S)/(T + S) (Sutherland 1893, doi:10.1080/14786449308620508).
    case sutherland(viscosity: Double, temperature: Double, constant: Double)

    /// The names of the laws: every one has one.
    public enum Name: String, Sendable, CaseIterable {
        /// See ``ViscosityLaw/inviscid``.
        case inviscid
        /// See ``ViscosityLaw/constant(_:)``.
        case constant
        /// See ``ViscosityLaw/sutherland(viscosity:temperature:constant:)``.
        case sutherland
    }

    /// The name of this law.
    public var name: Name {
        switch self {
        case .inviscid: .inviscid
        case .constant: .constant
        case .sutherland: .sutherland
        }
    }

    /// Whether there is any viscosity at all.
    public var isViscous: Bool {
        switch self {
        case .inviscid: false
        case .constant(let value): value != 0
        case .sutherland: true
        }
    }

    /// μ(T) in every lane.
    @inlinable @inline(__always) public func viscosity<V: Lanes>(_ temperature: V) -> V {
        switch self {
        case .inviscid: return V(0)
        case .constant(let value): return V(V.Element(double: value))
        case .sutherland(let value, let reference, let constant):
            let ratio = temperature * V(V.Element(double: 1 / reference))
            return ratio * ratio.root * V(V.Element(double: value * (reference + constant)))
                / (temperature + V(V.Element(double: constant)))
        }
    }

    /// μ(T).
    public func viscosity(at temperature: Double) -> Double { viscosity(OneLane(temperature)).value }
}
