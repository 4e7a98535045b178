/// A shape that was scaled, rotated and translated: φ(x) = s φ₀(T⁻¹ x).
public struct MovedShape: Shape {
    private let shape: any Shape
    private let motion: RigidMotion

    /// A shape after a motion.
    public init(_ shape: any Shape, _ motion: RigidMotion) {
        self.shape = shape
        self.motion = motion
    }

    /// A shape after a motion, as a shape of its own kind where that saves time: a surface of triangles is
    /// sampled much faster in its own coordinates than through a motion.
    static func moving(_ shape: any Shape, _ motion: RigidMotion) -> any Shape {
        guard let mesh = (shape as? MeshShape)?.mesh,
            let moved = try? TriangleMesh(
                vertices: mesh.vertices.map(motion.apply), triangles: mesh.triangles)
        else { return MovedShape(shape, motion) }
        return MeshShape(moved)
    }

    /// The distance in the shape's own coordinates, scaled.
    public func distance(to point: Point) -> Double {
        motion.scale * shape.distance(to: motion.undo(point))
    }

    /// The box around the moved box.
    public var bounds: Bounds { motion.apply(shape.bounds) }
    /// As the shape.
    public var isExact: Bool { shape.isExact }
}
