import Foundation

/// Small repairs of the SVG text that cairo writes.
enum SVGTidying {
    /// - Numbers images and surfaces from 1: cairo counts them per process, so that a second drawing of one
    ///   figure would differ from the first.
    /// - Asks viewers to keep the cells of heat maps sharp, which cairo's SVG does not say.
    /// - Parameter isSharp: for each image, in the order of drawing, whether its cells are larger than
    /// pixels.
    static func tidied(_ bytes: Data, isSharp: [Bool]) -> Data {
        let numbered = renumbered(renumbered(bytes, name: "image"), name: "surface")
        let opening = Data("<image ".utf8)
        let style = Data("style=\"image-rendering:optimizeSpeed;image-rendering:pixelated\" ".utf8)
        var result = Data()
        var rest = numbered[...]
        var index = 0
        while let found = rest.range(of: opening) {
            result += rest[..<found.upperBound]
            if index < isSharp.count, isSharp[index] { result += style }
            rest = rest[found.upperBound...]
            index += 1
        }
        return result + rest
    }

    /// Replaces the numbers in the identifiers `name123`, in their order of appearance.
    private static func renumbered(_ bytes: Data, name: String) -> Data {
        let name = Data(name.utf8)
        let (quote, hash) = (UInt8(ascii: "\""), UInt8(ascii: "#"))
        var numbers: [Data: Int] = [:]
        var result = Data()
        var rest = bytes[...]
        while let found = rest.range(of: name) {
            result += rest[..<found.upperBound]
            let digits = rest[found.upperBound...].prefix {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
            let before = found.lowerBound > bytes.startIndex ? bytes[found.lowerBound - 1] : 0
            rest = rest[found.upperBound...]
            // Embedded pictures are text as well: only what stands in an identifier's place is one.
            guard !digits.isEmpty, before == quote || before == hash else { continue }
            let key = Data(digits)
            let number = numbers[key] ?? numbers.count + 1
            numbers[key] = number
            result += Data(String(number).utf8)
            rest = rest[digits.endIndex...]
        }
        return result + rest
    }
}
