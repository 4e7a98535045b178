import Foundation

/// Relations of an ideal gas along a streamline without shocks (Anderson 2003, Modern Compressible Flow,
/// section 3.5).
public enum IsentropicFlow {
    /// T₀/T = 1 + (γ−1)/2 M².
    public static func temperatureRatio(mach: Double, heatRatio: Double) -> Double {
        1 + (heatRatio - 1) / 2 * mach * mach
    }

    /// p₀/p = (T₀/T)^{γ/(γ−1)}.
    public static func pressureRatio(mach: Double, heatRatio: Double) -> Double {
        pow(temperatureRatio(mach: mach, heatRatio: heatRatio), heatRatio / (heatRatio - 1))
    }

    /// ρ₀/ρ = (T₀/T)^{1/(γ−1)}.
    public static func densityRatio(mach: Double, heatRatio: Double) -> Double {
        pow(temperatureRatio(mach: mach, heatRatio: heatRatio), 1 / (heatRatio - 1))
    }
}
