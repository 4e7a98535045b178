import Foundation
import Schema

/// STL, in text or binary. The first word does not tell: binary files may begin with "solid" too.
enum STLReader {
    private static let header = 84
    private static let record = 50

    static func read(_ file: GeometryFile) throws(InvalidInput) -> FileSurface {
        if looksLikeText(file) { return try readText(file) }
        guard file.bytes.count >= header else {
            throw file.problem(
                "\(file.bytes.count) bytes are too few for an STL file",
                allowed: "text that begins with \"solid\", or at least \(header) bytes",
                hint: "the file is cut off, or of another kind")
        }
        return try readBinary(file)
    }

    /// Text where the size does not fit to a binary file and there are words of a text file.
    private static func looksLikeText(_ file: GeometryFile) -> Bool {
        if file.bytes.count >= header, file.bytes.count == header + record * Int(file.word(at: 80)) {
            return false
        }
        let start = String(decoding: file.bytes.prefix(2000).filter { $0 != 0 }, as: UTF8.self).lowercased()
        let isPlain = !file.bytes.prefix(2000).contains(0)
        return isPlain && start.drop(while: \.isWhitespace).hasPrefix("solid")
    }

    private static func readBinary(_ file: GeometryFile) throws(InvalidInput) -> FileSurface {
        let count = Int(file.word(at: 80))
        let needed = header + record * count
        guard file.bytes.count >= needed else {
            let whole = (file.bytes.count - header) / record
            throw file.problem(
                "the file is cut off: its header promises \(count) triangles (\(needed) bytes), but it ends after "
                    + "\(whole) at byte \(file.bytes.count)",
                hint: "copy or export it again")
        }
        guard 3 * count <= FileSurface.mostVertices else {
            throw file.problem("\(count) triangles are too many")
        }
        var surface = FileSurface()
        surface.vertices.reserveCapacity(3 * count)
        for triangle in 0..<count {
            let start = header + record * triangle + 12
            for corner in 0..<3 {
                let at = start + 12 * corner
                let point = Point(number(file, at), number(file, at + 4), number(file, at + 8))
                guard point.isFinite else {
                    throw file.problem(
                        "triangle \(triangle + 1) at byte \(at) has a coordinate that is not a finite number",
                        hint: "export the surface again")
                }
                surface.vertices.append(point)
            }
            surface.triangles.append(corners(from: surface.vertices.count - 3))
        }
        if file.bytes.count > needed {
            surface.warnings.append(
                "\(file.bytes.count - needed) bytes after the last triangle were not read")
        }
        return surface
    }

    private static func number(_ file: GeometryFile, _ offset: Int) -> Double {
        Double(Float(bitPattern: file.word(at: offset)))
    }

    private static func corners(from first: Int) -> SIMD3<Int32> {
        SIMD3(truncatingIfNeeded: SIMD3(first, first + 1, first + 2))
    }

    private static func readText(_ file: GeometryFile) throws(InvalidInput) -> FileSurface {
        var lines = TextLines(file, comment: "\0")
        var surface = FileSurface()
        var inFacet = 0
        var isOpen = false
        while let words = lines.next() {
            guard let first = words.first?.lowercased() else { continue }
            switch first {
            case "solid": isOpen = true
            case "endsolid": isOpen = false
            case "facet", "outer", "endfacet": break
            case "vertex":
                surface.vertices.append(try point(words, file, lines.number))
                inFacet += 1
            case "endloop":
                guard inFacet == 3 else {
                    throw file.problem(
                        "a facet of \(inFacet) vertices ends here", line: lines.number, allowed: "3 vertices")
                }
                surface.triangles.append(corners(from: surface.vertices.count - 3))
                inFacet = 0
            default:
                throw file.problem(
                    "\"\(words[0].prefix(40))\" is no word of an STL file", line: lines.number,
                    allowed: "solid, facet, outer, vertex, endloop, endfacet, endsolid")
            }
            guard surface.vertices.count <= FileSurface.mostVertices else {
                throw file.problem("too many triangles")
            }
        }
        guard !isOpen, inFacet == 0 else {
            throw file.problem(
                "the file is cut off: \"endsolid\" is missing", line: lines.number,
                hint: "copy or export it again")
        }
        return surface
    }

    private static func point(
        _ words: [String], _ file: GeometryFile, _ line: Int
    ) throws(InvalidInput) -> Point {
        guard words.count == 4, let x = Double(words[1]), let y = Double(words[2]), let z = Double(words[3]),
            Point(x, y, z).isFinite
        else {
            throw file.problem(
                "\"\(words.joined(separator: " ").prefix(80))\" is no vertex", line: line,
                allowed: "vertex and three finite numbers")
        }
        return Point(x, y, z)
    }
}
