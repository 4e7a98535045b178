import Foundation
import Geometry
import Schema
import Testing

/// Arrays and images in the layouts that the tests read.
enum ArrayFile {
    /// A NumPy file of 4 × 6 cells (y, x): 8-byte distances to the line x = 2 where nothing else is said.
    static func npy(
        type: String = "<f8", isFortran: Bool = false, version: UInt8 = 1, shape: String = "(4, 6)",
        values: [UInt8]? = nil
    ) -> [UInt8] {
        var header =
            "{'descr': '\(type)', 'fortran_order': \(isFortran ? "True" : "False"), 'shape': \(shape), }"
        header += String(repeating: " ", count: 117 - header.count) + "\n"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version, 0]
        bytes += version == 1 ? [UInt8(header.utf8.count), 0] : [UInt8(header.utf8.count), 0, 0, 0]
        bytes += Array(header.utf8)
        return bytes + (values ?? distances.flatMap { little($0) })
    }

    static let distances = (0..<24).map { Double($0 % 6) + 0.5 - 2 }

    static func little(_ value: Double) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
    }

    /// 8 × 6 pixels, black in the 3 × 2 at the left below; grey, stored without compression.
    static let png: [UInt8] = {
        var raw: [UInt8] = []
        for row in 0..<6 { raw += [0] + (0..<8).map { $0 < 3 && row >= 4 ? 10 : 240 } }
        let size = UInt16(raw.count)
        var packed: [UInt8] = [
            0x78, 0x01, 1, UInt8(size & 255), UInt8(size >> 8), UInt8(~size & 255), UInt8(~size >> 8),
        ]
        packed += raw
        var (a, b) = (UInt32(1), UInt32(0))
        for byte in raw {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        packed += big(b << 16 | a)
        let signature: [UInt8] = [137, 80, 78, 71, 13, 10, 26, 10]
        return signature + chunk("IHDR", big(8) + big(6) + [8, 0, 0, 0, 0]) + chunk("IDAT", packed)
            + chunk("IEND", [])
    }()

    private static func big(_ value: UInt32) -> [UInt8] { CubeFile.little(value).reversed() }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        var check = UInt32.max
        for byte in body {
            check ^= UInt32(byte)
            for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xedb8_8320 : check >> 1 }
        }
        return big(UInt32(data.count)) + body + big(~check)
    }
}

@Suite struct FilesArrayTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func message(_ path: String, _ options: ShapeFileOptions = ShapeFileOptions()) -> String {
        do {
            _ = try ShapeFiles.read(path: path, options: options)
            return ""
        } catch { return error.description }
    }

    @Test(arguments: [1, 2, 3] as [UInt8]) func distancesOfEveryVersionAreRead(version: UInt8) throws {
        let shape = try ShapeFiles.read(path: folder.write("a.npy", ArrayFile.npy(version: version)))
        #expect(shape.isExact)
        #expect(shape.distance(to: Point(3.5, 1.5, 0)) == 1.5)
        #expect(shape.distance(to: Point(0.5, 3.5, 0)) == -1.5)
    }

    @Test func fortranOrderBigEndAndSinglePrecisionAreRead() throws {
        // First axis fastest: the four rows of each column.
        let columns = (0..<24).map { Float($0 / 4) - 1.5 }
        let values = columns.flatMap { Array(CubeFile.little($0.bitPattern).reversed()) }
        let file = ArrayFile.npy(type: ">f4", isFortran: true, values: values)
        let shape = try ShapeFiles.read(path: folder.write("a.npy", file))
        #expect(shape.distance(to: Point(3.5, 1.5, 0)) == 1.5)
        #expect(shape.distance(to: Point(0.5, 3.5, 0)) == -1.5)
    }

    @Test(arguments: ["|u1", "|b1", "<i2"]) func wholeNumbersAreAMask(type: String) throws {
        let width = type == "<i2" ? 2 : 1
        let values = (0..<24).flatMap {
            [UInt8($0 % 6 < 2 ? 0 : 1)] + Array(repeating: UInt8(0), count: width - 1)
        }
        var options = ShapeFileOptions()
        options.lower = [10, 20]
        options.upper = [13, 22]
        let path = try folder.write("a.npy", ArrayFile.npy(type: type, values: values))
        let shape = try ShapeFiles.read(path: path, options: options)
        #expect(shape.distance(to: Point(11.25, 20.25, 0)) == 0.25)
        #expect(shape.distance(to: Point(10.25, 21.75, 0)) == -0.75)
        options.isInverted = true
        #expect(
            try ShapeFiles.read(path: path, options: options).distance(to: Point(11.25, 20.25, 0)) == -0.25)
    }

    @Test func valuesThatAreNoDistancesAreOnlyUsedWhereTheyAreZero() throws {
        let values = ArrayFile.distances.flatMap { ArrayFile.little(3 * $0) }
        let loaded = try ShapeFiles.load(path: folder.write("a.npy", ArrayFile.npy(values: values)))
        #expect(loaded.warnings.count == 1)
        #expect(!loaded.shape.isExact)
        let grid = SampleGrid(cells: [6, 4], lower: [0, 0], upper: [6, 4])
        let field = ShapeSampler.sample(loaded.shape, on: grid)
        #expect(abs(field.values[4] - 2.5) < 1e-5)
    }

    @Test func theDarkPartOfAnImageIsTheBodyAndItsTopIsUp() throws {
        let shape = try ShapeFiles.read(path: folder.write("a.png", ArrayFile.png))
        #expect(shape.distance(to: Point(0.5, 0.5, 0)) == -1.5)
        #expect(shape.distance(to: Point(3.5, 0.5, 0)) == 0.5)
        #expect(shape.distance(to: Point(0.5, 5.5, 0)) == 3.5)
        var options = ShapeFileOptions()
        options.isInverted = true
        let inverted = try ShapeFiles.read(path: folder.write("a.png", ArrayFile.png), options: options)
        #expect(inverted.distance(to: Point(0.5, 5.5, 0)) == -3.5)
    }

    @Test func badArraysAreRefused() throws {
        #expect(
            try message(folder.write("a.npy", Array(ArrayFile.npy().dropLast(1)))).contains(
                "the file is cut off"))
        #expect(try message(folder.write("b.npy", ArrayFile.npy(type: "<c16"))).contains("type \"<c16\""))
        #expect(
            try message(folder.write("c.npy", ArrayFile.npy(shape: "(2, 2, 2, 3)"))).contains("[2, 2, 2, 3]"))
        #expect(
            try message(folder.write("d.npy", ArrayFile.npy(shape: "(9999999999, 9999999999)"))).contains(
                "an array"))
        var values = ArrayFile.distances
        values[7] = .nan
        let withHole = ArrayFile.npy(values: values.flatMap { ArrayFile.little($0) })
        #expect(try message(folder.write("e.npy", withHole)).contains("(1.5, 1.5, 0.0)"))
        let dry = ArrayFile.npy(values: ArrayFile.distances.flatMap { ArrayFile.little(abs($0) + 1) })
        #expect(try message(folder.write("f.npy", dry)).contains("no cell is inside"))
        #expect(try message(folder.write("g.png", "not a picture")).contains("no readable PNG"))
        var options = ShapeFileOptions()
        options.lower = [0, 0]
        options.upper = [0, 1]
        #expect(try message(folder.write("h.npy", ArrayFile.npy()), options).contains("lower below upper"))
    }
}
