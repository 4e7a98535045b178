/// Closed lines in the plane; each runs from its last point back to its first.
public struct Outline: Sendable, Equatable {
    /// The corners of each loop, in the units of the case; z is 0.
    public let loops: [[Point]]
    /// Points that stood at the place of the one before.
    public let mergedPoints: Int

    /// Loops of corners; equal neighbours are merged, and a loop may repeat its first point at its end.
    ///
    /// Loops are turned so that a loop inside an odd number of others is a hole, whatever direction it was
    /// written in.
    /// - Throws: ``OutlineError`` where a coordinate is not finite, or a loop has fewer than three corners or no
    ///   extent in one direction.
    public init(loops: [[Point]]) throws(OutlineError) {
        guard !loops.isEmpty else { throw .empty }
        var cleaned: [[Point]] = []
        var merged = 0
        for (index, loop) in loops.enumerated() {
            if let bad = loop.firstIndex(where: { !$0.isFinite }) {
                throw .notFinite(loop: index, point: bad)
            }
            let corners = Self.withoutRepeats(loop)
            merged += loop.count - corners.count
            guard corners.count >= 3 else { throw .tooShort(loop: index, corners: corners.count) }
            guard Self.hasWidth(corners) else { throw .flat(loop: index) }
            cleaned.append(corners)
        }
        mergedPoints = merged
        self.loops = Self.turned(cleaned)
    }

    /// The box around all corners, without end along z.
    public var bounds: Bounds {
        var box = Bounds.nothing
        for corner in loops.joined() { box = box.including(corner) }
        (box.lower.z, box.upper.z) = (-.infinity, .infinity)
        return box
    }

    private static func withoutRepeats(_ loop: [Point]) -> [Point] {
        var corners: [Point] = []
        for point in loop {
            let flat = Point(point.x, point.y, 0)
            if corners.last != flat { corners.append(flat) }
        }
        while corners.count > 1, corners.first == corners.last { corners.removeLast() }
        return corners
    }

    /// Whether some corner is off the line through the first and the one farthest from it.
    private static func hasWidth(_ corners: [Point]) -> Bool {
        let away = corners.map { $0 - corners[0] }
        let reach = away.map(\.reach).max() ?? 0
        guard reach > 0, let farthest = away.first(where: { $0.reach == reach }) else { return false }
        return away.contains { cross(farthest / reach, $0 / reach).reach > 1e-12 }
    }

    /// Solids anticlockwise, holes clockwise.
    private static func turned(_ loops: [[Point]]) -> [[Point]] {
        loops.enumerated().map { index, loop in
            let around = loops.enumerated().count { other, outer in
                other != index && loop.allSatisfy { isInside($0, outer) }
            }
            return (doubleArea(loop) > 0) == (around % 2 == 0) ? loop : loop.reversed()
        }
    }

    private static func doubleArea(_ loop: [Point]) -> Double {
        let origin = loop[0]
        return zip(loop, loop.dropFirst()).reduce(0) { $0 + cross($1.0 - origin, $1.1 - origin).z }
    }

    private static func isInside(_ point: Point, _ loop: [Point]) -> Bool {
        var isInside = false
        var before = loop[loop.count - 1]
        for corner in loop {
            if (before.y <= point.y) != (corner.y <= point.y) {
                let side = cross(corner - before, point - before).z
                if (side > 0) == (corner.y > before.y) { isInside.toggle() }
            }
            before = corner
        }
        return isInside
    }
}

/// Why there is no outline.
public enum OutlineError: Error, Sendable, Equatable {
    /// No loops.
    case empty
    /// A point (from 0) of a loop (from 0) has a coordinate that is not a finite number.
    case notFinite(loop: Int, point: Int)
    /// A loop has fewer than three different corners.
    case tooShort(loop: Int, corners: Int)
    /// All corners of a loop lie on one line.
    case flat(loop: Int)
}
