import Schema

/// Wavefront OBJ: vertices and faces; everything else is passed over.
enum OBJReader {
    static func read(_ file: GeometryFile) throws(InvalidInput) -> FileSurface {
        var lines = TextLines(file)
        var surface = FileSurface()
        var faces: [(corners: [Int], line: Int)] = []
        while let words = lines.next() {
            switch words.first {
            case "v": surface.vertices.append(try vertex(words, file, lines.number))
            case "f":
                faces.append((try face(words, surface.vertices.count, file, lines.number), lines.number))
            default: continue
            }
            guard surface.vertices.count <= FileSurface.mostVertices else {
                throw file.problem("too many vertices")
            }
        }
        for face in faces {
            // A face may name vertices that come after it.
            if let missing = face.corners.first(where: { $0 >= surface.vertices.count }) {
                throw file.problem(
                    "vertex \(missing + 1) does not exist", line: face.line,
                    allowed: "1 to \(surface.vertices.count)", hint: "the file may be cut off")
            }
            for triangle in PolygonCutter.triangles(face.corners.map { surface.vertices[$0] }) {
                surface.triangles.append(
                    SIMD3(
                        truncatingIfNeeded: SIMD3(
                            face.corners[triangle.0], face.corners[triangle.1], face.corners[triangle.2])))
            }
        }
        return surface
    }

    private static func vertex(
        _ words: [String], _ file: GeometryFile, _ line: Int
    ) throws(InvalidInput) -> Point {
        // More numbers (a weight, a colour) may follow.
        guard words.count >= 4, let x = Double(words[1]), let y = Double(words[2]), let z = Double(words[3]),
            Point(x, y, z).isFinite
        else {
            throw file.problem(
                "\"\(words.joined(separator: " ").prefix(80))\" is no vertex", line: line,
                allowed: "v and three finite numbers")
        }
        return Point(x, y, z)
    }

    private static func face(
        _ words: [String], _ vertices: Int, _ file: GeometryFile, _ line: Int
    ) throws(InvalidInput) -> [Int] {
        var corners: [Int] = []
        for word in words.dropFirst() {
            let name = word.prefix { $0 != "/" }
            guard let index = Int(name), index != 0, index > 0 || index >= -vertices,
                index <= FileSurface.mostVertices
            else {
                throw file.problem(
                    "\"\(word.prefix(40))\" names no vertex", line: line,
                    allowed: "1, 2, … or, counted back from the last one so far, −1 to −\(vertices)")
            }
            corners.append(index > 0 ? index - 1 : vertices + index)
        }
        guard corners.count >= 3 else {
            throw file.problem("a face of \(corners.count) corners", line: line, allowed: "at least 3")
        }
        return corners
    }
}

/// Cuts a plane polygon into triangles by taking off ears (Meisters 1975, doi:10.2307/2319703).
enum PolygonCutter {
    /// Triples of corners; one fewer triangles than edges less one. A polygon that crosses itself is cut as a fan.
    static func triangles(_ corners: [Point]) -> [(Int, Int, Int)] {
        let normal = corners.indices.reduce(Point()) { sum, index in
            sum + cross(corners[index] - corners[0], corners[(index + 1) % corners.count] - corners[0])
        }
        var left = Array(corners.indices)
        var result: [(Int, Int, Int)] = []
        while left.count > 3 {
            let ear = left.indices.first { isEar($0, left, corners, normal) } ?? 1
            result.append(triple(ear, left))
            left.remove(at: ear)
        }
        if left.count == 3 { result.append((left[0], left[1], left[2])) }
        return result
    }

    private static func triple(_ place: Int, _ left: [Int]) -> (Int, Int, Int) {
        (left[(place + left.count - 1) % left.count], left[place], left[(place + 1) % left.count])
    }

    private static func isEar(_ place: Int, _ left: [Int], _ corners: [Point], _ normal: Point) -> Bool {
        let names = triple(place, left)
        let (a, b, c) = (corners[names.0], corners[names.1], corners[names.2])
        let size = dot(cross(b - a, c - b), normal)
        guard size > 0 else { return false }
        return left.allSatisfy { name in
            if name == names.0 || name == names.1 || name == names.2 { return true }
            let point = corners[name]
            if point == a || point == b || point == c { return true }
            return dot(cross(b - a, point - a), normal) < 0 || dot(cross(c - b, point - b), normal) < 0
                || dot(cross(a - c, point - c), normal) < 0
        }
    }
}
