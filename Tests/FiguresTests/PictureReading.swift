import CCairo
import Figures
import Foundation

/// The pixels of a PNG, read back by the drawing library.
struct PictureReading {
    let width: Int
    let height: Int
    private let pixels: [UInt32]

    init(png: Data) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).png").path
        try png.write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let surface = cairo_image_surface_create_from_png(path)
        defer { cairo_surface_destroy(surface) }
        guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS,
            let data = cairo_image_surface_get_data(surface)
        else { throw FigureError.drawing(reason: "not a PNG") }
        width = Int(cairo_image_surface_get_width(surface))
        height = Int(cairo_image_surface_get_height(surface))
        let stride = Int(cairo_image_surface_get_stride(surface))
        var pixels: [UInt32] = []
        for row in 0..<height {
            for column in 0..<width {
                let pixel = UnsafeRawPointer(data + row * stride + column * 4).load(as: UInt32.self)
                pixels.append(pixel | 0xFF00_0000)
            }
        }
        self.pixels = pixels
    }

    subscript(column: Int, row: Int) -> UInt32 { pixels[row * width + column] }
}
