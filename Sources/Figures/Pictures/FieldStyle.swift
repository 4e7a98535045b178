/// How a field of the run file is named and coloured in pictures.
public struct FieldStyle: Sendable, Hashable {
    /// What an axis or a colour bar says.
    public var label: String
    /// The colours; nil lets the data decide.
    public var colorMap: ColorMap?

    /// A style.
    public init(label: String, colorMap: ColorMap? = nil) {
        self.label = label
        self.colorMap = colorMap
    }

    /// The style of a field by its name in the run file, as in `velocity_x`. Names that are not known are
    /// shown with spaces for underscores.
    public static func named(_ field: String) -> FieldStyle {
        known[field] ?? FieldStyle(label: field.split(separator: "_").joined(separator: " "))
    }

    private static let known: [String: FieldStyle] = [
        "density": FieldStyle(label: "density ρ"),
        "pressure": FieldStyle(label: "pressure p"),
        "velocity_x": FieldStyle(label: "velocity u"),
        "velocity_y": FieldStyle(label: "velocity v"),
        "velocity_z": FieldStyle(label: "velocity w"),
        "temperature": FieldStyle(label: "temperature T", colorMap: .inferno),
        "mach": FieldStyle(label: "Mach number", colorMap: .inferno),
        "entropic_pressure": FieldStyle(label: "entropic pressure Σ"),
        "vorticity_z": FieldStyle(label: "vorticity ω"),
        "drag_coefficient": FieldStyle(label: "drag coefficient Cd"),
        "lift_coefficient": FieldStyle(label: "lift coefficient Cl"),
        "sdf": FieldStyle(label: "signed distance φ", colorMap: .coolWarm),
        "mask": FieldStyle(label: "mask", colorMap: .grey),
        "schlieren": FieldStyle(label: "schlieren", colorMap: .grey),
    ]
}
