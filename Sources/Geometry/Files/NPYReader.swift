import Foundation
import Schema

/// NumPy's array file, versions 1 to 3: a header that is a Python dictionary, then the numbers.
///
/// The last axis is x, as in run files: (y, x) or (z, y, x). Integers and truth values are masks, floating-point
/// numbers are signed distances.
enum NPYReader {
    private struct Header {
        var type: String
        var isFortran: Bool
        var shape: [Int]
        var start: Int
    }

    static func read(_ file: GeometryFile) throws(InvalidInput) -> GeometryArray {
        let header = try header(file)
        guard let size = size(of: header.type) else {
            throw file.problem(
                "values of type \"\(header.type.prefix(40))\"",
                allowed: "little- or big-endian f4, f8, u1, b1, i1, i2, i4, i8, u2, u4, u8",
                hint: "numpy: array.astype(\"f4\")")
        }
        guard (1...3).contains(header.shape.count), let count = header.shape.checkedProduct,
            let needed = [count, size].checkedProduct
        else {
            throw file.problem("an array of shape \(header.shape)", allowed: "(x), (y, x) or (z, y, x)")
        }
        guard file.bytes.count - header.start >= needed else {
            throw file.problem(
                "the file is cut off: \(needed) bytes of values are promised from byte \(header.start) on, but there "
                    + "are \(file.bytes.count - header.start)",
                hint: "copy or save it again")
        }
        let values = (0..<count).map { value(file, at: header.start + size * $0, header.type, size) }
        return GeometryArray(
            cells: header.shape.reversed(),
            values: header.isFortran ? reordered(values, header.shape) : values,
            content: kind(of: header.type) == "f" ? .distance : .mask)
    }

    private static func header(_ file: GeometryFile) throws(InvalidInput) -> Header {
        let bytes = file.bytes
        guard bytes.count >= 12, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw file.problem("this is no .npy file: it does not begin with \\x93NUMPY")
        }
        guard (1...3).contains(bytes[6]) else {
            throw file.problem("version \(bytes[6]) of the .npy format", allowed: "1, 2 and 3")
        }
        let start = bytes[6] == 1 ? 10 : 12
        let length = bytes[6] == 1 ? Int(bytes[8]) | Int(bytes[9]) << 8 : Int(file.word(at: 8))
        guard length <= bytes.count - start else {
            throw file.problem("the file is cut off in its header, at byte \(bytes.count)")
        }
        let text = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
        guard let type = quoted(after: "'descr':", text), let shape = shape(text),
            let order = text.components(separatedBy: "'fortran_order':").dropFirst().first
        else {
            throw file.problem(
                "the header is not understood: \(text.prefix(120))",
                allowed: "'descr', 'fortran_order' and 'shape', and no structured types")
        }
        let isFortran = order.drop(while: \.isWhitespace).hasPrefix("True")
        return Header(type: type, isFortran: isFortran, shape: shape, start: start + length)
    }

    private static func quoted(after key: String, _ text: String) -> String? {
        guard let rest = text.components(separatedBy: key).dropFirst().first else { return nil }
        let value = rest.drop(while: \.isWhitespace)
        guard let quote = value.first, quote == "'" || quote == "\"" else { return nil }
        return String(value.dropFirst().prefix { $0 != quote })
    }

    private static func shape(_ text: String) -> [Int]? {
        guard let rest = text.components(separatedBy: "'shape':").dropFirst().first else { return nil }
        let value = rest.drop(while: \.isWhitespace)
        guard value.first == "(", let end = value.firstIndex(of: ")") else { return nil }
        let words = value[..<end].dropFirst().split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        let sizes = words.filter { !$0.isEmpty }.map { Int($0) ?? -1 }
        return sizes.allSatisfy { $0 >= 0 } ? sizes : nil
    }

    /// `f`, `i`, `u` or `b`.
    private static func kind(of type: String) -> Character? {
        type.drop { "<>|=".contains($0) }.first
    }

    /// Bytes a value; nil for types that are not read.
    private static func size(of type: String) -> Int? {
        switch type.drop(while: { "<>|=".contains($0) }) {
        case "u1", "i1", "b1": 1
        case "u2", "i2": 2
        case "f4", "u4", "i4": 4
        case "f8", "u8", "i8": 8
        default: nil
        }
    }

    private static func value(_ file: GeometryFile, at offset: Int, _ type: String, _ size: Int) -> Float {
        var bits: UInt64 = 0
        for index in 0..<size {
            let place = type.hasPrefix(">") ? size - 1 - index : index
            bits |= UInt64(file.bytes[offset + place]) << UInt64(8 * index)
        }
        // Masks: only whether it is 0 matters.
        if kind(of: type) != "f" { return bits == 0 ? 0 : 1 }
        if size == 4 { return Float(bitPattern: UInt32(truncatingIfNeeded: bits)) }
        return Float(Double(bitPattern: bits))
    }

    /// First axis fastest → last axis fastest.
    private static func reordered(_ values: [Float], _ shape: [Int]) -> [Float] {
        (0..<values.count).map { index in
            var rest = index
            var source = 0
            for axis in shape.indices.reversed() {
                let stride = shape[..<axis].reduce(1, *)
                source += rest % shape[axis] * stride
                rest /= shape[axis]
            }
            return values[source]
        }
    }
}
