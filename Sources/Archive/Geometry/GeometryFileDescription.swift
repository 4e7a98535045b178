/// A shape on a grid, as a geometry file holds it.
public struct GeometryFileDescription: Sendable {
    /// The grid's axes, x first; one, two or three.
    public var axes: [RunAxis]
    /// Signed distance and mask in every cell.
    public var geometry: RunGeometry
    /// The version of the program that sampled the shape.
    public var toolVersion: String
    /// Further attributes of the root: the source, the bodies' names, measures of the shape.
    public var attributes: [String: AttributeValue]
    /// Deflate level, 0 (off) to 9.
    public var deflateLevel: Int

    /// Creates a description.
    public init(
        axes: [RunAxis], geometry: RunGeometry, toolVersion: String,
        attributes: [String: AttributeValue] = [:], deflateLevel: Int = 4
    ) {
        self.axes = axes
        self.geometry = geometry
        self.toolVersion = toolVersion
        self.attributes = attributes
        self.deflateLevel = deflateLevel
    }

    static let format = "hugoniot-geometry"

    /// Checks what would make the file contradict itself. Throws `ArchiveError`.
    func validate() throws {
        try RunFileLayout.validate(axes)
        try RunFileLayout.validate(geometry, cellCount: axes.reduce(1) { $0 * $1.cellCount })
        guard let cell = geometry.signedDistance.firstIndex(where: { !$0.isFinite }) else { return }
        throw ArchiveError(
            .nonFinite,
            "the signed distance is \(geometry.signedDistance[cell]) at cell \(cell); nothing was written")
    }
}
