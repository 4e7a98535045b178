/// A shape that was scaled, rotated and translated: φ(x) = s φ₀(T⁻¹ x).
public struct MovedShape: Shape {
    private let shape: any Shape
    private let motion: RigidMotion

    /// A shape after a motion.
    public init(_ shape: any Shape, _ motion: RigidMotion) {
        self.shape = shape
        self.motion = motion
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
