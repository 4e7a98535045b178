import Foundation

/// The simple wave in which a supersonic flow turns away from a wall; angles in radians
/// (Meyer 1908; Ames Research Staff 1953, NACA report 1135, equation 171c).
public enum PrandtlMeyer {
    /// ν(M) = √((γ+1)/(γ−1)) atan √((γ−1)/(γ+1)(M² − 1)) − atan √(M² − 1).
    public static func angle(mach: Double, heatRatio: Double) -> Double {
        let ratio = ((heatRatio + 1) / (heatRatio - 1)).squareRoot()
        let root = max(mach * mach - 1, 0).squareRoot()
        return ratio * atan(root / ratio) - atan(root)
    }

    /// The largest ν, at M = ∞: a flow that turns further leaves a vacuum.
    public static func largestAngle(heatRatio: Double) -> Double {
        (((heatRatio + 1) / (heatRatio - 1)).squareRoot() - 1) * .pi / 2
    }

    /// The Mach number at which ν is this angle; nil where there is none.
    public static func mach(angle wanted: Double, heatRatio: Double) -> Double? {
        guard wanted >= 0, wanted < largestAngle(heatRatio: heatRatio) else { return nil }
        // By 1/M, which has a bounded range.
        return 1
            / Bisection.root(between: 1, and: 1e-9) { angle(mach: 1 / $0, heatRatio: heatRatio) - wanted }
    }

    /// The Mach number behind a turn of the flow by `turn` away from itself; nil where a vacuum opens.
    public static func machBehind(mach: Double, turn: Double, heatRatio: Double) -> Double? {
        self.mach(angle: angle(mach: mach, heatRatio: heatRatio) + turn, heatRatio: heatRatio)
    }
}
