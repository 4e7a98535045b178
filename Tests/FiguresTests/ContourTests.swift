import Figures
import Foundation
import Testing

@Suite struct ContourTests {
    @Test func aCircleIsOneClosedLineAtItsRadius() throws {
        let plane = try Samples.plane(60, 60, x: -1...1, y: -1...1) { x, y in hypot(x, y) - 0.6 }
        let lines = ContourTracer(plane).lines(at: 0)
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        #expect(line.first?.x == line.last?.x && line.first?.y == line.last?.y)
        #expect(line.allSatisfy { abs(hypot($0.x, $0.y) - 0.6) < 2e-3 })
    }

    @Test func aBodyAtTheEdgeOfTheDomainIsClosedOnlyWithAnOutside() throws {
        let plane = try Samples.plane(40, 20, x: -1...1, y: 0...1) { x, y in hypot(x, y) - 0.5 }
        let open = try #require(ContourTracer(plane).lines(at: 0).first)
        #expect(open.first?.x != open.last?.x)
        let closed = try #require(ContourTracer(plane, outside: 1).lines(at: 0).first)
        #expect(closed.first?.x == closed.last?.x)
    }

    @Test func aSaddleKeepsItsTwoLinesApart() throws {
        let plane = try Plane(values: [1, 0, 0, 1], width: 2, height: 2, x: 0...1, y: 0...1)
        #expect(ContourTracer(plane).lines(at: 0.6).count == 2)
        #expect(ContourTracer(plane).lines(at: 0.4).count == 2)
    }

    @Test func valuesThatAreNotFiniteLeaveAGap() throws {
        let plane = try Samples.plane(20, 20) { x, y in x > 0.4 && x < 0.6 ? .nan : y - 0.5 }
        let lines = ContourTracer(plane).lines(at: 0)
        #expect(lines.count == 2)
    }

    @Test func evenLevelsLieBetweenTheEnds() {
        #expect(ContourLayer.evenLevels(3, over: Bounds([0.0, 4.0])) == [1, 2, 3])
        #expect(ContourLayer.evenLevels(3, over: Bounds([2.0])).isEmpty)
    }
}
