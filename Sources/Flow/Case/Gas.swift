/// Ideal gas, p = (γ − 1)(E − ½ρ|u|²), T = p / (ρ R).
public struct Gas: Sendable, Equatable {
    /// Ratio of specific heats γ.
    public var gamma: Double
    /// Specific gas constant R.
    public var gasConstant: Double
    /// Prandtl number.
    public var prandtl: Double
    /// Dynamic viscosity.
    public var viscosity: ViscosityLaw
}

/// Dynamic viscosity μ(T).
public enum ViscosityLaw: Sendable, Equatable {
    /// μ = 0.
    case inviscid
    /// The same at every temperature.
    case constant(Double)
    /// μ = μ₀ (T/T₀)^{3/2} (T₀ + S)/(T + S) (Sutherland 1893, doi:10.1080/14786449308620508).
    case sutherland(viscosity: Double, temperature: Double, constant: Double)
}
