import Numerics

/// The solid inside a surface of triangles.
///
/// |φ| is the exact distance to the nearest triangle; φ < 0 where the winding number exceeds ½ in magnitude, which also
/// serves surfaces with holes, cracks and overlapping parts. Over the holes of a surface that is not closed
/// the level ½ itself is part of the surface (``HolePatches``), so that φ passes through 0 there too.
public struct MeshShape: Shape {
    /// The surface.
    public let mesh: TriangleMesh
    /// The box of the surface.
    public let bounds: Bounds
    private let winding: WindingNumber
    private let surface: TriangleTree
    /// How far apart two points of different sign may be although no surface is seen between them.
    private let gap: Double

    /// The solid inside a mesh.
    public init(_ mesh: TriangleMesh) {
        self.mesh = mesh
        bounds = mesh.bounds
        let triangles = mesh.corners
        let open = TriangleTree(triangles)
        winding = WindingNumber(open)
        guard !mesh.isClosed else {
            (surface, gap) = (open, 0)
            return
        }
        let patches = HolePatches(mesh, surface: open, winding: winding)
        surface = patches.triangles.isEmpty ? open : TriangleTree(triangles + patches.triangles)
        gap = 2 * patches.resolution
    }

    /// The signed distance to the surface.
    public func distance(to point: Point) -> Double {
        let distance = surface.distance(to: point)
        return isInside(point) ? -distance : distance
    }

    /// Always: where a surface has holes, the patches over them count as surface.
    public var isExact: Bool { true }

    /// Whether a point is inside, whatever its distance.
    public func isInside(_ point: Point) -> Bool { abs(winding(at: point)) > 0.5 }

    /// How often the surface winds around a point; a fraction where it is not closed.
    public func windingNumber(at point: Point) -> Double { winding(at: point) }

    /// A surface of its own: it is sampled much faster in its own coordinates than through a motion.
    public func moved(by motion: RigidMotion) -> any Shape {
        let vertices = mesh.vertices.map(motion.apply)
        guard let moved = try? TriangleMesh(vertices: vertices, triangles: mesh.triangles) else {
            return MovedShape(self, motion)
        }
        return MeshShape(moved)
    }

    /// φ at all cells; a cell has the sign of its neighbour where the surface is farther away than that.
    public func distances(on grid: SampleGrid, workers: Workers) -> [Float] {
        let stepX = Float(grid.spacing(0) * 1.000_01 + gap)
        let stepY = grid.rank > 1 ? Float(grid.spacing(1) * 1.000_01 + gap) : .infinity
        let length = grid.cells[0]
        let box = bounds
        return TriangleSweep(tree: surface, grid: grid).fill(workers: workers) { cell, output in
            let distance = Float(cell.distance)
            if cell.column > 0, abs(output[cell.index - 1]) > stepX {
                return output[cell.index - 1] < 0 ? -distance : distance
            }
            if cell.hasRowBefore, abs(output[cell.index - length]) > stepY {
                return output[cell.index - length] < 0 ? -distance : distance
            }
            let isNear = box.contains(cell.point)
            return isNear && isInside(cell.point) ? -distance : distance
        }
    }
}

extension Bounds {
    /// Holds no point.
    static let nothing = Bounds(
        lower: Point(repeating: .infinity), upper: Point(repeating: -.infinity))

    /// The smallest box that holds a point too.
    func including(_ point: Point) -> Bounds { union(Bounds(lower: point, upper: point)) }

    /// Whether a point is in the box or on its surface.
    func contains(_ point: Point) -> Bool {
        (0..<3).allSatisfy { lower[$0] <= point[$0] && point[$0] <= upper[$0] }
    }
}
