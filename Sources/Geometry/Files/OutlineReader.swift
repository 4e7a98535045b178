import Schema

/// Lines in the plane as a file has them.
struct FileOutline {
    var loops: [[Point]] = []
    var warnings: [String] = []
}

/// Points in the plane: x and y a line, separated by blanks, commas or semicolons; an empty line begins a new
/// loop; a first line of words is a title.
///
/// Airfoil files are known by their contents. Selig: one loop from the trailing edge over the upper side to
/// the nose and back. Lednicer: the numbers of points of both sides, then each side from nose to tail.
enum OutlineReader {
    static func read(_ file: GeometryFile) throws(InvalidInput) -> FileOutline {
        var lines = TextLines(file, separators: " \t,;")
        var blocks: [[Point]] = [[]]
        var isFirst = true
        while let words = lines.next() {
            if words.isEmpty {
                if blocks.last?.isEmpty == false { blocks.append([]) }
                continue
            }
            defer { isFirst = false }
            if let point = point(words) {
                blocks[blocks.count - 1].append(point)
            } else if !isFirst {
                throw file.problem(
                    "\"\(words.joined(separator: " ").prefix(80))\" is no point", line: lines.number,
                    allowed: "two finite numbers, x and y; a title only in the first line")
            }
        }
        blocks.removeAll { $0.isEmpty }
        if let airfoil = lednicer(blocks) { return FileOutline(loops: [airfoil]) }
        return FileOutline(loops: blocks)
    }

    /// The first two numbers; whatever follows must be numbers too.
    private static func point(_ words: [String]) -> Point? {
        let numbers = words.compactMap { Double($0) }
        guard numbers.count == words.count, numbers.count >= 2, numbers.allSatisfy(\.isFinite) else {
            return nil
        }
        return Point(numbers[0], numbers[1], 0)
    }

    /// Both sides joined to one loop where the first point is in truth the number of points of each side.
    private static func lednicer(_ blocks: [[Point]]) -> [Point]? {
        let points = Array(blocks.joined())
        guard let counts = points.first, counts.x >= 2, counts.y >= 2,
            counts.x + counts.y == Double(points.count - 1), counts.x.rounded() == counts.x
        else { return nil }
        let upper = points.dropFirst().prefix(Int(counts.x))
        let lower = points.dropFirst(1 + Int(counts.x))
        return upper.reversed() + lower
    }
}
