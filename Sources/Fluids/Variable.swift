/// One of the quantities that a fluid carries along: what index arithmetic, names in files, keys and signs in a mirror
/// follow from.
public struct Variable: Sendable, Equatable {
    /// What a variable is.
    public enum Role: Sendable, Equatable {
        /// ρ.
        case density
        /// ρu_d, d = 0 x, 1 y, 2 z.
        case momentum(Int)
        /// E, total energy per volume.
        case energy
        /// u_d.
        case velocity(Int)
        /// p.
        case pressure
    }

    /// What it is.
    public let role: Role

    /// A variable of a role.
    public init(_ role: Role) { self.role = role }

    private static let axes = ["x", "y", "z"]

    /// As in run files, datasets, case files.
    public var name: String {
        switch role {
        case .density: "density"
        case .momentum(let direction): "momentum_\(Self.axes[direction])"
        case .energy: "energy"
        case .velocity(let direction): "velocity_\(Self.axes[direction])"
        case .pressure: "pressure"
        }
    }

    /// The unit in words.
    public var unit: String {
        switch role {
        case .density: "density"
        case .momentum: "density·velocity"
        case .energy, .pressure: "pressure"
        case .velocity: "velocity"
        }
    }

    /// Its sign in a mirror across an axis.
    public func mirrorSign(across axis: Int) -> Double {
        switch role {
        case .momentum(axis), .velocity(axis): -1
        default: 1
        }
    }

    /// ρ, ρu per direction, E: what is conserved in `rank` dimensions.
    public static func conserved(rank: Int) -> [Variable] {
        [Variable(.density)] + (0..<rank).map { Variable(.momentum($0)) } + [Variable(.energy)]
    }

    /// ρ, u per direction, p.
    public static func primitive(rank: Int) -> [Variable] {
        [Variable(.density)] + (0..<rank).map { Variable(.velocity($0)) } + [Variable(.pressure)]
    }
}
