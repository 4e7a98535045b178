import Foundation

/// How far a bow shock stands before a blunt nose, in units of the nose's radius, for air
/// (Billig 1967, doi:10.2514/3.28969). A fit to measurements, good to a few per cent.
public enum BowShock {
    /// A circular cylinder across the flow: Δ/R = 0.386 exp(4.67/M²).
    public static func standOffOfCylinder(mach: Double) -> Double { 0.386 * exp(4.67 / (mach * mach)) }

    /// A sphere: Δ/R = 0.143 exp(3.24/M²).
    public static func standOffOfSphere(mach: Double) -> Double { 0.143 * exp(3.24 / (mach * mach)) }
}
