import Foundation

/// Numerical schlieren: the shade S = exp(−k |∇ρ| / max |∇ρ|), 1 (white) in smooth flow, towards 0 (black)
/// at shocks, contacts and shear layers.
///
/// J. J. Quirk and S. Karni (1996), On the dynamics of a shock–bubble interaction, J. Fluid Mech. 318,
/// doi:10.1017/S0022112096007069.
public enum Schlieren {
    /// The amplification k when none is given.
    public static let defaultAmplification = 15.0

    /// The shades of a field of |∇ρ|, on the same cells; NaN where it is not finite.
    /// - Parameter amplification: k, greater than zero.
    /// - Throws: ``FigureError/emptyData(what:)`` when no value is finite.
    public static func shades(
        of gradient: Plane, amplification: Double = defaultAmplification
    ) throws(FigureError) -> Plane {
        guard !gradient.bounds.isEmpty else { throw .emptyData(what: "the density of a schlieren picture") }
        let greatest = gradient.values.reduce(Float(0)) { $1.isFinite ? max($0, $1) : $0 }
        let factor = greatest > 0 ? Float(-amplification) / greatest : 0
        return try gradient.with(values: gradient.values.map { $0.isFinite ? exp(factor * $0) : $0 })
    }
}
