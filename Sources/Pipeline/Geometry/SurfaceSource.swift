import Geometry

/// Solids from files of surfaces and pictures.
enum SurfaceSource {
    /// Reads a file. Throws `ToolError` where it holds no solid.
    static func read(_ path: String, for request: GridRequest) throws -> any Shape {
        throw ToolError("\(path): files of this kind are not read yet")
    }
}
