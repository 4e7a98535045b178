import Figures
import Foundation
import Testing

@Suite struct PictureTests {
    @Test func profilesReachToTheFacesOfTheOutermostCells() throws {
        let x = [0.125, 0.375, 0.625, 0.875]
        let figure = try FieldPicture.profiles([Profile(field: "density", curves: [Curve(x: x, y: x)])])
        #expect(figure.panels[0].xAxis.range == 0...1)
    }

    @Test func onlyTheLowestOfStackedPanelsNumbersItsAxis() throws {
        #expect(try Samples.profiles().panels.map(\.xAxis.showsLabels) == [false, false, true])
    }

    @Test func slicesAreTheRightCells() throws {
        let values = (0..<24).map(Float.init)
        let volume = try Volume(values: values, cells: (x: 2, y: 3, z: 4), x: 0...2, y: 0...3, z: 0...4)
        #expect(try volume.slice(across: .z, at: 1).values == [6, 7, 8, 9, 10, 11])
        #expect(try volume.slice(across: .y, at: 2).values == [4, 5, 10, 11, 16, 17, 22, 23])
        #expect(try volume.slice(across: .x, at: 1).values == [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23])
        #expect(try volume.index(at: 3.5, along: .z) == 3)
        #expect(try volume.index(at: 4, along: .z) == 3)
    }

    @Test func aSliceOutsideOfTheVolumeIsAnError() throws {
        let volume = try Volume(values: [1], cells: (x: 1, y: 1, z: 1), x: 0...1, y: 0...1, z: 0...1)
        let error = #expect(throws: FigureError.self) {
            try FieldPicture.slices(volume, field: "density", cuts: [Slice(across: .z, at: 7)])
        }
        #expect(error?.description.contains("z =") == true)
        #expect(error?.description.contains("0.0 to 1.0") == true)
    }

    @Test func thePicturesOfASheetRowShareTheirColours() throws {
        let figure = try Samples.sheet()
        let maps = figure.panels.compactMap { $0.layers.first as? HeatMapLayer }
        #expect(Set(maps.prefix(4).map(\.range)).count == 1)
        #expect(maps[4].colorMap == .coolWarm)
        #expect(figure.panels.map { $0.colorBar != nil }.filter { $0 }.count == 2)
    }

    @Test func aBodyOfAnotherShapeIsAnError() throws {
        let plane = try Samples.plane(4, 4) { x, _ in x }
        let body = try Samples.plane(4, 5) { x, _ in x }
        #expect(throws: FigureError.self) { try FieldPicture.plane(plane, field: "density", body: body) }
        #expect(throws: FigureError.self) { try FieldPicture.schlieren(gradient: plane, body: body) }
    }

    @Test func theMeasuredOrderIsTheSlope() throws {
        let resolution = [16.0, 32, 64]
        let series = ConvergenceSeries(
            label: "", resolution: resolution, error: resolution.map { 3 * pow($0, -2.5) })
        #expect(abs(try #require(series.measuredOrder) - 2.5) < 1e-12)
        #expect(ConvergenceSeries(label: "", resolution: [8], error: [1]).measuredOrder == nil)
    }

    @Test func fieldNamesReadAsWords() {
        #expect(FieldStyle.named("velocity_x").label == "velocity u")
        #expect(FieldStyle.named("my_own_field").label == "my own field")
    }
}
