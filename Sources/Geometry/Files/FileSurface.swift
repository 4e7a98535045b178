import Schema

/// Triangles as a file has them.
struct FileSurface {
    var vertices: [Point] = []
    var triangles: [SIMD3<Int32>] = []
    var warnings: [String] = []

    /// Corners and indices stay within 32 bits.
    static let mostVertices = Int(Int32.max) - 8
}

extension GeometryFile {
    /// The solid inside a surface.
    func solid(of surface: FileSurface, _ options: ShapeFileOptions) throws(InvalidInput) -> ShapeFiles.Loaded
    {
        let mesh: TriangleMesh
        do throws(MeshError) {
            mesh = try TriangleMesh(
                vertices: surface.vertices.map { $0 * options.scale }, triangles: surface.triangles)
        } catch {
            throw problem(of: error)
        }
        let report = mesh.report
        var warnings = surface.warnings
        if report.droppedTriangles > 0 {
            let share = Double(report.droppedTriangles) / Double(surface.triangles.count)
            let place = report.firstDropped.map { ", the first at \($0.written)" } ?? ""
            let sentence =
                "\(report.droppedTriangles) of \(surface.triangles.count) triangles have no area\(place)"
            if share > 0.5 {
                throw problem(
                    sentence,
                    hint: "the surface is broken, or its coordinates were written with too few digits")
            }
            warnings.append("\(sentence); they were left out")
        }
        if report.turnedTriangles > 0 {
            warnings.append(
                "\(report.turnedTriangles) triangles were turned over to agree with their neighbours")
        }
        if let open = report.firstOpen {
            warnings.append(
                "the surface is not closed: \(report.openEdges) open edges, the first at \(open.written); inside is "
                    + "where the winding number exceeds 1/2, and holes are closed where it is 1/2")
        }
        return ShapeFiles.Loaded(shape: MeshShape(mesh), warnings: warnings, isSurface: true)
    }

    private func problem(of error: MeshError) -> InvalidInput {
        switch error {
        case .empty(let dropped):
            problem(
                dropped == 0
                    ? "there are no triangles"
                    : "all \(dropped) triangles have no area, so there is no surface",
                hint: "export the surface again; is the model empty, or flat?")
        case .notFinite(let triangle, let count):
            problem(
                "\(count) triangles have coordinates that are no finite numbers, the first is triangle \(triangle + 1)",
                hint: "export the surface again")
        case .invalidIndex(let triangle, let index, let vertices):
            problem(
                "triangle \(triangle + 1) names vertex \(index + 1), but there are \(vertices)",
                hint: "the file may be cut off")
        }
    }

    /// The solid inside closed lines.
    func solid(of outline: FileOutline, _ options: ShapeFileOptions) throws(InvalidInput) -> ShapeFiles.Loaded
    {
        do throws(OutlineError) {
            let lines = try Outline(loops: outline.loops.map { $0.map { $0 * options.scale } })
            return ShapeFiles.Loaded(shape: OutlineShape(lines), warnings: outline.warnings)
        } catch {
            switch error {
            case .empty: throw problem("there are no points", allowed: "lines of two numbers, x and y")
            case .notFinite(let loop, let point):
                throw problem("point \(point + 1) of loop \(loop + 1) is not a finite number")
            case .tooShort(let loop, let corners):
                throw problem(
                    "loop \(loop + 1) has \(corners) different points", allowed: "at least 3",
                    hint: "an empty line begins a new loop; remove it where the loop goes on")
            case .flat(let loop): throw problem("all points of loop \(loop + 1) lie on one line")
            }
        }
    }
}

extension SIMD3<Double> {
    /// `(x, y, z)` with few digits.
    var written: String {
        "(" + [x, y, z].map { String(Float($0)) }.joined(separator: ", ") + ")"
    }
}
