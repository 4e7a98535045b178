import Foundation

/// A plane shock inclined to a supersonic flow; angles in radians, measured from the flow ahead
/// (Ames Research Staff 1953, NACA report 1135, equations 138–168).
public struct ObliqueShock: Sendable {
    /// Which of the two shocks that turn the flow by the same angle.
    public enum Branch: Sendable {
        /// The flatter one, which wedges in a free stream have.
        case weak
        /// The steeper one, with subsonic flow behind it.
        case strong
    }

    /// The Mach number ahead.
    public let mach: Double
    /// Ratio of specific heats.
    public let heatRatio: Double
    /// The angle β between the shock and the flow ahead.
    public let angle: Double

    /// A shock at an angle between the Mach angle asin(1/M) and π/2.
    public init(mach: Double, heatRatio: Double, angle: Double) {
        self.mach = mach
        self.heatRatio = heatRatio
        self.angle = angle
    }

    /// The shock that turns the flow by an angle θ; nil where none is attached: θ is above
    /// ``largestDeflection(mach:heatRatio:)``, or the flow is subsonic.
    public init?(mach: Double, heatRatio: Double, deflection: Double, branch: Branch = .weak) {
        guard mach > 1, deflection >= 0,
            deflection <= Self.largestDeflection(mach: mach, heatRatio: heatRatio)
        else { return nil }
        let turn = { Self.deflection(mach: mach, heatRatio: heatRatio, angle: $0) }
        let top = Self.angleOfLargestDeflection(mach: mach, heatRatio: heatRatio)
        // Along the bracket's first end the flow turns less than wanted.
        let start = branch == .weak ? asin(1 / mach) : Double.pi / 2
        self.init(
            mach: mach, heatRatio: heatRatio,
            angle: Bisection.root(between: start, and: top) { turn($0) - deflection })
    }

    /// The angle θ by which the flow is turned: tan θ = 2 cot β (M² sin²β − 1)/(M²(γ + cos 2β) + 2).
    public var deflection: Double { Self.deflection(mach: mach, heatRatio: heatRatio, angle: angle) }

    /// The normal shock that the velocity component across it sees.
    public var normal: NormalShock { NormalShock(mach: mach * sin(angle), heatRatio: heatRatio) }

    /// The Mach number behind.
    public var machBehind: Double { normal.machBehind / sin(angle - deflection) }

    /// Beyond this deflection the shock is detached.
    public static func largestDeflection(mach: Double, heatRatio: Double) -> Double {
        deflection(
            mach: mach, heatRatio: heatRatio,
            angle: angleOfLargestDeflection(mach: mach, heatRatio: heatRatio))
    }

    private static func deflection(mach: Double, heatRatio: Double, angle: Double) -> Double {
        let squared = mach * mach
        let across = squared * sin(angle) * sin(angle) - 1
        return atan(2 * across / (tan(angle) * (squared * (heatRatio + cos(2 * angle)) + 2)))
    }

    private static func angleOfLargestDeflection(mach: Double, heatRatio: Double) -> Double {
        let (squared, sum) = (mach * mach, heatRatio + 1)
        let root = (sum * (sum * squared * squared / 16 + (heatRatio - 1) * squared / 2 + 1)).squareRoot()
        return asin(((sum * squared / 4 - 1 + root) / (heatRatio * squared)).squareRoot())
    }
}
