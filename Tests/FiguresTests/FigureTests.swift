import Figures
import Foundation
import Testing

@Suite struct FigureTests {
    private static func line(_ values: [Double] = [1, 3, 2], label: String? = nil) throws -> LineLayer {
        try LineLayer(x: values.indices.map(Double.init), y: values, label: label)
    }

    private static func figure(_ values: [Double] = [1, 3, 2]) throws -> Figure {
        Figure(panels: [Panel(layers: [try line(values)])])
    }

    private static func temporaryFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("figures-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test func theExtensionNamesTheFormat() throws {
        #expect(try FigureFormat(path: "a/b.svg") == .svg)
        #expect(try FigureFormat(path: "B.PNG") == .png)
        #expect(try FigureFormat(path: "x.y.pdf") == .pdf)
    }

    @Test(arguments: ["figure", "figure.jpg", "a.svg/figure", "", "figure."])
    func anUnknownExtensionIsAnErrorThatNamesTheAllowed(path: String) {
        let error = #expect(throws: FigureError.self) { try FigureFormat(path: path) }
        #expect(error == .unknownExtension(path: path))
        #expect(error?.description.contains(".svg, .png or .pdf") == true)
    }

    @Test(arguments: FigureFormat.allCases)
    func filesBeginWithTheirFormatsMark(format: FigureFormat) throws {
        let marks: [FigureFormat: String] = [.svg: "<?xml", .png: "PNG", .pdf: "%PDF"]
        let start = try Self.figure().render(format).prefix(8)
        #expect(String(decoding: start, as: UTF8.self).contains(try #require(marks[format])))
    }

    @Test func writingReplacesTheFileAndLeavesNothingElse() throws {
        let folder = try Self.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/figure.svg"
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        try Self.figure().write(to: path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Self.figure().render(.svg))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["figure.svg"])
    }

    @Test func aMissingFolderIsAnErrorThatSaysSo() throws {
        let error = #expect(throws: FigureError.self) { try Self.figure().write(to: "/no/such/folder/a.png") }
        #expect(error?.description.contains("'/no/such/folder' does not exist") == true)
    }

    @Test func aFolderInTheWayIsAnErrorThatSaysSo() throws {
        let folder = try Self.temporaryFolder() + "/figure.png"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let error = #expect(throws: FigureError.self) { try Self.figure().write(to: folder) }
        #expect(error?.description.contains("a folder of this name exists") == true)
    }

    @Test func linesWithoutFinitePointsAreErrors() {
        #expect(throws: FigureError.emptyData(what: "the line 'mass'")) {
            try LineLayer(x: [0, 1], y: [.nan, .infinity], label: "mass")
        }
        #expect(throws: FigureError.lengthMismatch(what: "a line: y", expected: 1, found: 2)) {
            try LineLayer(x: [0], y: [0, 1])
        }
    }

    @Test func emptyPanelsAndFiguresAreErrors() {
        #expect(throws: FigureError.emptyData(what: "a figure without panels")) {
            try Figure(panels: []).render(.svg)
        }
        #expect(throws: FigureError.emptyData(what: "the x axis of panel 'empty'")) {
            try Figure(panels: [Panel(title: "empty")]).render(.svg)
        }
    }

    @Test func aLogarithmicAxisNeedsSomethingPositive() throws {
        var panel = Panel(layers: [try Self.line([-1, 0, -2])])
        panel.yAxis.scale = .logarithmic
        let error = #expect(throws: FigureError.self) { try Figure(panels: [panel]).render(.svg) }
        #expect(error?.description.contains("greater than zero") == true)
        panel.yAxis.range = -1...1
        #expect(throws: FigureError.invalidRange(what: "the y axis of panel 1", lower: -1, upper: 1)) {
            try Figure(panels: [panel]).render(.svg)
        }
    }

    @Test(arguments: [0.0, .nan, 1e6])
    func impossibleResolutionsAreErrors(dpi: Double) throws {
        #expect(throws: FigureError.self) { try Self.figure().render(.png, dpi: dpi) }
    }

    @Test func tooSmallAFigureIsAnError() throws {
        var figure = try Self.figure()
        figure.size = FigureSize(width: 40, height: 40)
        #expect(throws: FigureError.self) { try figure.render(.svg) }
    }

    private static let difficultValues: [[Double]] = [
        [1e300, -1e300, 0], [1, 1, 1], [0, 0, 0], [Double.leastNonzeroMagnitude, 0, 0], [1, 1 + 1e-15, 1],
        [5, .nan, 6],
        [Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude, 1],
    ]

    @Test(arguments: difficultValues)
    func difficultValuesAreDrawn(values: [Double]) throws {
        for format in FigureFormat.allCases {
            #expect(try !Self.figure(values).render(format, dpi: 50).isEmpty)
        }
    }

    @Test func aPNGHasTheSizeAskedFor() throws {
        var figure = try Self.figure()
        figure.size = FigureSize(width: 360, height: 216)
        let picture = try PictureReading(png: try figure.render(.png, dpi: 100))
        #expect(picture.width == 500 && picture.height == 300)
    }

    @Test func aLongLineStaysASmallFile() throws {
        let values = (0..<200_000).map { sin(Double($0) / 20_000) }
        #expect(try Self.figure(values).render(.svg).count < 200_000)
    }
}
