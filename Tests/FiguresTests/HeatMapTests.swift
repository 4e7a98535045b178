import Figures
import Testing

@Suite struct HeatMapTests {
    @Test func everyCellIsItsOwnColourToThePixel() throws {
        let values: [Float] = (0..<15).map { Float(($0 * 7) % 15) }
        let plane = try Plane(values: values, width: 5, height: 3, x: 0...5, y: 0...3)
        let figure = Figure(panels: [Panel(layers: [try HeatMapLayer(plane)], shape: .equalUnits)])
        let dpi = 144.0
        let picture = try PictureReading(png: try figure.render(.png, dpi: dpi))
        let box = try #require(try figure.places(dpi: dpi).first).box
        let (left, top) = (Int((box.x * dpi / 72).rounded()), Int((box.y * dpi / 72).rounded()))
        let (width, height) = (Int((box.width * dpi / 72).rounded()), Int((box.height * dpi / 72).rounded()))
        #expect(width > 500)
        // The line around the box covers its outermost pixels.
        for y in 2..<height - 2 {
            for x in 2..<width - 2 {
                let column = Int((Double(x) + 0.5) * 5 / Double(width))
                let row = 2 - Int((Double(y) + 0.5) * 3 / Double(height))
                let share = (Double(plane[column, row]) / 14 * 1023).rounded() / 1023
                let expected = ColorMap.viridis.color(at: share).pixel
                try #require(picture[left + x, top + y] == expected, "pixel \(x), \(y)")
            }
        }
    }

    @Test func theLowestRowIsAtTheBottom() throws {
        let plane = try Plane(values: [0, 0, 1, 1], width: 2, height: 2, x: 0...1, y: 0...1)
        let bitmap = try HeatMapLayer(plane, colorMap: .grey).bitmap
        #expect(bitmap.pixels == [0xFFFF_FFFF, 0xFFFF_FFFF, 0xFF00_0000, 0xFF00_0000])
    }

    @Test func valuesThatAreNotFiniteAreCountedAndDrawnInTheirOwnColour() throws {
        let plane = try Plane(values: [.nan, 1, -.infinity, 2], width: 4, height: 1, x: 0...4, y: 0...1)
        let layer = try HeatMapLayer(plane)
        #expect(layer.nonFiniteCount == 2)
        #expect(layer.range == 1...2)
        #expect(layer.bitmap.pixels[0] == Color.nonFinite.pixel)
        #expect(layer.bitmap.pixels[2] == Color.nonFinite.pixel)
        #expect(Figure(panels: [Panel(layers: [layer])]).nonFiniteCount == 2)
    }

    @Test func valuesInsideABodyNeitherCountNorWidenTheColours() throws {
        let plane = try Plane(values: [1, .nan, 900, 2], width: 4, height: 1, x: 0...4, y: 0...1)
        let body = try Plane(values: [1, -1, -1, 1], width: 4, height: 1, x: 0...4, y: 0...1)
        let figure = try FieldPicture.plane(plane, field: "density", body: body)
        #expect(figure.nonFiniteCount == 0)
        let layer = try #require(figure.panels[0].layers.first as? HeatMapLayer)
        #expect(layer.range == 1...2 && layer.bounds.upper == 2)
    }

    @Test func nothingFiniteIsAnError() throws {
        let plane = try Plane(values: [.nan, .nan], width: 2, height: 1, x: 0...1, y: 0...1)
        #expect(throws: FigureError.emptyData(what: "a heat map of 2 by 1 cells")) { try HeatMapLayer(plane) }
    }

    @Test(arguments: [Float(0), 1, -3e30, .leastNonzeroMagnitude, 3e38])
    func aConstantFieldIsDrawn(value: Float) throws {
        let plane = try Plane(
            values: Array(repeating: value, count: 12), width: 4, height: 3, x: 0...4, y: 0...3)
        let figure = try FieldPicture.plane(plane, field: "density")
        #expect(try !figure.render(.png, dpi: 50).isEmpty)
    }

    @Test func theGreatestFloatsAreDrawn() throws {
        let plane = try Plane(values: [-3e38, 3e38, 0, 1], width: 2, height: 2, x: 0...1, y: 0...1)
        #expect(try !FieldPicture.plane(plane, field: "pressure").render(.svg).isEmpty)
    }

    @Test func signedFieldsGetADivergingMapCentredAtZero() throws {
        let signed = Bounds([-1.0, 3.0])
        #expect(ValueRange.isSigned(signed))
        #expect(ValueRange.automatic(for: signed) == -3...3)
        #expect(ValueRange.colorMap(for: signed) == .coolWarm)
        let nearlyPositive = Bounds([-0.01, 3.0])
        #expect(ValueRange.automatic(for: nearlyPositive) == -0.01...3)
        #expect(ValueRange.colorMap(for: nearlyPositive) == .viridis)
    }

    @Test func fineGridsAreAveragedInVectorFiles() {
        let bitmap = Bitmap(
            pixels: [0xFF00_0000, 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFF00_0000], width: 2, height: 2)
        #expect(bitmap.reduced(by: 2).pixels == [0xFF80_8080])
        #expect(bitmap.reduced(by: 1) == bitmap)
        #expect(bitmap.enlarged(by: 3).reduced(by: 3) == bitmap)
    }

    @Test func aPlaneOfTheWrongLengthIsAnError() {
        #expect(throws: FigureError.lengthMismatch(what: "a plane of 2 by 2 cells", expected: 4, found: 3)) {
            try Plane(values: [1, 2, 3], width: 2, height: 2, x: 0...1, y: 0...1)
        }
    }
}
