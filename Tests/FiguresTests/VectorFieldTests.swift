import Figures
import Foundation
import Testing

@Suite("Vector fields, histograms and animations") struct VectorFieldTests {
    @Test("a linear field is interpolated exactly between the centres of cells")
    func interpolation() throws {
        let field = try VectorPlane(
            u: Samples.plane(8, 6) { x, y in 2 * x - y }, v: Samples.plane(8, 6) { x, y in x + 3 * y })
        let value = try #require(field.value(atX: 0.4, y: 0.55))
        #expect(abs(value.u - 0.25) < 1e-6 && abs(value.v - 2.05) < 1e-6)
        #expect(field.value(atX: 1.2, y: 0.5) == nil)
    }

    @Test("no value is made up beside cells without one")
    func bodies() throws {
        let field = try Samples.cylinderFlow()
        #expect(field.value(atX: 0, y: 0) == nil)
        #expect(field.value(atX: 1, y: 0) != nil)
    }

    @Test("planes of different cells make no vector field")
    func mismatch() throws {
        let (u, v) = try (Samples.plane(4, 4) { x, _ in x }, Samples.plane(4, 5) { x, _ in x })
        #expect(throws: FigureError.self) { try VectorPlane(u: u, v: v) }
    }

    @Test("every finite value falls into one bin, the largest too")
    func counts() throws {
        let layer = try HistogramLayer([0, 1, 2, 3, 4, .nan], bins: 4)
        #expect(layer.heights == [1, 1, 1, 2] && layer.edges == [0, 1, 2, 3, 4])
    }

    @Test("a density has the area 1")
    func density() throws {
        let layer = try HistogramLayer((0..<100).map { sqrt(Double($0)) }, isDensity: true)
        let area = layer.heights.indices.reduce(0) {
            $0 + layer.heights[$1] * (layer.edges[$1 + 1] - layer.edges[$1])
        }
        #expect(abs(area - 1) < 1e-12)
    }

    @Test("equal values make one bar")
    func constant() throws {
        #expect(try HistogramLayer([3, 3, 3]).heights.filter { $0 > 0 } == [3])
    }

    private func frame(_ level: Double, size: Double = 100) throws -> Data {
        let plane = try Samples.plane(4, 4) { x, _ in x * level }
        let panel = Panel(layers: [try HeatMapLayer(plane, range: 0...3)], shape: .equalUnits)
        return try Figure(panels: [panel], size: FigureSize(width: size, height: size)).render(.png, dpi: 72)
    }

    @Test("an animation keeps every frame and begins as an ordinary picture")
    func animation() throws {
        var animation = AnimatedPNG(framesPerSecond: 10)
        let frames = try [frame(1), frame(2), frame(3)]
        for frame in frames { animation.append(frame) }
        let file = try animation.encoded()
        let kinds = Self.kinds(file)
        #expect(kinds.prefix(3) == ["IHDR", "acTL", "fcTL"] && kinds.last == "IEND")
        #expect(kinds.filter { $0 == "fcTL" }.count == 3 && kinds.contains("fdAT"))
        #expect(try animation.encoded() == file)
    }

    @Test("frames of different sizes are refused")
    func sizes() throws {
        var animation = AnimatedPNG(framesPerSecond: 10)
        animation.append(try frame(1))
        animation.append(try frame(1, size: 120))
        #expect(throws: FigureError.self) { try animation.encoded() }
    }

    private static func kinds(_ png: Data) -> [String] {
        let bytes = [UInt8](png)
        var kinds: [String] = []
        var at = 8
        while at + 12 <= bytes.count {
            let length = bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) }
            kinds.append(String(decoding: bytes[(at + 4)..<(at + 8)], as: UTF8.self))
            at += 12 + length
        }
        return kinds
    }
}
