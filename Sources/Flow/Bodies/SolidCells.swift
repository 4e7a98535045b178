import Geometry
import Numerics

/// Which cells of a case's grid are solid: those whose centre lies inside a body, and fluid cells that are
/// squeezed between two solid ones along an axis, through which nothing can be computed.
public struct SolidCells: Sendable {
    /// The grid.
    public let grid: SampleGrid
    /// Fluid cells that were closed because both neighbours along an axis are solid.
    public private(set) var closedCells = 0
    private var solid: [Bool]
    private let periodic: [Bool]

    /// Classifies the cells of a case; the same for every number of workers.
    public init(_ flowCase: FlowCase, workers: Workers = Workers()) {
        let domain = flowCase.domain
        grid = SampleGrid(cells: domain.cells, lower: domain.lower, upper: domain.upper)
        periodic = flowCase.boundaries.map(\.isPeriodic)
        solid = Self.sample(BodySet(flowCase), grid, workers)
        closeCrevices()
    }

    /// Whether any cell is solid.
    public var isEmpty: Bool { !solid.contains(true) }
    /// Whether a cell (x fastest) is solid.
    @inline(__always) public func isSolid(_ index: Int) -> Bool { solid[index] }
    /// The number of cells in the fluid.
    public var fluidCount: Int { solid.reduce(0) { $0 + ($1 ? 0 : 1) } }

    /// The cell `steps` places along an axis; nil beyond the domain.
    @inline(__always) func neighbour(_ cell: SIMD3<Int>, _ axis: Int, _ steps: Int) -> SIMD3<Int>? {
        var moved = cell
        moved[axis] += steps
        return wrapped(moved)
    }

    /// A cell that may lie beyond the domain, brought back where the axis is periodic; nil elsewhere.
    @inline(__always) func wrapped(_ cell: SIMD3<Int>) -> SIMD3<Int>? {
        var inside = cell
        for axis in 0..<grid.rank {
            let count = grid.cells[axis]
            if inside[axis] >= 0, inside[axis] < count { continue }
            guard periodic[axis] else { return nil }
            inside[axis] = (inside[axis] % count + count) % count
        }
        return inside
    }

    /// The index of a cell, x fastest.
    @inline(__always) func index(_ cell: SIMD3<Int>) -> Int {
        var index = cell.x
        if grid.rank > 1 { index += cell.y * grid.cells[0] }
        if grid.rank > 2 { index += cell.z * grid.cells[0] * grid.cells[1] }
        return index
    }

    /// The coordinates of a cell.
    @inline(__always) func cell(_ index: Int) -> SIMD3<Int> {
        let nx = grid.cells[0]
        guard grid.rank > 2 else { return SIMD3(index % nx, index / nx, 0) }
        let ny = grid.cells[1]
        return SIMD3(index % nx, index / nx % ny, index / (nx * ny))
    }

    @inline(__always) func isSolid(_ cell: SIMD3<Int>) -> Bool { solid[index(cell)] }

    /// φ is 1-Lipschitz, so one value decides for a whole block unless the surface is near.
    private static func sample(_ bodies: BodySet, _ grid: SampleGrid, _ workers: Workers) -> [Bool] {
        let edge = 8
        let blocks = (0..<3).map { $0 < grid.rank ? (grid.cells[$0] + edge - 1) / edge : 1 }
        let half =
            (0..<grid.rank).reduce(0.0) {
                $0 + (grid.spacing($1) * Double(edge) / 2) * (grid.spacing($1) * Double(edge) / 2)
            }
            .squareRoot()
        return [Bool](unsafeUninitializedCapacity: grid.count) { buffer, count in
            let target = SharedFlags(buffer)
            workers.run { worker in
                for block in workers.share(of: blocks.reduce(1, *), worker: worker) {
                    let place = SIMD3(
                        block % blocks[0], block / blocks[0] % blocks[1], block / (blocks[0] * blocks[1]))
                    fill(place &* edge, edge, half, bodies, grid, target)
                }
            }
            count = grid.count
        }
    }

    private static func fill(
        _ corner: SIMD3<Int>, _ edge: Int, _ half: Double, _ bodies: BodySet, _ grid: SampleGrid,
        _ target: SharedFlags
    ) {
        var centre = Point(repeating: 0)
        for axis in 0..<grid.rank {
            centre[axis] = grid.lower[axis] + Double(corner[axis] + edge / 2) * grid.spacing(axis)
        }
        let value = bodies.distance(to: centre)
        let extent = (0..<3).map {
            $0 < grid.rank ? corner[$0]..<min(corner[$0] + edge, grid.cells[$0]) : 0..<1
        }
        for z in extent[2] {
            for y in extent[1] {
                for x in extent[0] {
                    var index = x
                    if grid.rank > 1 { index += y * grid.cells[0] }
                    if grid.rank > 2 { index += z * grid.cells[0] * grid.cells[1] }
                    let here = abs(value) > half ? value : bodies.distance(to: grid.center(index))
                    target.set(index, here < 0)
                }
            }
        }
    }

    /// Closing a cell may squeeze its neighbours: the new solid cells are looked at in turn.
    private mutating func closeCrevices() {
        var open = solid.indices.filter { solid[$0] }
        while !open.isEmpty {
            var closed: [Int] = []
            for index in open {
                let cell = cell(index)
                for side in 0..<2 * grid.rank {
                    guard let squeezed = squeezedCell(beside: cell, side) else { continue }
                    solid[squeezed] = true
                    closed.append(squeezed)
                }
            }
            closedCells += closed.count
            open = closed
        }
    }

    /// The fluid cell on one side of a solid one, where another solid one follows.
    private func squeezedCell(beside cell: SIMD3<Int>, _ side: Int) -> Int? {
        let step = side & 1 == 0 ? -1 : 1
        guard let middle = neighbour(cell, side / 2, step), !isSolid(middle),
            let other = neighbour(cell, side / 2, 2 * step), isSolid(other)
        else { return nil }
        return index(middle)
    }

    /// Which rows of cells hold a solid cell or lie next to a row that does: all that a search for walls has
    /// to visit.
    var rowsNearSolid: [Bool] {
        let width = grid.cells[0]
        let rows = grid.count / width
        let holds = (0..<rows).map { solid[$0 * width..<($0 + 1) * width].contains(true) }
        var near = holds
        for row in 0..<rows where holds[row] {
            for axis in 1..<grid.rank {
                for step in [-1, 1] {
                    if let other = neighbour(cell(row * width), axis, step) {
                        near[index(other) / width] = true
                    }
                }
            }
        }
        return near
    }
}

/// Flags that workers fill side by side.
private struct SharedFlags: @unchecked Sendable {
    private let base: UnsafeMutablePointer<Bool>?
    init(_ buffer: UnsafeMutableBufferPointer<Bool>) { base = buffer.baseAddress }
    @inline(__always) func set(_ index: Int, _ value: Bool) { base?[index] = value }
}
