import Geometry
import Testing

@Suite struct BallTests {
    @Test func aCircleDoesNotLookAtZ() {
        let circle = Ball(center: Point(1, 2, 0), radius: 0.5, isPlanar: true)
        #expect(circle.distance(to: Point(1, 2, 9)) == -0.5)
        #expect(circle.distance(to: Point(4, 6, -3)) == 4.5)
    }
}
