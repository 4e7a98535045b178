import Figures
import Foundation
import Testing

@Suite struct SchlierenTests {
    @Test func uniformDensityIsWhite() throws {
        let plane = try Samples.plane(8, 8) { _, _ in 1.4 }
        #expect(try Schlieren.shades(of: plane).values.allSatisfy { $0 == 1 })
    }

    @Test func theSteepestCellsAreTheDarkest() throws {
        let plane = try Samples.plane(40, 4) { x, _ in x < 0.5 ? 1 : 2 }
        let shades = try Schlieren.shades(of: plane, amplification: 15)
        #expect(abs(shades[19, 1] - exp(-15)) < 1e-9)
        #expect(shades[5, 1] == 1)
    }

    @Test func differencesKeepTheSpacingOfEachDirection() throws {
        // |∇ρ| of a plane wave along the diagonal is the same for cells of any shape.
        let plane = try Samples.plane(16, 64) { x, y in x + y }
        let shades = try Schlieren.shades(of: plane)
        #expect(shades.values.allSatisfy { abs($0 - exp(-15)) < 1e-9 })
    }

    @Test func theSurfaceOfABodyCastsNoShadow() throws {
        let density = try Samples.plane(40, 4) { x, _ in x < 0.5 ? 1 + 0.1 * x : 1000 }
        let body = try Samples.plane(40, 4) { x, _ in 0.5 - x }
        let shades = try Schlieren.shades(of: density, body: body)
        #expect(shades[30, 1] == 1)
        #expect(abs(shades[19, 1] - shades[5, 1]) < 1e-7)
    }

    @Test func valuesThatAreNotFiniteStayVisible() throws {
        let plane = try Samples.plane(8, 8) { x, y in x < 0.1 && y < 0.1 ? .nan : x }
        let shades = try Schlieren.shades(of: plane)
        #expect(shades.nonFiniteCount == 1)
    }
}
