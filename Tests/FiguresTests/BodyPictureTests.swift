import Figures
import Foundation
import Testing

@Suite struct BodyPictureTests {
    @Test func distancesPartTheirColoursAtZero() throws {
        let figure = try FieldPicture.distance(try Samples.distance(40, 20))
        let map = try #require(figure.panels[0].layers.first as? HeatMapLayer)
        #expect(map.range.lowerBound == -map.range.upperBound)
        #expect(map.colorMap == .coolWarm)
        #expect(map.plane.values.contains { $0 < 0 }, "the inside is shown")
        let lines = figure.panels[0].layers.compactMap { $0 as? ContourLayer }
        #expect(lines.first.map { !$0.levels.isEmpty && !$0.levels.contains(0) } == true)
    }

    @Test func aPlaneWithoutABodyHasNoOutline() throws {
        let figure = try FieldPicture.distance(try Samples.plane(8, 8) { x, _ in 1 + x })
        #expect(!figure.panels[0].layers.contains { $0 is BodyLayer })
    }

    @Test func cellsAtTheWallContinueTheFieldBesideThem() throws {
        let plane = try Samples.plane(8, 1) { x, _ in x < 0.5 ? 2 : 99 }
        let body = try Samples.plane(8, 1) { x, _ in 0.5 - x }
        let figure = try FieldPicture.plane(plane, field: "density", body: body)
        let map = try #require(figure.panels[0].layers.first as? HeatMapLayer)
        #expect(map.plane.values[4] == 2)
        #expect(map.bounds.upper == 2)
    }

    @Test func pressureGrowsDownwardsOnAWall() throws {
        let figure = try Samples.wall(ordered: true)
        #expect(figure.panels[0].yAxis.isReversed)
        let shades = try PictureReading(png: try figure.render(.png, dpi: 50))
        #expect(shades.width > 0)
    }

    /// The line from (0, 0) to (1, 1) on a turned axis runs from the upper left to the lower right.
    @Test func aTurnedAxisTurnsTheLine() throws {
        let line = try LineLayer(x: [0, 1], y: [0, 1], stroke: Stroke(.grey(0), width: 6))
        let axis = Axis(range: 0...1, isReversed: true, showsLabels: false)
        let panel = Panel(
            xAxis: Axis(range: 0...1, showsLabels: false), yAxis: axis, layers: [line], shape: .ratio(1),
            showsGrid: false)
        let picture = try PictureReading(
            png: try Figure(panels: [panel], size: FigureSize(width: 100)).render(.png, dpi: 72))
        let (width, height) = (picture.width, picture.height)
        #expect(picture[width / 4, height / 4] & 0xFF < 0x40)
        #expect(picture[width / 4, height * 3 / 4] & 0xFF > 0xC0)
    }

    @Test func wallsOfUnequalListsAreRefused() {
        let wall = Wall(
            name: "a", x: [0, 1], upward: [1, 1], pressureCoefficient: [0], isOrdered: true)
        #expect(throws: FigureError.self) { try WallPicture.pressureCoefficient([wall, wall]) }
    }
}
