/// A field that a snapshot can hold. The raw value is its name in case and run files.
public enum FlowField: String, Sendable, CaseIterable {
    /// ρ.
    case density
    /// u, along x.
    case velocityX = "velocity_x"
    /// v, along y.
    case velocityY = "velocity_y"
    /// w, along z.
    case velocityZ = "velocity_z"
    /// p = (γ − 1)(E − ½ρ|u|²).
    case pressure
    /// Σ of the information geometric regularization; 0 where the scheme has none.
    case entropicPressure = "entropic_pressure"
    /// T = p / (ρR).
    case temperature
    /// |u| / √(γp/ρ).
    case mach
    /// ∂w/∂y − ∂v/∂z.
    case vorticityX = "vorticity_x"
    /// ∂u/∂z − ∂w/∂x.
    case vorticityY = "vorticity_y"
    /// ∂v/∂x − ∂u/∂y.
    case vorticityZ = "vorticity_z"
    /// |∇×u|.
    case vorticityMagnitude = "vorticity_magnitude"
    /// |∇ρ|.
    case schlieren
    /// φ of all bodies where they are at the time, negative inside; infinite where there are none.
    case signedDistance = "signed_distance"

    /// The velocity components of a domain, x first.
    public static func velocity(rank: Int) -> [FlowField] {
        Array([.velocityX, .velocityY, .velocityZ].prefix(rank))
    }

    /// The fields that a case asks for, each once: `velocity` stands for all its components. Unknown names,
    /// which the case reader has refused, are passed over.
    public static func named(_ names: [String], rank: Int) -> [FlowField] {
        var fields: [FlowField] = []
        for name in names {
            let meant =
                name == "velocity" ? velocity(rank: rank) : [FlowField(rawValue: name)].compactMap { $0 }
            fields += meant.filter { !fields.contains($0) }
        }
        return fields
    }

    /// Whether it is made of differences between neighbouring cells.
    var needsNeighbours: Bool {
        switch self {
        case .vorticityX, .vorticityY, .vorticityZ, .vorticityMagnitude, .schlieren: true
        default: false
        }
    }
}
