import Numerics

/// A position in the units of the case. Coordinates beyond the dimension of a domain are 0.
public typealias Point = SIMD3<Double>

/// A solid, known by its signed distance. Adding one is one file, one line in the registry and one row in the
/// conformance test.
///
/// A planar shape does not look at z: it is a prism without ends, so that it serves in two dimensions as it
/// is.
public protocol Shape: Sendable {
    /// The signed distance φ from a point to the surface: negative inside, positive outside.
    ///
    /// Where ``isExact`` holds it is Euclidean everywhere; elsewhere only its sign and its zero are exact,
    /// |φ| is a lower bound of the distance, and φ has a gradient at smooth points of the surface.
    func distance(to point: Point) -> Double
    /// A box around the solid; infinite along directions in which the solid has no end.
    var bounds: Bounds { get }
    /// Whether ``distance(to:)`` is the Euclidean distance everywhere.
    var isExact: Bool { get }
    /// φ at the centres of a grid's cells, x fastest: what a shape knows a faster way to than one point after the other.
    func distances(on grid: SampleGrid, workers: Workers) -> [Float]
    /// The shape after a motion, by default seen through it; in coordinates of its own where that saves time.
    func moved(by motion: RigidMotion) -> any Shape
    /// What is turned about y = 0 where the shape is the profile of a ``Revolution``: the same solid above the axis, and
    /// its mirror image below it where the shape itself has a wall on the axis. By default the shape.
    var revolutionProfile: any Shape { get }
}

extension Shape {
    /// One point after the other.
    public func distances(on grid: SampleGrid, workers: Workers) -> [Float] {
        ShapeSampler.pointwise(self, on: grid, workers: workers)
    }

    /// Seen through the motion.
    public func moved(by motion: RigidMotion) -> any Shape { MovedShape(self, motion) }

    /// The shape itself.
    public var revolutionProfile: any Shape { self }
}
