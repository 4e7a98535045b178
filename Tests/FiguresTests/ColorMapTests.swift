import Figures
import Testing

@Suite struct ColorMapTests {
    @Test(arguments: ColorMap.all.filter { $0.kind == .sequential })
    func sequentialMapsGrowLighterFromEndToEnd(map: ColorMap) {
        let lightness = (0...255).map { map.color(at: Double($0) / 255).lightness }
        for (darker, lighter) in zip(lightness, lightness.dropFirst()) { #expect(darker < lighter + 1e-9) }
        #expect(lightness[255] - lightness[0] > 60)
    }

    @Test func divergingMapIsLightestInTheMiddleAndEven() {
        let map = ColorMap.coolWarm
        let lightness = (0...64).map { map.color(at: Double($0) / 64).lightness }
        #expect(lightness.max() == lightness[32])
        for (darker, lighter) in zip(lightness[..<32], lightness[1...32]) { #expect(darker < lighter) }
        #expect(abs(lightness[0] - lightness[64]) < 6)
        let middle = map.color(at: 0.5)
        #expect(abs(middle.red - middle.blue) < 0.01)
    }

    @Test func divergingMapHasThePublishedEnds() {
        let (cool, warm) = (ColorMap.coolWarm.color(at: 0), ColorMap.coolWarm.color(at: 1))
        #expect(abs(cool.red - 59 / 255.0) < 0.01 && abs(cool.blue - 192 / 255.0) < 0.01)
        #expect(abs(warm.red - 180 / 255.0) < 0.01 && abs(warm.blue - 38 / 255.0) < 0.01)
    }

    @Test func publishedEndColours() {
        #expect(ColorMap.viridis.color(at: 0) == Color(hex: 0x440154))
        #expect(ColorMap.viridis.color(at: 1) == Color(hex: 0xFDE725))
        #expect(ColorMap.inferno.color(at: 0) == Color(hex: 0x000004))
        #expect(ColorMap.cividis.color(at: 0) == Color(hex: 0x00224E))
        #expect(ColorMap.grey.color(at: 1) == .white)
    }

    @Test func positionsOutsideTakeTheEndsAndNaNItsOwnColour() {
        #expect(ColorMap.viridis.color(at: -3) == ColorMap.viridis.color(at: 0))
        #expect(ColorMap.viridis.color(at: .infinity) == ColorMap.viridis.color(at: 1))
        #expect(ColorMap.viridis.color(at: .nan) == .nonFinite)
    }

    @Test func theRegistryFindsEveryMapByName() throws {
        for map in ColorMap.all { #expect(try ColorMap.named(map.name) == map) }
        #expect(Set(ColorMap.all.map(\.name)).count == ColorMap.all.count)
    }

    @Test func anUnknownNameIsAnErrorThatListsTheMaps() {
        let error = #expect(throws: FigureError.self) { try ColorMap.named("jet") }
        #expect(error?.description.contains("'jet'") == true)
        #expect(error?.description.contains("viridis") == true)
    }
}
