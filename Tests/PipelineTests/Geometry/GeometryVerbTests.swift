import Archive
import Foundation
import Testing

@Suite("hugoniot geometry")
struct GeometryVerbTests {
    let place: Workplace
    init() throws { place = try Workplace() }

    private static let circle = """
        shape = "circle"
        center = [0.25, 0.0]
        radius = 0.5
        """

    private func sample(_ path: String, _ more: String...) throws -> Tool.Result {
        try Tool.run(["geometry", path, "--output", place.file("shape.h5")] + more)
    }

    @Test("A circle: distances at cell centres, box with padding, area, thickness, provenance, sidecar")
    func circle() throws {
        let path = try place.write(Self.circle, as: "circle.toml")
        let result = try sample(path, "--grid", "64x48", "--padding", "0.5", "--json")
        #expect(result.code == 0)
        let reader = try GeometryFileReader(place.file("shape.h5"))
        #expect(reader.axes.map(\.cellCount) == [64, 48])
        #expect(reader.axes[0].faces.first.map { abs($0 + 0.75) < 1e-12 } == true)
        let geometry = try reader.geometry()
        let (x, y) = (reader.axes[0].centers, reader.axes[1].centers)
        for (row, y) in y.enumerated() {
            for (column, x) in x.enumerated() {
                let exact = ((x - 0.25) * (x - 0.25) + y * y).squareRoot() - 0.5
                #expect(abs(Double(geometry.signedDistance[row * 64 + column]) - exact) < 1e-6)
            }
        }
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect((object["volume"] as? Double).map { abs($0 / (0.25 * .pi) - 1) < 1e-3 } == true)
        #expect((object["smallestThickness"] as? Double).map { abs($0 - 1) < 0.05 } == true)
        #expect(object["bodies"] as? [String] == ["circle"])
        #expect(reader.attributes["source_text"]?.text == Self.circle)
        #expect(reader.attributes["source_sha256"]?.text == Fingerprint.sha256(of: Self.circle))
        #expect(try place.contents() == ["circle.toml", "shape.h5", "shape.xdmf"])
    }

    @Test("A fin on a thick body is its thinnest part; corners are none")
    func fin() throws {
        let path = try place.write(
            """
            [[body]]
            name = "fin"
            shape = "box"
            center = [0.0, 0.0]
            size = [2.0, 0.1]
            [[body]]
            name = "hull"
            shape = "box"
            center = [0.0, 0.0]
            size = [0.8, 0.8]
            """, as: "fin.toml")
        #expect(try sample(path, "--grid", "280x280").code == 0)
        let attributes = try GeometryFileReader(place.file("shape.h5")).attributes
        #expect(attributes["smallest_thickness"]?.real.map { abs($0 - 0.1) < 0.01 } == true)
        #expect(attributes["bodies"]?.texts == ["fin", "hull"])
    }

    @Test("A geometry file, a run file and another program's array are shapes too")
    func stored() throws {
        let path = try place.write(Self.circle, as: "circle.toml")
        #expect(try sample(path, "--grid", "64x64").code == 0)
        let again = place.file("again.h5")
        let stored = place.file("shape.h5")
        #expect(try Tool.run("geometry", stored, "--grid", "32x32", "--output", again).code == 0)
        let bounds = try GeometryFileReader(again).attributes["area"]?.real
        #expect(bounds.map { abs($0 / (0.25 * .pi) - 1) < 1e-2 } == true)
        let named = [
            "geometry", stored, "--dataset", "/geometry/mask", "--grid", "32x32", "--output", again,
            "--overwrite",
        ]
        let boxless = try Tool.run(named)
        #expect(boxless.code == 2)
        #expect(boxless.errors.contains("--lower and --upper"))
        #expect(try Tool.run(named + ["--lower", "-1,-1", "--upper", "1,1"]).code == 0)
    }

    @Test("An outline, a surface and an array have the area or volume that they should")
    func files() throws {
        let square = try place.write("0,0\n1000,0\n1000,1000\n0,1000\n", as: "square.csv")
        #expect(try sample(square, "--grid", "40x40", "--scale", "0.001").code == 0)
        let outline = try GeometryFileReader(place.file("shape.h5")).attributes
        #expect(outline["area"]?.real.map { abs($0 - 1) < 0.01 } == true)
        let corners = ["0 0 0", "1 0 0", "0 1 0", "0 0 1"]
        let facets = [[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]].map { facet in
            let lines = facet.map { "vertex \(corners[$0])" }.joined(separator: "\n")
            return "facet normal 0 0 0\nouter loop\n\(lines)\nendloop\nendfacet\n"
        }
        let surface = try place.write("solid a\n\(facets.joined())endsolid a\n", as: "corner.stl")
        #expect(try sample(surface, "--grid", "40x40x40", "--overwrite").code == 0)
        let volume = try GeometryFileReader(place.file("shape.h5")).attributes["volume"]?.real
        #expect(volume.map { abs($0 * 6 - 1) < 0.02 } == true)
        let flat = try sample(
            surface, "--grid", "8x8x8", "--lower", "5,5,5", "--upper", "6,6,6", "--overwrite")
        #expect(flat.code == 2)
        #expect(flat.errors.contains("beside the domain"))
        #expect(
            try sample(try place.write("solid a\nendsolid a\n", as: "none.stl"), "--grid", "8x8x8").code == 2)
    }

    @Test("A mask knows the distance to its cells only")
    func mask() throws {
        let path = try place.write(Self.circle, as: "circle.toml")
        #expect(try sample(path, "--grid", "20x20", "--mask").code == 0)
        let geometry = try GeometryFileReader(place.file("shape.h5")).geometry()
        // The wall lies half-way between cells: half a cell is the least distance.
        let least = geometry.signedDistance.map(abs).min() ?? 0
        #expect(abs(least - 0.035) < 1e-5)
    }

    @Test(
        "Three dimensions, and a plot of every kind",
        arguments: [[], ["--field", "mask"], ["--slice", "z"]])
    func space(arguments: [String]) throws {
        let path = try place.write("shape = \"sphere\"\nradius = 0.5\ncenter = [0, 0, 0]\n", as: "ball.toml")
        #expect(try sample(path, "--grid", "16x16x16").code == 0)
        let result = try Tool.run(["plot", place.file("shape.h5")] + arguments)
        #expect(result.code == 0, "\(result.errors)")
        #expect(try place.contents().contains("shape.png"))
        #expect(try Tool.run("info", place.file("shape.h5")).output.contains("smallest_thickness"))
    }

    @Test(
        "What cannot be sampled is bad input, told with what is allowed, and leaves nothing",
        arguments: [
            (["--grid", "64"], "two or three counts"), (["--grid", "64xa"], "two or three counts"),
            (["--grid", "8x8x8x8"], "two or three counts"), (["--grid", "60000x60000x60000"], "fewer cells"),
            (["--grid", "8x8", "--lower", "0,0"], "both --lower and --upper"),
            (["--grid", "8x8", "--lower", "0,0", "--upper", "1"], "2 numbers"),
            (["--grid", "8x8", "--lower", "1,1", "--upper", "0,0"], "less than --upper"),
            (["--grid", "8x8", "--lower", "5,5", "--upper", "6,6"], "no cell of the grid"),
            (["--grid", "8x8", "--lower", "0.2,-0.1", "--upper", "0.3,0.1"], "every cell"),
            (["--grid", "8x8", "--padding=-1"], "0 to 100"),
            (["--grid", "8x8", "--dataset", "phi"], "HDF5"),
        ])
    func refusals(arguments: [String], message: String) throws {
        let path = try place.write(Self.circle, as: "circle.toml")
        let result = try Tool.run(["geometry", path, "--output", place.file("shape.h5")] + arguments)
        #expect(result.code == 2)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(try place.contents() == ["circle.toml"])
    }

    @Test("Files that are no shapes are told so")
    func foreign() throws {
        let text = try place.write("hello", as: "shape.doc")
        #expect(try sample(text, "--grid", "8x8").errors.contains(".stl"))
        #expect(try sample(place.file("none.toml"), "--grid", "8x8").errors.contains("there is no file"))
        let wrong = try place.write("shape = \"circel\"", as: "wrong.toml")
        let result = try sample(wrong, "--grid", "8x8")
        #expect(result.code == 2)
        #expect(result.errors.contains("wrong.toml:1"))
    }

    @Test("validate knows shape files from cases")
    func validate() throws {
        let good = try place.write(Self.circle, as: "good.toml")
        let bad = try place.write(Self.circle.replacing("radius = 0.5", with: "radius = -1"), as: "bad.toml")
        let result = try Tool.run("validate", good, bad)
        #expect(result.code == 2)
        #expect(result.output.contains("ok \(good)"))
        #expect(result.output.contains("bad.toml:3"))
    }
}
