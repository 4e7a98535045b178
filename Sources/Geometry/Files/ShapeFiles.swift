import Foundation
import Numerics
import Schema

/// Reads solids from files.
///
/// | ending | what |
/// |---|---|
/// | `stl`, `obj` | surfaces of triangles (polygons are cut into triangles), in space |
/// | `csv`, `dat`, `txt` | closed lines in the plane: x and y a line, an empty line between loops; airfoils as Selig or Lednicer |
/// | `png` | an image, dark where the body is |
/// | `npy` | an array of signed distances (floating point) or a mask (whole numbers; 0 = body) |
public enum ShapeFiles {
    /// A solid and what is worth knowing about how it was read.
    public struct Loaded: Sendable {
        /// The solid.
        public let shape: any Shape
        /// What was mended or looks wrong, one sentence each.
        public let warnings: [String]
        /// Whether it is the solid inside a surface of triangles, of which a plane domain would see a mere section.
        public let isSurface: Bool

        init(shape: any Shape, warnings: [String], isSurface: Bool = false) {
            (self.shape, self.warnings, self.isSurface) = (shape, warnings, isSurface)
        }
    }

    /// The solid in a file.
    /// - Throws: `InvalidInput` that says the file, the line or byte, what is wrong and how to mend it.
    public static func read(
        path: String, options: ShapeFileOptions = ShapeFileOptions()
    ) throws(InvalidInput) -> any Shape {
        try load(path: path, options: options).shape
    }

    /// The solid in a file, with warnings.
    /// - Throws: `InvalidInput` as ``read(path:options:)`` does.
    public static func load(
        path: String, options: ShapeFileOptions = ShapeFileOptions()
    ) throws(InvalidInput) -> Loaded {
        let file = try GeometryFile(path: path)
        try options.check(file)
        switch (path as NSString).pathExtension.lowercased() {
        case "stl": return try file.solid(of: STLReader.read(file), options)
        case "obj": return try file.solid(of: OBJReader.read(file), options)
        case "csv", "dat", "txt": return try file.solid(of: OutlineReader.read(file), options)
        case "png": return try file.solid(of: PNGReader.read(file), options)
        case "npy": return try file.solid(of: NPYReader.read(file), options)
        default:
            throw file.problem(
                "this kind of file is not known by its ending",
                allowed: "stl, obj, csv, dat, txt, png, npy (HDF5 arrays are named with their data set)")
        }
    }
}

/// How the numbers in a file become a solid.
public struct ShapeFileOptions: Sendable, Equatable {
    /// What the coordinates are multiplied by: 0.001 makes metres of millimetres.
    public var scale = 1.0
    /// The lower corner of an image or array; the origin by default.
    public var lower: [Double]?
    /// The upper corner of an image or array; by default a cell is 1 wide.
    public var upper: [Double]?
    /// Images: darker than this is body, from 0 (black) to 1 (white).
    public var threshold = 0.5
    /// Images: the light part is the body. Masks: cells other than 0 are. Distances: positive is inside.
    public var isInverted = false
    /// What an array holds; by its type where nil.
    public var content: ArrayContent?

    /// The defaults.
    public init() {}

    /// The values of an array.
    public enum ArrayContent: String, Sendable, CaseIterable {
        /// Signed distances, negative inside.
        case distance
        /// 0 = body, everything else fluid.
        case mask
    }

    func check(_ file: GeometryFile) throws(InvalidInput) {
        guard scale.isFinite, scale > 0 else {
            throw file.problem("a scale of \(scale)", allowed: "a positive number")
        }
        guard threshold > 0, threshold <= 1 else {
            throw file.problem("a threshold of \(threshold)", allowed: "above 0 (black), up to 1 (white)")
        }
    }
}
