/// A small piece of a body's surface: a segment in two dimensions (per unit of depth), a facet in three.
public struct SurfaceElement: Sendable {
    /// The point on the surface that stands for the element.
    public var center: Point
    /// Unit normal out of the body, from the shape's gradient at ``center``.
    public var normal: Point
    /// The element's flat area times its unit normal out of the body. Over a closed surface these sum to 0 to
    /// round-off, so that a uniform pressure makes no force.
    public var areaVector: Point
    /// Length along the surface from the start of the element's contour to ``center``; 0 in three dimensions.
    public var arcLength: Double
    /// Which contour of the body it belongs to, counted from 0; 0 in three dimensions.
    public var contour: Int

    /// A piece of surface.
    public init(center: Point, normal: Point, areaVector: Point, arcLength: Double = 0, contour: Int = 0) {
        self.center = center
        self.normal = normal
        self.areaVector = areaVector
        self.arcLength = arcLength
        self.contour = contour
    }

    /// Its length in two dimensions, its area in three.
    public var area: Double { areaVector.length }
}
