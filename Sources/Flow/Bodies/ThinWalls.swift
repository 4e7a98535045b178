import Geometry
import Numerics

/// Walls so thin that the ghost cells of one side lie in the other side's reach: trailing edges, plates.
///
/// A solid cell there cannot hold the images of both sides. Every line that meets fewer than six solid cells
/// gets ghosts of its own, mirrored in the tangent plane of the wall where the line enters it, and the few
/// faces whose stencils hold them are computed apart.
struct ThinWalls: Sendable {
    /// A face whose stencil holds ghosts of a thin wall.
    struct Face: Sendable {
        let place: Int32
        /// For each of the six cells of the stencil the number of the ghost that stands for it, or −1.
        var ghosts: SIMD8<Int32>
    }

    /// Solid cells on a line from which on each side's three ghosts lie on its own half.
    static let thickness = 2 * GridShape.ghostLayers

    /// Faces starts[r]..<starts[r + 1] lie in row r of faces.
    private let starts: [Int]
    private let faces: [Face]

    @inline(__always) subscript(_ row: Int) -> ArraySlice<Face> { faces[starts[row]..<starts[row + 1]] }
    var isEmpty: Bool { faces.isEmpty }

    /// Finds the thin walls along `direction` and appends their ghosts.
    init<Scalar: Real>(
        _ solid: SolidCells, bodies: BodySet, direction: Int, ghosts: inout GhostCells<Scalar>
    ) {
        let rows = FaceRows(cells: solid.grid.cells, direction: direction)
        var found: [(row: Int, face: Face)] = []
        var finder = ThinWallFinder<Scalar>(
            builder: GhostBuilder(bodies: bodies, solid: solid), direction: direction, ghosts: ghosts)
        for start in rows.lineStarts {
            for face in finder.faces(ofLineAt: start) {
                let (row, place) = rows.place(of: face.position, onLineAt: start)
                found.append((row, Face(place: Int32(place), ghosts: face.ghosts)))
            }
        }
        ghosts = finder.ghosts
        found.sort { ($0.row, $0.face.place) < ($1.row, $1.face.place) }
        var starts = [Int](repeating: 0, count: rows.count + 1)
        for entry in found { starts[entry.row + 1] += 1 }
        for row in 0..<rows.count { starts[row + 1] += starts[row] }
        self.starts = starts
        faces = found.map(\.face)
    }
}

/// Walks the lines of cells along one direction.
struct ThinWallFinder<Scalar: Real> {
    let builder: GhostBuilder<Scalar>
    let direction: Int
    var ghosts: GhostCells<Scalar>

    private var solid: SolidCells { builder.solid }
    private var length: Int { solid.grid.cells[direction] }

    init(builder: GhostBuilder<Scalar>, direction: Int, ghosts: GhostCells<Scalar>) {
        self.builder = builder
        self.direction = direction
        self.ghosts = ghosts
    }

    /// Faces by their position along the line (face f lies below cell f).
    mutating func faces(ofLineAt start: SIMD3<Int>) -> [(position: Int, ghosts: SIMD8<Int32>)] {
        let thin = thinRuns(start)
        guard !thin.isEmpty else { return [] }
        var faces: [Int: SIMD8<Int32>] = [:]
        for run in thin {
            if run.lowerBound > 0 { replace(beyond: run.lowerBound - 1, step: 1, start, &faces) }
            if run.upperBound < length { replace(beyond: run.upperBound, step: -1, start, &faces) }
        }
        return faces.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    }

    /// Runs of fewer than six solid cells with fluid on at least one side.
    private func thinRuns(_ start: SIMD3<Int>) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var first: Int?
        for position in 0...length {
            let isSolid = position < length && solid.isSolid(cell(start, position))
            if isSolid, first == nil { first = position }
            if !isSolid, let begin = first {
                let run = begin..<position
                // At an edge of the domain the body goes on.
                if run.count < ThinWalls.thickness, begin > 0, position < length { runs.append(run) }
                first = nil
            }
        }
        return runs
    }

    /// Puts three ghosts behind the wall next to the fluid cell `last` into the stencils of its side; `step` leads
    /// into the wall.
    private mutating func replace(
        beyond last: Int, step: Int, _ start: SIMD3<Int>, _ faces: inout [Int: SIMD8<Int32>]
    ) {
        let first = ghosts.count
        let wall = builder.bodies.crossing(
            from: center(start, last), to: center(start, last + step))
        for layer in 1...GridShape.ghostLayers {
            let centre = center(start, last + step * layer)
            let (ghost, donors) = builder.image(of: centre, in: wall, cell: solid.index(cell(start, last)))
            ghosts.append(ghost, donors, rowCells: solid.grid.cells[0])
        }
        // The face between `last` and its solid neighbour, and two more into the fluid.
        for depth in 0..<GridShape.ghostLayers {
            let inner = last - step * depth
            guard inner >= 0, inner < length, !solid.isSolid(cell(start, inner)) else { break }
            let face = step > 0 ? inner + 1 : inner
            var slots = faces[face] ?? SIMD8(repeating: -1)
            for slot in 0..<6 {
                let layer = (face - 3 + slot - last) * step
                if (1...GridShape.ghostLayers).contains(layer) { slots[slot] = Int32(first + layer - 1) }
            }
            faces[face] = slots
        }
    }

    private func cell(_ start: SIMD3<Int>, _ position: Int) -> SIMD3<Int> {
        var cell = start
        cell[direction] = position
        return cell
    }

    private func center(_ start: SIMD3<Int>, _ position: Int) -> Point {
        let place = cell(start, position)
        var point = Point(repeating: 0)
        for axis in 0..<solid.grid.rank { point[axis] = solid.grid.center(axis, place[axis]) }
        return point
    }
}
