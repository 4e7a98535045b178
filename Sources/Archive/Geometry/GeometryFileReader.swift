/// Reads a geometry file.
public final class GeometryFileReader: Sendable {
    /// The file's path on disk.
    public let path: String
    /// The attributes of the root: source, names of bodies, measures.
    public let attributes: [String: AttributeValue]
    /// The grid's axes, x first.
    public let axes: [RunAxis]
    private let root: HDF5Group
    private let file: HDF5File

    /// Opens a geometry file. Throws `ArchiveError` telling apart a missing, foreign, truncated, newer and
    /// damaged file.
    public init(_ path: String) throws {
        self.path = path
        file = try HugoniotFile.open(path, format: GeometryFileDescription.format)
        root = file.root
        do {
            attributes = try file.root.attributes.all()
            axes = try GridDatasets.readAxes(file.root)
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
    }

    /// The shape of the grid, slowest axis first: (z,) y, x.
    public var shape: [Int] { axes.reversed().map(\.cellCount) }

    /// Signed distance and mask. Throws `ArchiveError` where the file lacks them.
    public func geometry() throws -> RunGeometry {
        do {
            guard let geometry = try GridDatasets.readGeometry(root) else {
                throw ArchiveError(.damaged, "\(path) is damaged: it has no /geometry/sdf")
            }
            try RunFileLayout.validate(geometry, cellCount: shape.reduce(1, *))
            return geometry
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
    }
}
