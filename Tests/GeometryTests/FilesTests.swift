import Foundation
import Geometry
import Schema
import Testing

/// Files that the tests write.
final class TestFolder {
    private let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = url.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        return file.path
    }

    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
    func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

/// The unit cube in every layout.
enum CubeFile {
    static var corners: [[Point]] {
        TestSurface.cubeTriangles.map { triangle in (0..<3).map { TestSurface.cubeCorners[Int(triangle[$0])] }
        }
    }

    static func binary(name: String = "solid cube") -> [UInt8] {
        var bytes = Array(name.utf8)
        bytes += Array(repeating: 32, count: 80 - bytes.count)
        bytes += little(UInt32(12))
        for triangle in corners {
            bytes += Array(repeating: 0, count: 12)
            for corner in triangle { for axis in 0..<3 { bytes += little(Float(corner[axis]).bitPattern) } }
            bytes += [0, 0]
        }
        return bytes
    }

    static func text(_ end: String = "\n") -> String {
        let facets = corners.map { triangle in
            let vertices = triangle.map { "  vertex \($0.x) \($0.y) \($0.z)" }.joined(separator: end)
            return ["facet normal 0 0 0", " outer loop", vertices, " endloop", "endfacet"].joined(
                separator: end)
        }
        return (["solid cube"] + facets + ["endsolid cube", ""]).joined(separator: end)
    }

    static func object(negative: Bool) -> String {
        let vertices = TestSurface.cubeCorners.map { "v \($0.x) \($0.y) \($0.z) 1.0" }
        let faces = [
            [0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5],
        ]
        let lines = faces.map { face in
            "f " + face.map { negative ? "\($0 - 8)//1" : "\($0 + 1)/2/3" }.joined(separator: " ")
        }
        return (["# a cube", "o cube"] + vertices + ["vn 0 0 1", "usemtl grey"] + lines).joined(
            separator: "\n")
    }

    static func little(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

@Suite struct FilesTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func message(_ path: String, _ options: ShapeFileOptions = ShapeFileOptions()) -> String {
        do {
            _ = try ShapeFiles.read(path: path, options: options)
            return ""
        } catch { return error.description }
    }

    private func expectCube(_ path: String) throws {
        let loaded = try ShapeFiles.load(path: path)
        #expect(loaded.warnings.isEmpty)
        #expect(abs(loaded.shape.distance(to: Point(0.5, 0.5, 0.3)) + 0.3) < 1e-15)
        #expect(abs(loaded.shape.distance(to: Point(0.5, 2, 2)) - 2.0.squareRoot()) < 1e-15)
        #expect(loaded.shape.bounds == Bounds(lower: Point(0, 0, 0), upper: Point(1, 1, 1)))
    }

    @Test func binarySTLThatBeginsWithSolidIsRead() throws {
        try expectCube(folder.write("cube.stl", CubeFile.binary()))
    }

    @Test(arguments: ["\n", "\r\n", "\r"]) func textSTLIsReadWithAnyLineEnd(end: String) throws {
        try expectCube(folder.write("cube.STL", CubeFile.text(end)))
    }

    @Test(arguments: [false, true]) func polygonsOfAnOBJAreReadWithEitherSignOfIndex(negative: Bool) throws {
        try expectCube(folder.write("cube.obj", CubeFile.object(negative: negative)))
    }

    @Test func aConcaveFaceIsNotFilled() throws {
        // The letter L, as a prism.
        let corners = [(0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2)]
        let vertices = [0, 1].flatMap { z in corners.map { "v \($0.0) \($0.1) \(z)" } }
        let sides = (0..<6).map { "f \($0 + 1) \(($0 + 1) % 6 + 1) \(($0 + 1) % 6 + 7) \($0 + 7)" }
        let text = (vertices + sides + ["f 6 5 4 3 2 1", "f 7 8 9 10 11 12"]).joined(separator: "\n")
        let loaded = try ShapeFiles.load(path: folder.write("l.obj", text))
        #expect(loaded.warnings.isEmpty)
        #expect(abs(loaded.shape.distance(to: Point(1.5, 1.5, 1)) - 0.5) < 1e-15)
        #expect(loaded.shape.distance(to: Point(0.5, 0.5, 0.5)) == -0.5)
    }

    @Test func scaleChangesUnits() throws {
        var options = ShapeFileOptions()
        options.scale = 0.001
        let shape = try ShapeFiles.read(path: folder.write("cube.stl", CubeFile.binary()), options: options)
        #expect(shape.bounds.upper == Point(0.001, 0.001, 0.001))
    }

    @Test func aMissingTriangleIsAWarningWithItsPlace() throws {
        var bytes = CubeFile.binary()
        bytes.removeLast(50)
        bytes[80] = 11
        let loaded = try ShapeFiles.load(path: folder.write("open.stl", bytes))
        #expect(loaded.warnings.count == 1)
        #expect(loaded.warnings[0].contains("3 open edges, the first at ("))
        #expect(loaded.shape.distance(to: Point(0.3, 0.5, 0.5)) < -0.29)
    }

    @Test func trianglesWithoutAreaAreCountedAndLeftOut() throws {
        let text = CubeFile.object(negative: false) + "\nf 1 1 2\nf 3 4 4\n"
        let loaded = try ShapeFiles.load(path: folder.write("thin.obj", text))
        #expect(
            loaded.warnings == [
                "2 of 14 triangles have no area, the first at (0.0, 0.0, 0.0); they were left out"
            ])
    }

    @Test func badSurfacesAreRefusedWithTheirPlace() throws {
        let cut = Array(CubeFile.binary().dropLast(30))
        #expect(try message(folder.write("a.stl", cut)).contains("promises 12 triangles (684 bytes)"))
        var broken = CubeFile.binary()
        broken.replaceSubrange((84 + 50 + 12)..<(84 + 50 + 16), with: CubeFile.little(Float.nan.bitPattern))
        #expect(try message(folder.write("b.stl", broken)).contains("triangle 2 at byte 146"))
        #expect(try message(folder.write("c.stl", "solid a\nendsolid a\n")).contains("no triangles"))
        #expect(try message(folder.write("d.stl", "solid a\nfacet\nvertex 1 2\n")).contains("d.stl:3: "))
        #expect(
            try message(folder.write("e.obj", "v 0 0 0\nf 1 2 9\n")).contains(
                "e.obj:2: vertex 2 does not exist"))
        #expect(try message(folder.write("f.obj", "v 0 0 0\nf 1 -2 1\n")).contains("\"-2\" names no vertex"))
        #expect(try message(folder.write("g.obj", "v 0 0 zero\n")).contains("g.obj:1: "))
        #expect(try message(folder.write("h.stl", "")).contains("the file is empty"))
        #expect(message(folder.path("none.stl")).contains("there is no such file"))
        #expect(try message(folder.write("h.step", "x")).contains("stl, obj, csv"))
    }

    @Test func seligAndLednicerGiveTheSameAirfoil() throws {
        let upper = [(0.0, 0.0), (0.3, 0.1), (0.7, 0.05), (1.0, 0.0)]
        let lower = upper.map { ($0.0, -0.5 * $0.1) }
        let line = { (point: (Double, Double)) in " \(point.0)  \(point.1)" }
        let selig = ["WING 12", ""] + (upper.reversed() + lower.dropFirst()).map(line)
        let lednicer = ["WING 12", " 4.  4.", ""] + upper.map(line) + [""] + lower.map(line)
        let first = try ShapeFiles.read(path: folder.write("s.dat", selig.joined(separator: "\n")))
        let second = try ShapeFiles.read(path: folder.write("l.dat", lednicer.joined(separator: "\r\n")))
        for x in stride(from: -0.2, through: 1.2, by: 0.05) {
            for y in [-0.2, -0.02, 0.03, 0.3] {
                let point = Point(x, y, 0)
                #expect(first.distance(to: point) == second.distance(to: point))
            }
        }
        #expect(first.distance(to: Point(0.4, 0.02, 0)) < 0)
    }

    @Test func loopsOfACSVAreSeparatedByEmptyLines() throws {
        let text = "x;y\n0;0\n4;0\n4;4\n0;4\n\n1;1\n3;1\n3;3\n1;3\n# the end\n"
        let shape = try ShapeFiles.read(path: folder.write("ring.csv", text))
        #expect(shape.distance(to: Point(2, 2, 0)) == 1)
        #expect(shape.distance(to: Point(0.5, 2, 0)) == -0.5)
        #expect(try message(folder.write("a.csv", "x,y\n0,0\n1,one\n")).contains("a.csv:3: "))
        #expect(try message(folder.write("b.csv", "0,0\n1,1\n")).contains("2 different points"))
    }

    @Test func bodiesThatDoNotFitTheDomainAreTold() throws {
        let cube = try ShapeFiles.read(path: folder.write("cube.stl", CubeFile.binary()))
        #expect(ShapeCheck.against(lower: [-1, -1, -1], upper: [2, 2, 2], cube) == nil)
        let large = ShapeCheck.against(lower: [0, 0, 0], upper: [0.002, 0.002, 0.002], cube)
        #expect(large?.contains("scale = 0.001") == true)
        let small = ShapeCheck.against(lower: [0, 0, 0], upper: [1000, 1000, 1000], cube)
        #expect(small?.contains("scale = 1000") == true)
        let beside = ShapeCheck.against(lower: [3, 0, 0], upper: [4, 1, 1], cube)
        #expect(beside?.contains("beside the domain") == true)
    }

    @Test func filesThatAreCutAnywhereNeverCrash() throws {
        let whole: [(String, [UInt8])] = [
            ("a.stl", CubeFile.binary()), ("b.stl", Array(CubeFile.text().utf8)),
            ("c.obj", Array(CubeFile.object(negative: true).utf8)), ("d.npy", ArrayFile.npy()),
            ("e.png", ArrayFile.png),
            ("f.dat", Array("t\n 3. 3.\n\n0 0\n.5 .1\n1 0\n\n0 0\n.5 -.1\n1 0\n".utf8)),
        ]
        for (name, bytes) in whole {
            for end in 0..<bytes.count {
                _ = try? ShapeFiles.read(path: folder.write(name, Array(bytes[..<end])))
            }
            for place in stride(from: 0, to: bytes.count, by: 7) {
                var changed = bytes
                changed[place] ^= UInt8(truncatingIfNeeded: 1 << (place % 8) | place * 37)
                _ = try? ShapeFiles.read(path: folder.write(name, changed))
            }
        }
    }
}
