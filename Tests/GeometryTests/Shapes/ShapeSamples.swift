import Foundation
import Geometry
import Testing

/// One row of the conformance test: a shape in TOML and what is known of it.
struct ShapeSample: Sendable, CustomTestStringConvertible {
    var toml: String
    var dimension = 2
    var isExact = true
    var inside: [Point]
    var outside: [Point]
    var surface: [Point]

    var testDescription: String { toml.split(separator: "\n").prefix(2).joined(separator: ", ") }

    func shape(_ more: String = "") throws -> any Shape {
        // More keys come first: what follows a table in the text belongs to that table.
        try ShapeFile.read(text: more + "\n" + toml, dimension: dimension).shape
    }
}

extension ShapeSample {
    /// One row for each word of the registry, and more where a shape has several forms.
    static let all = planar + curves + solids + combinations + files

    /// A triangle in a file.
    private static let files: [ShapeSample] = {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("hugoniot-\(UUID()).csv")
        do { try Data("0,0\n4,0\n0,3\n".utf8).write(to: place) } catch { return [] }
        return [
            ShapeSample(
                toml: "shape = \"file\"\npath = \"\(place.path)\"", inside: [[1, 1, 0]],
                outside: [[3, 2, 0], [-0.1, 1, 0]], surface: [[0, 0, 0], [2, 1.5, 0]])
        ]
    }()

    private static let planar = [
        ShapeSample(
            toml: "shape = \"circle\"\ncenter = [0.5, 0]\nradius = 2", inside: [[2.4, 0, 0], [0.5, 0, 7]],
            outside: [[2.6, 0, 0], [-2, 2, 0]], surface: [[2.5, 0, 0], [0.5, -2, 3]]),
        ShapeSample(
            toml: "shape = \"box\"\ncenter = [1, 0]\nsize = [4, 2]\nrounding = 0.5",
            inside: [[2.9, 0, 0], [1, 0.9, 5]], outside: [[2.95, 0.95, 0], [1, 1.1, 0]],
            surface: [[3, 0.4, 0], [2.5, 1, 0], [2.5 + 0.125.squareRoot(), 0.5 + 0.125.squareRoot(), 0]]),
        ShapeSample(
            toml: "shape = \"ellipse\"\ncenter = [0, 1]\nradii = [1, 3]",
            inside: [[0, 3.9, 0], [0.9, 1, 0]],
            outside: [[0.9, 3, 0], [1.1, 1, 0]], surface: [[1, 1, 0], [0, -2, 0], [0.6, 1 + 2.4, 0]]),
        ShapeSample(
            toml: "shape = \"ellipse\"\ncenter = [0, 0]\nradii = [50, 1]",
            inside: [[49, 0, 0], [0, 0.9, 0]],
            outside: [[49.9, 0.9, 0], [51, 0, 0]], surface: [[30, 0.8, 0], [-50, 0, 0]]),
        ShapeSample(
            toml: "shape = \"capsule\"\nfrom = [0, 0]\nto = [3, 4]\nradius = 1",
            inside: [[3.5, 4.5, 0], [1.5, 2, 0]], outside: [[4, 4.5, 0], [3, 0, 0]],
            surface: [[1.5 - 0.8, 2 + 0.6, 0], [3.6, 4.8, 0]]),
        ShapeSample(
            toml: "shape = \"half-space\"\npoint = [0, 1]\nnormal = [3, 4]",
            inside: [[0, 0, 0], [1, 0, 0]],
            outside: [[1, 1, 0], [0, 2, 0]], surface: [[0, 1, 0], [4, -2, 0]]),
        ShapeSample(
            toml: "shape = \"wedge\"\napex = [1, 0]\nhalf_angle = 45\nlength = 2\ndirection = [0, -3]",
            inside: [[1, -0.1, 0], [2.5, -1.9, 0]], outside: [[1, 0.1, 0], [2.5, -1, 0], [1, -2.1, 0]],
            surface: [[2, -1, 0], [1, -2, 0]]),
        ShapeSample(
            toml: "shape = \"polygon\"\npoints = [[0, 0], [4, 0], [4, 3], [2, 1], [0, 3]]",
            inside: [[0.5, 1, 0], [3.9, 2, 0]], outside: [[2, 1.5, 0], [2, -0.1, 0]],
            surface: [[2, 1, 0], [3, 2, 0], [0, 2, 0]]),
        ShapeSample(
            toml: "shape = \"polygon\"\npoints = [[0, 3], [2, 1], [4, 3], [4, 0], [0, 0]]",
            inside: [[0.5, 1, 0]], outside: [[2, 1.5, 0]], surface: [[4, 2, 0]]),
    ]

    private static let curves = [
        ShapeSample(
            toml: "shape = \"naca\"\ndigits = \"0012\"", inside: [[0.3, 0.0600, 0], [0.99, 0.001, 0]],
            outside: [[0.3, 0.0601, 0], [1.01, 0, 0], [-0.001, 0, 0]],
            surface: [[0, 0, 0], [1, 0, 0]]),
        ShapeSample(
            toml: "shape = \"naca\"\ndigits = \"23012\"\nchord = 2\nleading_edge = [1, 1]\n"
                + "angle_of_attack = 10\ntrailing_edge = \"blunt\"",
            inside: [[1.3, 1, 0]], outside: [[1, 0.9, 0]], surface: [[1, 1, 0]]),
        ShapeSample(
            toml: "shape = \"superellipse\"\ncenter = [0, 0]\nradii = [2, 1]\nexponent = 4",
            inside: [[1.6, 0.8, 0]], outside: [[1.75, 0.85, 0]], surface: [[2, 0, 0], [0, 1, 0]]),
        ShapeSample(
            toml: "shape = \"superellipse\"\ncenter = [0, 1]\nradii = [1, 1]\nexponent = 0.7",
            inside: [[0.2, 1.2, 0]], outside: [[0.45, 1.45, 0]], surface: [[1, 1, 0], [0, 2, 0]]),
        ShapeSample(
            toml: "shape = \"bezier\"\npoints = [[0, 0], [2, 0], [2, 2], [0, 2], [-1, 2], [-1, 0]]",
            inside: [[1, 1, 0], [-0.7, 1, 0]], outside: [[1.6, 1, 0], [-0.8, 1, 0]],
            surface: [[0, 0, 0], [1.5, 1, 0], [-0.75, 1, 0]]),
        ShapeSample(
            toml: "shape = \"nurbs\"\npoints = [[2, 0], [0, 2], [-2, 0], [0, -2]]\ndegree = 2",
            inside: [[0.9, 0.9, 0]], outside: [[1.1, 1.1, 0]],
            surface: [[1, 1, 0], [-1, 1, 0], [1.5, 0, 0]]),
        ShapeSample(
            toml: "shape = \"blob\"\nradius = 1\namplitude = 0.4\nmodes = 8\nseed = 11",
            inside: [[0, 0, 0], [0.5, 0, 0]], outside: [[1.5, 0, 0], [-1, 1.2, 0]], surface: []),
    ]

    private static let solids = [
        ShapeSample(
            toml: "shape = \"sphere\"\ncenter = [1, 0, 0]\nradius = 1", dimension: 3, inside: [[1, 0, 0.9]],
            outside: [[1, 0, 1.1]], surface: [[1, 0.6, 0.8]]),
        ShapeSample(
            toml: "shape = \"box\"\ncenter = [0, 0, 1]\nsize = [2, 4, 6]", dimension: 3,
            inside: [[0.9, 1.9, 3.9]], outside: [[0, 0, 4.1]], surface: [[1, 1, 1], [1, 2, 4]]),
        ShapeSample(
            toml: "shape = \"ellipsoid\"\ncenter = [0, 0, 0]\nradii = [3, 1, 2]", dimension: 3,
            inside: [[2.9, 0, 0], [0, 0, 1.9]], outside: [[2, 0.9, 0], [0, 1.1, 0]],
            surface: [[0, 0.6, 1.6], [3, 0, 0]]),
        ShapeSample(
            toml: "shape = \"ellipsoid\"\ncenter = [0, 0, 0]\nradii = [1, 2, 2]", dimension: 3,
            inside: [[0, 1.9, 0]], outside: [[0, 1.5, 1.5]], surface: [[0, 1.2, 1.6], [1, 0, 0]]),
        ShapeSample(
            toml: "shape = \"capsule\"\nfrom = [0, 0, 0]\nto = [0, 0, 2]\nradius = 0.5", dimension: 3,
            inside: [[0, 0, 2.4]], outside: [[0.4, 0.4, 2.4]], surface: [[0.3, 0.4, 1]]),
        ShapeSample(
            toml: "shape = \"cone\"\napex = [0, 0, 1]\nhalf_angle = 45\nlength = 2\ndirection = [0, 0, -1]",
            dimension: 3, inside: [[0.4, 0, 0.5], [0, 0, 0], [0, -1.9, -0.95]],
            outside: [[0.6, 0, 0.5], [0, 0, -1.1], [0, 0, 1.1]], surface: [[0.6, 0.8, 0], [1, 0, -1]]),
        ShapeSample(
            toml: "shape = \"cylinder\"\nfrom = [0, -1, 0]\nto = [0, 2, 0]\nradius = 1", dimension: 3,
            inside: [[0.6, 1.9, 0.6]], outside: [[0.8, 0, 0.8], [0, 2.1, 0]],
            surface: [[0.6, 0, 0.8], [0.5, 2, 0.5]]),
        ShapeSample(
            toml: "shape = \"extrude\"\nheight = 2\nbase = 1\n[profile]\nshape = \"polygon\"\n"
                + "points = [[0, 0], [4, 0], [4, 3], [2, 1], [0, 3]]",
            dimension: 3, inside: [[1, 1, 1.1], [1, 1, 2.9]], outside: [[1, 1, 0.9], [2, 2, 2]],
            surface: [[1, 1, 3], [0, 1, 2]]),
        ShapeSample(
            toml: "shape = \"revolve\"\norigin = [0, 0, 1]\naxis = [0, 0, 2]\n[profile]\nshape = \"circle\"\n"
                + "center = [0, 2]\nradius = 0.5",
            dimension: 3, inside: [[2, 0, 1], [0, -2, 1.4]], outside: [[0, 0, 1], [2, 0, 1.6]],
            surface: [[1.5, 2, 1], [0, 2, 1.5]]),
        ShapeSample(
            toml: "shape = \"revolve\"\n[profile]\nshape = \"polygon\"\n"
                + "points = [[0, 0], [2, 0], [2, 1], [1, 1]]",
            dimension: 3, inside: [[1, 0, 0], [1.5, 0, -0.9]], outside: [[0.5, 0.6, 0], [2.1, 0, 0]],
            surface: [[0, 0, 0], [1.5, 0.6, 0.8], [2, 0, 0.5]]),
    ]

    private static let combinations = [
        ShapeSample(
            toml: "shape = \"union\"\n[[shapes]]\nshape = \"circle\"\ncenter = [-2, 0]\nradius = 1\n"
                + "[[shapes]]\nshape = \"box\"\ncenter = [2, 0]\nsize = [2, 2]",
            inside: [[-2, 0, 0], [2, 0, 0]], outside: [[0, 0, 0]], surface: [[-1, 0, 0], [3, 1, 0]]),
        ShapeSample(
            toml: "shape = \"union\"\n[[shapes]]\nshape = \"circle\"\ncenter = [-0.5, 0]\nradius = 1\n"
                + "[[shapes]]\nshape = \"circle\"\ncenter = [0.5, 0]\nradius = 1",
            isExact: false, inside: [[0, 0.8, 0]], outside: [[0, 0.9, 0]], surface: [[1.5, 0, 0]]),
        ShapeSample(
            toml: "shape = \"intersection\"\n[[shapes]]\nshape = \"circle\"\ncenter = [-0.5, 0]\nradius = 1\n"
                + "[[shapes]]\nshape = \"circle\"\ncenter = [0.5, 0]\nradius = 1",
            isExact: false, inside: [[0, 0, 0], [0, 0.8, 0]], outside: [[1, 0, 0]], surface: [[0.5, 0, 0]]),
        ShapeSample(
            toml: "shape = \"difference\"\n[[shapes]]\nshape = \"sphere\"\ncenter = [0, 0, 0]\nradius = 2\n"
                + "[[shapes]]\nshape = \"half-space\"\npoint = [0, 0, 0]\nnormal = [0, 0, 1]",
            dimension: 3, isExact: false, inside: [[0, 0, 1]], outside: [[0, 0, -1], [0, 0, 2.1]],
            surface: [[1, 0, 0], [0, 0, 2]]),
        ShapeSample(
            toml: "shape = \"smooth-union\"\nradius = 0.5\n"
                + "[[shapes]]\nshape = \"circle\"\ncenter = [-0.5, 0]\nradius = 1\n"
                + "[[shapes]]\nshape = \"circle\"\ncenter = [0.5, 0]\nradius = 1",
            isExact: false, inside: [[0, 0.9, 0]], outside: [[0, 1.1, 0]], surface: [[1.5, 0, 0]]),
    ]
}
