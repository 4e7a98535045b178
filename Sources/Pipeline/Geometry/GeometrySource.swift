import Archive
import Foundation
import Geometry

/// A solid from a file, whatever its format, with what a geometry file says about its origin.
struct GeometrySource {
    /// The solids with their names; at least one.
    var shapes: [(name: String, shape: any Shape)]
    /// Where it comes from: file name, digest, text.
    var attributes: [String: AttributeValue]
    /// What was mended or looks wrong.
    var warnings: [String] = []

    /// The suffixes of files that describe a solid.
    static let suffixes = ["toml", "stl", "obj", "csv", "dat", "txt", "png", "npy", "h5", "hdf5"]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: A shape file in TOML, a file of a surface, a picture, or an array.
    ///   - dataset: The path of an array in an HDF5 file that is not Hugoniot's.
    ///   - options: How the numbers of a surface, a picture or an array become a solid.
    ///   - request: The dimension that was asked for, and the box of an array that has none.
    /// - Throws: `InvalidInput`, `ArchiveError` or `ToolError` where there is no solid in the file.
    static func read(
        _ path: String, dataset: String?, options: ShapeFileOptions, for request: GridRequest
    ) throws -> GeometrySource {
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
        let name = path.stem
        let attributes: [String: AttributeValue] = [
            "source": .text((path as NSString).lastPathComponent),
            "source_sha256": .text(try Fingerprint.sha256(ofFile: path)),
        ]
        var source = GeometrySource(shapes: [], attributes: attributes)
        switch suffix {
        case "toml":
            let file = try ShapeFile.read(path: path, dimension: request.cells.count)
            source.attributes["source_text"] = .text(file.text)
            // A single shape without a name has that of its file.
            let isUnnamed = file.shapes.count == 1 && file.shapes[0].name == "body-1"
            source.shapes = file.shapes.map { (isUnnamed ? name : $0.name, $0.shape) }
        case "h5", "hdf5":
            let loaded = try StoredShape.read(path, dataset: dataset, options: options, for: request)
            source.take(loaded, as: name)
        default:
            source.take(try ShapeFiles.load(path: path, options: options), as: name)
        }
        source.attributes["bodies"] = .texts(source.shapes.map(\.name))
        return source
    }

    private mutating func take(_ loaded: ShapeFiles.Loaded, as name: String) {
        shapes = [(name, loaded.shape)]
        warnings = loaded.warnings
    }

    /// The box around all of them.
    var bounds: Geometry.Bounds {
        shapes.dropFirst().reduce(shapes[0].shape.bounds) { $0.union($1.shape.bounds) }
    }
}
