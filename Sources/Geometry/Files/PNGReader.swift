import CPNG
import Schema

/// Grey values, x fastest, the lowest row first; 0 is black.
struct GreyImage {
    var width: Int
    var height: Int
    var values: [UInt8]
}

/// PNG images of any depth and colour, as grey values; transparent parts are white.
enum PNGReader {
    /// No mask is larger; a few bytes can claim to be.
    private static let mostPixels = 1 << 28

    static func read(_ file: GeometryFile) throws(InvalidInput) -> GreyImage {
        var (width, height) = (UInt32(0), UInt32(0))
        var message = [CChar](repeating: 0, count: 64)
        guard cpng_read_grey(file.bytes, file.bytes.count, &width, &height, nil, &message) == 1 else {
            throw problem(file, message)
        }
        let (columns, rows) = (Int(width), Int(height))
        guard columns > 0, rows > 0, columns <= mostPixels / rows else {
            throw file.problem(
                "an image of \(width) × \(height) pixels", allowed: "up to \(mostPixels) pixels")
        }
        var pixels = [UInt8](repeating: 255, count: columns * rows)
        guard cpng_read_grey(file.bytes, file.bytes.count, &width, &height, &pixels, &message) == 1 else {
            throw problem(file, message)
        }
        var image = GreyImage(width: columns, height: rows, values: [])
        image.values.reserveCapacity(pixels.count)
        // An image begins at its top, where y is largest.
        for row in (0..<rows).reversed() { image.values += pixels[(row * columns)..<((row + 1) * columns)] }
        return image
    }

    private static func problem(_ file: GeometryFile, _ message: [CChar]) -> InvalidInput {
        let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return file.problem("no readable PNG image: \(text)", hint: "the file is cut off, or of another kind")
    }
}
