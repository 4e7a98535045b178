import Archive
import Geometry

/// Solids from HDF5 files: geometry files, run files, and arrays of other programs.
enum StoredShape {
    /// Reads the solid of a file.
    ///
    /// - Parameters:
    ///   - dataset: The path of an array of signed distances or of a mask, (z,) y, x; nil: `/geometry/sdf`.
    ///   - request: Its box is that of an array without a grid of its own.
    /// - Throws: `ArchiveError`, `InvalidInput` or `ToolError` where there is no such array.
    static func read(
        _ path: String, dataset: String?, options: ShapeFileOptions, for request: GridRequest
    ) throws -> ShapeFiles.Loaded {
        let (array, box) = try dataset.map { (try self.array(path, $0), nil) } ?? ownFile(path)
        guard array.cells.count == request.cells.count else {
            throw ToolError(
                "\(path) holds a shape in \(array.cells.count) dimensions, --grid has \(request.cells.count)")
        }
        guard let lower = box?.lower ?? request.lower, let upper = box?.upper ?? request.upper else {
            throw ToolError(
                "\(path): nothing says where the array \(dataset ?? "") lies",
                advice: "give its box with --lower and --upper, \(array.cells.count) numbers each")
        }
        var options = options
        (options.lower, options.upper) = (lower, upper)
        return try array.solid(name: path, options: options)
    }

    private typealias Box = (lower: [Double], upper: [Double])

    private static func ownFile(_ path: String) throws -> (GeometryArray, Box?) {
        switch try HugoniotFile.format(of: path) {
        case "hugoniot-geometry":
            let reader = try GeometryFileReader(path)
            return own(reader.axes, try reader.geometry())
        case "hugoniot-run":
            let reader = try RunFileReader(path)
            guard let geometry = try reader.geometry() else {
                throw ToolError("\(path) is a run without bodies: it has no /geometry/sdf")
            }
            return own(reader.axes, geometry)
        case let other:
            let what = other.map { "it says format = \"\($0)\"" } ?? "it has no 'format' attribute"
            throw ToolError(
                "\(path) is neither a geometry file nor a run file: \(what)",
                advice: "name the array of signed distances or the mask: --dataset /path")
        }
    }

    private static func own(_ axes: [RunAxis], _ geometry: RunGeometry) -> (GeometryArray, Box?) {
        let array = GeometryArray(
            cells: axes.map(\.cellCount), values: geometry.signedDistance, content: .distance)
        return (array, (axes.map { $0.faces.first ?? 0 }, axes.map { $0.faces.last ?? 1 }))
    }

    /// An array of another program: its values are distances, or a mask where all of them are 0 or 1.
    private static func array(_ path: String, _ name: String) throws -> GeometryArray {
        let (shape, values) = try ArrayFile.read(path, dataset: name)
        let isMask = values.allSatisfy { $0 == 0 || $0 == 1 }
        return GeometryArray(
            cells: shape.reversed(), values: values, content: isMask ? .mask : .distance)
    }
}
