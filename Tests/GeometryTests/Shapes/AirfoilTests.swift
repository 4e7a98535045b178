import Geometry
import Testing

@Suite struct AirfoilTests {
    private func airfoil(_ keys: String) throws -> any Shape {
        try ShapeFile.read(text: "shape = \"naca\"\n" + keys).shape
    }

    /// The heights at which a vertical line enters and leaves the airfoil, by bisection of the sign.
    private func ordinates(_ shape: any Shape, at x: Double, inside: Double) -> (upper: Double, lower: Double)
    {
        func edge(_ outside: Double) -> Double {
            var (inner, outer) = (inside, outside)
            for _ in 0..<50 {
                let middle = (inner + outer) / 2
                if shape.distance(to: Point(x, middle, 0)) < 0 { inner = middle } else { outer = middle }
            }
            return inner
        }
        return (edge(0.5), edge(-0.5))
    }

    /// Ordinates in per cent as listed in NACA Report 460.
    @Test(arguments: [(0.05, 3.555), (0.10, 4.683), (0.30, 6.002), (0.60, 4.563), (0.90, 1.448)])
    func theSymmetricProfileHasThePublishedOrdinates(x: Double, expected: Double) throws {
        let ordinates = try ordinates(
            airfoil("digits = \"0012\"\ntrailing_edge = \"blunt\""), at: x, inside: 0)
        #expect(abs(ordinates.upper * 100 - expected) < 1e-3)
        #expect(abs(ordinates.upper + ordinates.lower) < 1e-9)
    }

    /// Ordinates of 2412 and 23012 in per cent as listed in NACA Reports 460 and 537.
    @Test(arguments: [
        ("2412", 0.30, 7.88, -4.12), ("2412", 0.60, 6.36, -2.76), ("2412", 0.05, 4.13, -3.01),
        ("23012", 0.30, 7.55, -4.46), ("23012", 0.10, 6.43, -2.92), ("23012", 0.60, 5.47, -3.67),
    ])
    func camberedProfilesHaveThePublishedOrdinates(
        digits: String, x: Double, upper: Double, lower: Double
    ) throws {
        let shape = try airfoil("digits = \"\(digits)\"\ntrailing_edge = \"blunt\"")
        let ordinates = ordinates(shape, at: x, inside: 0.02)
        #expect(abs(ordinates.upper * 100 - upper) < 0.02)
        #expect(abs(ordinates.lower * 100 - lower) < 0.02)
    }

    @Test func aReflexedCamberLineIsFlatterTowardsTheTrailingEdge() throws {
        func camber(_ digits: String, _ x: Double) throws -> Double {
            let ordinates = try ordinates(airfoil("digits = \"\(digits)\""), at: x, inside: 0)
            return (ordinates.upper + ordinates.lower) / 2
        }
        #expect(try camber("23112", 0.95) < 0.3 * camber("23012", 0.95))
        #expect(try abs(camber("23112", 0.21) - camber("23012", 0.21)) < 0.01)
    }

    @Test func theLeadingEdgeHasThePublishedRadius() throws {
        let shape = try airfoil("digits = \"0012\"")
        // 1.1019 t² = 0.01587: the centre of that circle is as far from the edge as the edge is curved.
        #expect(abs(shape.distance(to: Point(0.005, 0, 0)) + 0.005) < 1e-7)
        #expect(shape.distance(to: Point(0.03, 0, 0)) > -0.0299)
    }

    @Test func aPositiveAngleOfAttackLiftsTheNoseAboutTheLeadingEdge() throws {
        let shape = try airfoil("digits = \"0012\"\nangle_of_attack = 90\nchord = 2\nleading_edge = [1, 3]")
        #expect(abs(shape.bounds.lower.y - 1) < 1e-9 && abs(shape.bounds.upper.y - 3) < 1e-6)
        #expect(abs(shape.distance(to: Point(1, 1, 0))) < 1e-9)
    }

    @Test func aBluntTrailingEdgeIsAsThickAsPublished() throws {
        let ordinates = try ordinates(
            airfoil("digits = \"0012\"\ntrailing_edge = \"blunt\""), at: 1 - 1e-9, inside: 0)
        #expect(abs(ordinates.upper - 0.00126) < 1e-6)
    }
}
