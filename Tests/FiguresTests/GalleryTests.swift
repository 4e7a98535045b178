import Figures
import Foundation
import Testing

/// Every kind of figure, in every format. With `FIGURE_GALLERY=folder` the pictures are kept, to be looked
/// at.
@Suite struct GalleryTests {
    @Test(arguments: FigureFormat.allCases)
    func drawingTwiceGivesTheSameBytes(format: FigureFormat) throws {
        for (name, figure) in try Samples.all() {
            let first = try figure.render(format, dpi: 100)
            let second = try figure.render(format, dpi: 100)
            #expect(first == second, "\(name).\(format.rawValue)")
            if let folder = ProcessInfo.processInfo.environment["FIGURE_GALLERY"] {
                try figure.write(to: "\(folder)/\(name).\(format.rawValue)", dpi: 100)
            }
        }
    }
}
