import Foundation

/// Writes `RUN.xdmf`, a small XML text that lets ParaView and VisIt open `RUN.h5`: XDMF 2, one rectilinear
/// mesh, a temporal collection, every field a cell-centred scalar that points into the HDF5 file by its
/// relative name. A 1-D run appears as one row of cells.
public enum XDMFSidecar {
    /// The sidecar's path for a run file or a geometry file.
    public static func path(forRunFile path: String) -> String {
        (path as NSString).deletingPathExtension + ".xdmf"
    }

    /// Writes the sidecar of a run file, in one step. Throws `ArchiveError`.
    public static func write(forRunFile path: String) throws {
        let reader = try RunFileReader(path)
        let mesh = XDMFMesh(fileName: (path as NSString).lastPathComponent, axes: reader.axes)
        let grids = reader.times.indices.map { index in
            mesh.grid("snapshot \(index)", time: reader.times[index], scalars(reader, snapshot: index))
        }
        let collection =
            "    <Grid Name=\"run\" GridType=\"Collection\" CollectionType=\"Temporal\">\n"
            + grids.joined() + "    </Grid>\n"
        try write(XDMFMesh.document(collection), beside: path)
    }

    /// Writes the sidecar of a geometry file, in one step. Throws `ArchiveError`.
    public static func write(forGeometryFile path: String) throws {
        let reader = try GeometryFileReader(path)
        let mesh = XDMFMesh(fileName: (path as NSString).lastPathComponent, axes: reader.axes)
        let grid = mesh.grid("geometry", Self.geometry)
        try write(XDMFMesh.document(grid), beside: path)
    }

    private static func scalars(_ reader: RunFileReader, snapshot: Int) -> [XDMFMesh.Scalar] {
        let type: ElementType =
            switch reader.fieldPrecision {
            case 8: .float64
            case 2: .float16
            default: .float32
            }
        return reader.fieldNames.map { name in
            XDMFMesh.Scalar(
                name: name, path: "/fields/\(name)", type: type, row: (snapshot, reader.snapshotCount))
        } + (reader.hasGeometry ? geometry : [])
    }

    private static let geometry = [
        XDMFMesh.Scalar(name: "sdf", path: "/geometry/sdf", type: .float32),
        XDMFMesh.Scalar(name: "mask", path: "/geometry/mask", type: .uint8),
    ]

    private static func write(_ text: String, beside path: String) throws {
        let target = self.path(forRunFile: path)
        do {
            try PartialFile.write(Data(text.utf8), to: target, for: "a sidecar")
        } catch let error as ArchiveError {
            throw ArchiveError(error.kind, "\(path) is complete, but its sidecar is not: \(error.message)")
        }
    }
}
