import Geometry
import Numerics
import Testing

@Suite struct CurveTests {
    private func shape(_ text: String, dimension: Int = 2) throws -> any Shape {
        try ShapeFile.read(text: text, dimension: dimension).shape
    }

    /// The largest difference of two shapes at random points of the box [-2, 2]³.
    private func difference(_ one: any Shape, _ other: any Shape) -> Double {
        var random = RandomStream(seed: 9)
        return (0..<2000).reduce(0.0) { largest, _ in
            let point = Point(random.uniform(), random.uniform(), random.uniform()) * 4 - 2
            return max(largest, abs(one.distance(to: point) - other.distance(to: point)))
        }
    }

    @Test func aRationalQuadraticSplineIsACircle() throws {
        let circle = try shape(
            """
            shape = "nurbs"
            points = [[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1], [1, 0]]
            weights = [1, "sqrt(0.5)", 1, "sqrt(0.5)", 1, "sqrt(0.5)", 1, "sqrt(0.5)", 1]
            knots = [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4]
            degree = 2
            """)
        #expect(difference(circle, Ball(center: Point(), radius: 1, isPlanar: true)) < 1e-7)
    }

    @Test func rationalBezierPiecesAreACircle() throws {
        let circle = try shape(
            """
            shape = "bezier"
            points = [[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]]
            weights = [1, "sqrt(0.5)", 1, "sqrt(0.5)", 1, "sqrt(0.5)", 1, "sqrt(0.5)"]
            degree = 2
            """)
        #expect(difference(circle, Ball(center: Point(), radius: 1, isPlanar: true)) < 1e-7)
    }

    @Test(arguments: [(2.0, "ellipse", ""), (1, "polygon", "points = [[1.5,0],[0,1],[-1.5,0],[0,-1]]")])
    func superellipsesOfExponentTwoAndOneAreEllipsesAndRhombi(
        exponent: Double, word: String, keys: String
    ) throws {
        let center = "center = [0, 0]\nradii = [1.5, 1]"
        let one = try shape("shape = \"superellipse\"\nexponent = \(exponent)\n" + center)
        let other = try shape("shape = \"\(word)\"\n" + (keys.isEmpty ? center : keys))
        #expect(difference(one, other) < 1e-7)
    }

    @Test func theSenseInWhichAPolygonIsGivenDoesNotMatter() throws {
        let one = try shape("shape = \"polygon\"\npoints = [[0,0],[1,0],[1,1],[0.2,0.3]]")
        let other = try shape("shape = \"polygon\"\npoints = [[0.2,0.3],[1,1],[1,0],[0,0],[0,0]]")
        #expect(difference(one, other) < 1e-15)
    }

    @Test func aConeIsARevolvedTriangle() throws {
        let cone = try shape(
            "shape = \"cone\"\napex = [0, 0, 0]\nhalf_angle = 45\nlength = 1", dimension: 3)
        let triangle = try shape(
            "shape = \"revolve\"\nprofile = { shape = \"polygon\", points = [[0,0],[1,0],[1,1]] }",
            dimension: 3)
        #expect(difference(cone, triangle) < 1e-14)
    }

    @Test func anExtrudedCircleIsACylinder() throws {
        let one = try shape(
            "shape = \"extrude\"\nheight = 2\nprofile = { shape = \"circle\", center = [0,0], radius = 1 }",
            dimension: 3)
        let other = try shape(
            "shape = \"cylinder\"\nfrom = [0, 0, -1]\nto = [0, 0, 1]\nradius = 1", dimension: 3)
        #expect(difference(one, other) < 1e-14)
    }

    @Test func blobsDependOnSeedAndStreamAlone() throws {
        func blob(_ keys: String) throws -> any Shape { try shape("shape = \"blob\"\nradius = 1\n" + keys) }
        #expect(try difference(blob("seed = 4"), blob("seed = 4")) == 0)
        #expect(try difference(blob("seed = 4"), blob("seed = 5")) > 0.01)
        #expect(try difference(blob("seed = 4"), blob("seed = 4\nstream = 1")) > 0.01)
    }

    @Test(arguments: 0..<6)
    func blobsReachTheirAmplitude(seed: Int) throws {
        let blob = try shape("shape = \"blob\"\nradius = 2\namplitude = 0.5\nmodes = 5\nseed = \(seed)")
        // Harmonics 1 … 5 move the centre of the circle, so that radii are measured from the origin.
        let radii = (0..<720).map { index in
            radius(of: blob, at: Double(index) * .pi / 360)
        }
        let deviation = radii.map { abs($0 / 2 - 1) }.max() ?? 0
        #expect(abs(deviation - 0.5) < 1e-3)
    }

    private func radius(of shape: any Shape, at angle: Double) -> Double {
        let turn = RigidMotion(degrees: angle * 180 / .pi)
        var (lower, upper) = (0.0, 8.0)
        for _ in 0..<30 {
            let middle = (lower + upper) / 2
            if shape.distance(to: turn.apply(Point(middle, 0, 0))) < 0 {
                lower = middle
            } else {
                upper = middle
            }
        }
        return lower
    }
}
