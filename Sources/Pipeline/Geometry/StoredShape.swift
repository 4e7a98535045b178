import Archive
import Geometry

/// Solids from HDF5 files: geometry files, run files, and arrays of other programs.
enum StoredShape {
    /// Reads the solid of a file.
    ///
    /// - Parameters:
    ///   - dataset: The path of an array of signed distances or of a mask, (z,) y, x; nil: `/geometry/sdf`.
    ///   - request: Its box is that of an array without a grid of its own.
    /// - Throws: `ArchiveError` or `ToolError` where there is no such array.
    static func read(_ path: String, dataset: String?, for request: GridRequest) throws -> any Shape {
        let field: SignedDistanceField
        if let dataset {
            field = try array(path, dataset, for: request)
        } else {
            field = try ownFile(path)
        }
        guard field.grid.rank == request.cells.count else {
            throw ToolError(
                "\(path) holds a shape in \(field.grid.rank) dimensions, --grid has \(request.cells.count)")
        }
        try requireFinite(field, path)
        return SampledShape(field)
    }

    private static func ownFile(_ path: String) throws -> SignedDistanceField {
        switch try HugoniotFile.format(of: path) {
        case "hugoniot-geometry":
            let reader = try GeometryFileReader(path)
            return SignedDistanceField(
                grid: grid(reader.axes), values: try reader.geometry().signedDistance)
        case "hugoniot-run":
            let reader = try RunFileReader(path)
            guard let geometry = try reader.geometry() else {
                throw ToolError("\(path) is a run without bodies: it has no /geometry/sdf")
            }
            return SignedDistanceField(grid: grid(reader.axes), values: geometry.signedDistance)
        case let other:
            let what = other.map { "it says format = \"\($0)\"" } ?? "it has no 'format' attribute"
            throw ToolError(
                "\(path) is neither a geometry file nor a run file: \(what)",
                advice: "name the array of signed distances or the mask: --dataset /path")
        }
    }

    private static func grid(_ axes: [RunAxis]) -> SampleGrid {
        SampleGrid(
            cells: axes.map(\.cellCount), lower: axes.map { $0.faces.first ?? 0 },
            upper: axes.map { $0.faces.last ?? 1 })
    }

    /// An array of another program: its values are distances, or a mask where all of them are 0 or 1.
    private static func array(
        _ path: String, _ name: String, for request: GridRequest
    ) throws -> SignedDistanceField {
        let (shape, values) = try ArrayFile.read(path, dataset: name)
        guard (2...3).contains(shape.count), !shape.contains(where: { $0 < 2 }) else {
            throw ToolError(
                "\(path): \(name) has the shape \(shape); allowed: (y, x) or (z, y, x), 2 cells or more each")
        }
        guard let lower = request.lower, let upper = request.upper, lower.count == shape.count else {
            throw ToolError(
                "\(path): nothing says where the array \(name) lies",
                advice: "give its box with --lower and --upper, \(shape.count) numbers each")
        }
        let grid = SampleGrid(cells: shape.reversed(), lower: lower, upper: upper)
        guard values.allSatisfy({ $0 == 0 || $0 == 1 }) else {
            return SignedDistanceField(grid: grid, values: values)
        }
        return Mask(grid: grid, values: values.map { $0 == 0 ? 0 : 1 }).distanceField()
    }

    private static func requireFinite(_ field: SignedDistanceField, _ path: String) throws {
        let wrong = field.values.reduce(0) { $0 + ($1.isFinite ? 0 : 1) }
        guard wrong > 0, let first = field.values.firstIndex(where: { !$0.isFinite }) else { return }
        throw ToolError(
            "\(path): \(wrong) of \(field.values.count) values are not finite, the first is cell \(first)")
    }
}
