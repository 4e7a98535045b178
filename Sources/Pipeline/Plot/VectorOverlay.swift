import Figures

/// The velocity over a field in the plane.
enum VectorOverlay: String, Sendable {
    /// Lines along the velocity.
    case streamlines
    /// Arrows.
    case arrows

    /// The layer of a snapshot; there is no velocity in bodies. Throws `ToolError` where the file lacks a velocity.
    func layer(_ fields: StoredFields, _ grid: PictureGrid) throws -> any Layer {
        let distance = try fields.signedDistance()
        func component(_ name: String) throws -> Plane {
            var values = try fields.values(name)
            if let distance {
                for cell in values.indices where distance[cell] < 0 { values[cell] = .nan }
            }
            return try grid.plane(values)
        }
        let field = try VectorPlane(u: component("velocity_x"), v: component("velocity_y"))
        switch self {
        case .streamlines: return StreamlineLayer(field)
        case .arrows: return QuiverLayer(field)
        }
    }
}
