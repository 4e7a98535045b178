import Figures
import Foundation
import Testing

@Suite struct SchlierenTests {
    @Test func uniformDensityIsWhite() throws {
        let plane = try Samples.plane(8, 8) { _, _ in 0 }
        #expect(try Schlieren.shades(of: plane).values.allSatisfy { $0 == 1 })
    }

    @Test func theSteepestCellsAreTheDarkest() throws {
        let plane = try Samples.plane(40, 4) { x, _ in abs(x - 0.5) < 0.03 ? 8 : x < 0.5 ? 4 : 0 }
        let shades = try Schlieren.shades(of: plane, amplification: 15)
        #expect(abs(shades[19, 1] - exp(-15)) < 1e-9)
        #expect(abs(shades[5, 1] - exp(-7.5)) < 1e-6)
        #expect(shades[35, 1] == 1)
    }

    @Test func valuesThatAreNotFiniteStayVisible() throws {
        let plane = try Samples.plane(8, 8) { x, y in x < 0.1 && y < 0.1 ? .nan : x }
        let shades = try Schlieren.shades(of: plane)
        #expect(shades.nonFiniteCount == 1)
    }
}
