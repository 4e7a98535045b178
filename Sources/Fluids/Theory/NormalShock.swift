import Foundation

/// The jump across a shock that stands across the flow (Rankine 1870, Hugoniot 1887; Ames Research Staff 1953,
/// NACA report 1135, equations 93–100). Ratios are behind over ahead.
public struct NormalShock: Sendable {
    /// The Mach number ahead.
    public let mach: Double
    /// Ratio of specific heats.
    public let heatRatio: Double

    /// A shock at a Mach number of at least 1.
    public init(mach: Double, heatRatio: Double) {
        self.mach = mach
        self.heatRatio = heatRatio
    }

    /// p₂/p₁ = 1 + 2γ/(γ+1) (M² − 1).
    public var pressureRatio: Double { 1 + 2 * heatRatio / (heatRatio + 1) * (mach * mach - 1) }

    /// ρ₂/ρ₁ = (γ+1)M² / ((γ−1)M² + 2).
    public var densityRatio: Double { (heatRatio + 1) * mach * mach / ((heatRatio - 1) * mach * mach + 2) }

    /// M₂² = (1 + (γ−1)/2 M²) / (γM² − (γ−1)/2).
    public var machBehind: Double {
        ((1 + (heatRatio - 1) / 2 * mach * mach) / (heatRatio * mach * mach - (heatRatio - 1) / 2))
            .squareRoot()
    }

    /// p₀₂/p₀₁: what the shock leaves of the total pressure.
    public var totalPressureRatio: Double {
        pitotPressureRatio / IsentropicFlow.pressureRatio(mach: mach, heatRatio: heatRatio)
    }

    /// p₀₂/p₁, Rayleigh's pitot formula: the pressure at the stagnation point of a blunt body over that of the
    /// free stream (Rayleigh 1910, doi:10.1098/rspa.1910.0075).
    public var pitotPressureRatio: Double {
        let squared = mach * mach
        let isentropic = pow((heatRatio + 1) / 2 * squared, heatRatio / (heatRatio - 1))
        let jump = pow((heatRatio + 1) / (2 * heatRatio * squared - heatRatio + 1), 1 / (heatRatio - 1))
        return isentropic * jump
    }
}
