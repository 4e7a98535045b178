import Figures
import Foundation
import Testing

@Suite struct LayoutTests {
    @Test func aLegendStandsWhereItHidesNothing() throws {
        // The upper right corner, the first choice, is taken by the line.
        let x = (0...50).map { Double($0) / 50 }
        let line = try LineLayer(x: x, y: x, label: "rising")
        let figure = Figure(panels: [Panel(layers: [line])])
        let place = try #require(try figure.places(dpi: 72).first)
        let legend = try #require(place.legend)
        #expect(!place.isLegendOutside)
        #expect(!line.obstacles(in: place.frame).contains { legend.contains($0) })
    }

    @Test func aLegendThatWouldHideDataStandsAboveTheBox() throws {
        let place = try #require(try Samples.crowded().places(dpi: 72).first)
        let legend = try #require(place.legend)
        #expect(place.isLegendOutside)
        #expect(legend.bottom <= place.box.y)
        #expect(legend.y >= 0)
    }

    @Test func equalUnitsAreEqual() throws {
        for (figure, ratio) in [(try Samples.flow(), 0.75), (try Samples.tall(), 4.0)] {
            let box = try #require(try figure.places(dpi: 150).first).box
            #expect(abs(box.height / box.width / ratio - 1) < 0.01)
        }
    }

    @Test func cutsThroughALongVolumeShareOneScale() throws {
        let boxes = try Samples.slices(length: 3).places(dpi: 150).map(\.box)
        #expect(abs(boxes[0].width / boxes[2].width - 3) < 0.05)
    }

    @Test func panelsOfAColumnAreAligned() throws {
        let boxes = try Samples.profiles().places(dpi: 150).map(\.box)
        #expect(Set(boxes.map(\.x)).count == 1)
        #expect(Set(boxes.map(\.width)).count == 1)
    }

    @Test func boxesLieInsideTheFigureAndApart() throws {
        for (name, figure) in try Samples.all() {
            let boxes = try figure.places(dpi: 100).map(\.box)
            for box in boxes { #expect(box.x >= 0 && box.right <= figure.size.width, "\(name)") }
            for (first, second) in zip(boxes, boxes.dropFirst()) {
                #expect(first.right <= second.x || first.bottom <= second.y, "\(name)")
            }
        }
    }

    @Test func aLargeFieldIsDrawnInEveryFormat() throws {
        let plane = try Plane(
            values: (0..<3000 * 2500).map { Float($0 % 3000) }, width: 3000, height: 2500, x: 0...3,
            y: 0...2.5)
        let figure = try FieldPicture.plane(plane, field: "density", options: .init(size: .column))
        for format in FigureFormat.allCases {
            #expect(try figure.render(format, dpi: 72).count < 20_000_000)
        }
    }
}
