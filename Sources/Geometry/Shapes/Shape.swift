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
}
