import Foundation

/// Writes geometry files.
public enum GeometryFileWriter {
    /// Writes `PATH` through `PATH.tmp`, and `PATH`'s XDMF sidecar beside it.
    ///
    /// - Throws: `ArchiveError` where axes, distance and mask do not fit each other, a distance is not finite,
    ///   the file exists and `overwrite` is false, or it cannot be written; nothing is left behind.
    public static func write(
        _ description: GeometryFileDescription, to path: String, overwrite: Bool = false
    ) throws {
        try description.validate()
        if !overwrite, FileManager.default.fileExists(atPath: path) {
            throw ArchiveError(.exists, "\(path) exists already; replace it with --overwrite")
        }
        let partial = try PartialFile(creating: path)
        do {
            try partial.reserve(
                5 * description.geometry.mask.count + 1 << 20, for: "the geometry")
            let file = try HDF5File.create(partial)
            try fill(file, description)
            try partial.commit(closing: file)
        } catch {
            partial.discard()
            guard let error = error as? HDF5Error else { throw error }
            throw HugoniotFile.translate(error, partial.path)
        }
        try XDMFSidecar.write(forGeometryFile: path)
    }

    private static func fill(_ file: HDF5File, _ description: GeometryFileDescription) throws {
        try HugoniotFile.mark(file.root, format: GeometryFileDescription.format)
        var attributes = description.attributes
        attributes["tool_version"] = .text(description.toolVersion)
        try file.root.attributes.write(attributes)
        try GridDatasets.writeAxes(description.axes, to: file.root)
        try GridDatasets.writeGeometry(
            description.geometry, axes: description.axes, deflateLevel: description.deflateLevel,
            to: file.root)
    }
}
