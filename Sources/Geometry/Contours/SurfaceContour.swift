/// The surface of a shape inside of a grid's box, in pieces about the size of a cell.
///
/// In two dimensions the pieces are the segments of marching squares, in order along each contour with the body
/// on the left; in three dimensions each cell of the lattice gives one piece, the sum of the facets of marching
/// tetrahedra in it. Points lie on the shape itself, not on an interpolant of its samples. Parts thinner than
/// a cell can be missed.
public struct SurfaceContour: Sendable {
    /// The pieces.
    public let elements: [SurfaceElement]

    /// Traces the surface of a shape.
    public init(_ shape: any Shape, on grid: SampleGrid) {
        let lattice = ContourLattice(shape, grid)
        switch grid.rank {
        case 2: elements = PlaneContour(lattice).elements
        case 3: elements = SpaceContour(lattice).elements
        default: elements = []
        }
    }

    /// The total length in two dimensions, the area in three.
    public var area: Double { elements.reduce(0) { $0 + $1.area } }
}
