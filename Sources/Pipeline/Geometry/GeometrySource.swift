import Archive
import Foundation
import Geometry

/// A solid from a file, whatever its format, with what a geometry file says about its origin.
struct GeometrySource {
    /// The solids with their names; at least one.
    var shapes: [(name: String, shape: any Shape)]
    /// Where it comes from: file name, digest, text.
    var attributes: [String: AttributeValue]

    /// The suffixes of files that describe a solid.
    static let suffixes = ["toml", "stl", "obj", "csv", "dat", "png", "npy", "h5", "hdf5"]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: A shape file in TOML, a file of a surface, a picture, or an array.
    ///   - dataset: The path of an array in an HDF5 file that is not Hugoniot's.
    ///   - request: The box and dimension that were asked for.
    /// - Throws: `InvalidInput`, `ArchiveError` or `ToolError` where there is no solid in the file.
    static func read(_ path: String, dataset: String?, for request: GridRequest) throws -> GeometrySource {
        let suffix = (path as NSString).pathExtension.lowercased()
        guard suffixes.contains(suffix) else {
            throw ToolError(
                "\(path): shapes are read from files that end in "
                    + suffixes.map { ".\($0)" }.joined(separator: ", "))
        }
        if dataset != nil, !suffix.hasPrefix("h") {
            throw ToolError("--dataset names an array in an HDF5 file; \(path) is none")
        }
        guard FileManager.default.fileExists(atPath: path) else {
            throw ToolError("there is no file \(path)")
        }
        let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        var attributes: [String: AttributeValue] = [
            "source": .text((path as NSString).lastPathComponent),
            "source_sha256": .text(try Fingerprint.sha256(ofFile: path)),
        ]
        let shapes: [(name: String, shape: any Shape)]
        switch suffix {
        case "toml":
            let file = try ShapeFile.read(path: path, dimension: request.cells.count)
            attributes["source_text"] = .text(file.text)
            // A single shape without a name has that of its file.
            let isUnnamed = file.shapes.count == 1 && file.shapes[0].name == "body-1"
            shapes = file.shapes.map { (isUnnamed ? name : $0.name, $0.shape) }
        case "h5", "hdf5":
            shapes = [(name, try StoredShape.read(path, dataset: dataset, for: request))]
        default:
            shapes = [(name, try SurfaceSource.read(path, for: request))]
        }
        attributes["bodies"] = .texts(shapes.map(\.name))
        return GeometrySource(shapes: shapes, attributes: attributes)
    }

    /// The box around all of them.
    var bounds: Geometry.Bounds {
        shapes.dropFirst().reduce(shapes[0].shape.bounds) { $0.union($1.shape.bounds) }
    }
}
