import Geometry
import Schema
import Testing

@Suite struct ShapeDiagnosticTests {
    private func problems(_ text: String, dimension: Int? = nil) -> [String] {
        do throws(InvalidInput) {
            _ = try ShapeFile.read(text: text, dimension: dimension)
            return []
        } catch { return error.diagnostics.map(\.description) }
    }

    @Test(arguments: [
        (
            "shape = \"cirlce\"",
            "shape.toml:1:9: shape: \"cirlce\" is not known; allowed here: \"circle\", "
        ),
        (
            "shape = \"circle\"\ncenter = [0, 0]\nradius = 0",
            "shape.toml:3:10: radius: 0 is out of range; allowed here: > 0"
        ),
        (
            "shape = \"circle\"\ncenter = [0, 0]\nradius = 1\nradii = [1, 1]",
            "shape.toml:4:1: radii: unknown key where shape = \"circle\"; allowed here: dimension, constants, name, shape, "
        ),
        (
            "shape = \"circle\"\nradius = 1",
            "shape.toml:1:1: center: missing key; allowed here: an array of numbers, 2 of them"
        ),
        (
            "shape = \"sphere\"\ncenter = [0, 0, 0]\nradius = 1\ndimension = 2",
            "shape.toml:1:9: shape: \"sphere\" needs three dimensions, there are 2 here; allowed here: circle, box, "
        ),
        (
            "shape = \"box\"\ncenter = [0, 0]\nsize = [2, 1]\nrounding = 0.6",
            "shape.toml:4:12: rounding: 0.6 is more than half of the shortest side; allowed here: 0 … 0.5"
        ),
        (
            "shape = \"wedge\"\napex = [0, 0]\nhalf_angle = -5\nlength = 1",
            "shape.toml:3:14: half_angle: -5 is out of range; allowed here: > 0, ≤ 89"
        ),
        (
            "shape = \"wedge\"\napex = [0, 0]\nhalf_angle = 5\nlength = 1\ndirection = [0, 0]",
            "shape.toml:5:13: direction: has length 0; give a direction such as [1.0, 0.0]"
        ),
        (
            "shape = \"polygon\"\npoints = [[0, 0], [1, 1], [1, 0], [0, 1]]",
            "shape.toml:2:10: points: the curve meets itself near (0.5, 0.5); give the points in their order along the boundary, each once"
        ),
        (
            "shape = \"polygon\"\npoints = [[0, 0], [1, 0], [3, 0]]",
            "shape.toml:2:10: points: the curve meets itself near (3.0, 0.0); "
        ),
        (
            "shape = \"polygon\"\npoints = [[0, 0], [1, 0], [1, 0]]",
            "shape.toml:2:10: points: encloses no area; give at least three points that are not on one line"
        ),
        (
            "shape = \"polygon\"\npoints = [[0, 0], [1, 0]]",
            "shape.toml:2:10: points: has 2 entries; allowed here: 3 to 1000000"
        ),
        (
            "shape = \"polygon\"\npoints = [[0, 0], [1, 0], [1, 1, 1]]",
            "shape.toml:2:27: points.2: has 3 entries; allowed here: 2"
        ),
        (
            "shape = \"naca\"\ndigits = \"0212\"",
            "shape.toml:2:10: digits: there is no NACA 0212 airfoil; allowed here: four digits "
        ),
        ("shape = \"naca\"\ndigits = \"2400\"", "shape.toml:2:10: digits: there is no NACA 2400 airfoil"),
        ("shape = \"naca\"\ndigits = \"26012\"", "shape.toml:2:10: digits: there is no NACA 26012 airfoil"),
        ("shape = \"naca\"\ndigits = \"abcd\"", "shape.toml:2:10: digits: there is no NACA abcd airfoil"),
        ("shape = \"naca\"\ndigits = 12", "shape.toml:2:10: digits: expected a string, found the integer 12"),
        (
            "shape = \"bezier\"\npoints = [[0, 0], [1, 0], [1, 1], [0, 1]]",
            "shape.toml:2:10: points: has 4 entries; allowed here: a multiple of degree = 3"
        ),
        (
            "shape = \"nurbs\"\npoints = [[0, 0], [1, 0], [1, 1]]",
            "shape.toml:2:10: points: has 3 entries; allowed here: at least 4 for degree 3"
        ),
        (
            "shape = \"nurbs\"\ndegree = 1\npoints = [[0, 0], [1, 0], [1, 1]]\nknots = [0, 1, 2, 1, 4]",
            "shape.toml:4:9: knots: are not ascending; repeat a knot, but never go back"
        ),
        (
            "shape = \"nurbs\"\ndegree = 1\npoints = [[0, 0], [1, 0], [1, 1]]\nknots = [0, 1]",
            "shape.toml:4:9: knots: has 2 entries; allowed here: 5, one for each point and degree + 1 more"
        ),
        (
            "shape = \"nurbs\"\ndegree = 1\npoints = [[0, 0], [1, 0], [1, 1]]\nweights = [1, 2]",
            "shape.toml:4:11: weights: has 2 entries; allowed here: 3, one for each point"
        ),
        (
            "shape = \"union\"\nshapes = []",
            "shape.toml:2:10: shapes: has 0 entries; allowed here: 1 to 10000"
        ),
        (
            "shape = \"union\"\nshapes = [{ shape = \"circle\", center = [0, 0], radius = -1 }]",
            "shape.toml:2:57: shapes.0.radius: -1 is out of range; allowed here: > 0"
        ),
        (
            "shape = \"cylinder\"\nfrom = [0, 0, 0]\nto = [0, 0, 0]\nradius = 1",
            "shape.toml:3:6: to: is the same point as from: the cylinder has no height"
        ),
        (
            "shape = \"extrude\"\nheight = 0\nprofile = { shape = \"circle\", center = [0, 0], radius = 1 }",
            "shape.toml:2:10: height: 0 is out of range; allowed here: > 0"
        ),
        (
            "shape = \"extrude\"\nheight = 1\nprofile = { shape = \"sphere\", center = [0, 0, 0], radius = 1 }",
            "shape.toml:3:21: profile.shape: \"sphere\" needs three dimensions, there are 2 here"
        ),
        (
            "shape = \"revolve\"\nprofile = { shape = \"box\", center = [0, 0.5], size = [1, 1] }",
            "shape.toml:2:11: profile: has a side on the axis, which would be a wall within the solid; "
        ),
        (
            "shape = \"revolve\"\nprofile = { shape = \"box\", center = [0, -2], size = [1, 1] }",
            "shape.toml:2:11: profile: lies at y ≤ 0, where it is not looked at; move it to y > 0"
        ),
        (
            "shape = \"circle\"\ncenter = [0, 0]\nradius = 1\nrotate_axis = [0, 0, 1]\ndimension = 2",
            "shape.toml:4:15: rotate_axis: a rotation in two dimensions has no axis; remove the key"
        ),
        (
            "shape = \"circle\"\ncenter = [0, 0]\nradius = 1\nscale = 0",
            "shape.toml:4:9: scale: 0 is out of range; allowed here: > 0"
        ),
        (
            "shape = \"capsule\"\nfrom = [1e300, 0]\nto = [0, 0]\nradius = 1",
            "shape.toml:1:1: has numbers that are too large or too small to compute with"
        ),
        ("", "shape.toml:1:1: shape: missing key; allowed here: one of \"circle\", "),
    ])
    func eachMistakeHasOneMessage(text: String, expected: String) {
        let found = problems(text)
        #expect(found.count == 1 && found.first?.hasPrefix(expected) == true, "\(found)")
    }

    @Test func theDimensionIsFoundFromTheShapes() throws {
        let sphere = "shape = \"sphere\"\ncenter = [0, 0, 0]\nradius = 1"
        #expect(try ShapeFile.read(text: sphere).dimension == 3)
        #expect(try ShapeFile.read(text: "shape = \"naca\"\ndigits = \"0012\"").dimension == 2)
        #expect(
            try ShapeFile.read(text: "dimension = 3\nshape = \"naca\"\ndigits = \"0012\"").dimension == 3)
    }

    @Test func severalBodiesAreNamedShapes() throws {
        let circle = "shape = \"circle\"\nradius = 1\ncenter = "
        let file = try ShapeFile.read(
            text: "[[body]]\n\(circle)[0, 0]\n[[body]]\nname = \"body-1\"\n\(circle)[5, 0]")
        #expect(
            file.shapes.map(\.name) == ["body-2", "body-1"]
                || file.shapes.map(\.name) == ["body-1", "body-2"])
        #expect(file.shape.distance(to: Point(3, 0, 0)) == 1)
        #expect(
            problems("[[body]]\nname = \"a\"\n\(circle)[0, 0]\n[[body]]\nname = \"a\"\n\(circle)[5, 0]")
                == ["shape.toml:7:8: body.1.name: \"a\" is the name of another body"])
    }

    @Test func constantsServeEveryNumber() throws {
        let text = "constants = { d = 3 }\nshape = \"circle\"\ncenter = [\"d\", 0]\nradius = \"d/2\""
        #expect(try ShapeFile.read(text: text).shape.distance(to: Point()) == 1.5)
    }

    /// Values of every type, none of them right everywhere.
    private static let intruders = [
        "true", "-1", "1.5", "nan", "\"word\"", "[]", "[true]", "[[1]]", "[[1, 2], [3, 4], [5, 6]]", "{}",
        "[{}]", "9223372036854775807", "[1e300, -1e300]", "{ shape = \"box\" }", "1e-300",
    ]

    @Test(arguments: ShapeSample.all)
    func noValueOfAnyTypeBreaksTheReader(sample: ShapeSample) {
        let lines = sample.toml.split(separator: "\n").map(String.init)
        for (index, line) in lines.enumerated() {
            guard let sign = line.firstIndex(of: "=") else { continue }
            for intruder in Self.intruders {
                var changed = lines
                changed[index] = line[...sign] + " " + intruder
                do throws(InvalidInput) {
                    let shape = try ShapeFile.read(
                        text: changed.joined(separator: "\n"), dimension: sample.dimension
                    ).shape
                    #expect(!shape.distance(to: Point(0.3, 0.2, 0.1)).isNaN, "\(changed)")
                } catch {
                    #expect(error.diagnostics.allSatisfy { $0.line != nil && $0.column != nil })
                }
            }
        }
    }
}
