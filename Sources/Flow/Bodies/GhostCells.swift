import Geometry
import Numerics

/// Every ghost cell of a case with its donors, sorted by row and cell, then the ghosts of thin walls, which lie
/// in no row: what is computed once before the first step.
struct GhostCells<Scalar: Real>: Sendable {
    /// Entries rowStarts[r]..<rowStarts[r + 1] lie in row r.
    let rowStarts: [Int]
    /// The place of each ghost cell in its row.
    let cells: [Int]
    private(set) var ghosts: [GhostCell<Scalar>]
    /// Donors donorStarts[k]..<donorStarts[k + 1] belong to ghost k.
    private(set) var donorStarts: [Int]
    private(set) var donors: [Donor]

    /// A fluid cell and its share in the state at an image point.
    struct Donor: Sendable {
        let place: CellPlace
        let weight: Scalar

        var row: Int32 { place.row }
        var cell: Int32 { place.cell }

        static func list(_ donors: Donors, rowCells: Int) -> [Donor] {
            zip(donors.cells, donors.weights).map {
                Donor(
                    place: CellPlace(row: Int32($0 / rowCells), cell: Int32($0 % rowCells)),
                    weight: Scalar(double: $1))
            }
        }
    }

    /// All ghosts, those of thin walls included.
    var count: Int { ghosts.count }

    init(_ bodies: BodySet, _ solid: SolidCells, workers: Workers) {
        let nx = solid.grid.cells[0]
        let rows = solid.grid.count / nx
        let parts = (0..<workers.count).map { _ in Part() }
        workers.run { worker in
            let builder = GhostBuilder<Scalar>(bodies: bodies, solid: solid)
            for row in workers.share(of: rows, worker: worker) {
                parts[worker].rowCounts.append(builder.append(row: row, to: parts[worker]))
            }
        }
        var rowStarts = [0]
        for count in parts.flatMap(\.rowCounts) { rowStarts.append(rowStarts[rowStarts.count - 1] + count) }
        var donorStarts = [0]
        for count in parts.flatMap(\.donorCounts) {
            donorStarts.append(donorStarts[donorStarts.count - 1] + count)
        }
        self.rowStarts = rowStarts
        self.donorStarts = donorStarts
        cells = parts.flatMap(\.cells)
        ghosts = parts.flatMap(\.ghosts)
        donors = parts.flatMap(\.donors)
    }

    /// Appends a ghost that lies in no row.
    mutating func append(_ ghost: GhostCell<Scalar>, _ found: Donors, rowCells: Int) {
        ghosts.append(ghost)
        donors += Donor.list(found, rowCells: rowCells)
        donorStarts.append(donors.count)
    }

    /// What one worker found.
    final class Part: @unchecked Sendable {
        var rowCounts: [Int] = []
        var cells: [Int] = []
        var ghosts: [GhostCell<Scalar>] = []
        var donorCounts: [Int] = []
        var donors: [Donor] = []
    }
}

/// Finds the ghost cells of a row, their images and donors.
struct GhostBuilder<Scalar: Real>: Sendable {
    let bodies: BodySet
    let solid: SolidCells

    /// - Returns: how many ghost cells the row has.
    func append(row: Int, to part: GhostCells<Scalar>.Part) -> Int {
        let nx = solid.grid.cells[0]
        let before = part.cells.count
        for x in 0..<nx where solid.isSolid(row * nx + x) {
            let cell = solid.cell(row * nx + x)
            guard isReached(cell) else { continue }
            let (ghost, donors) = image(of: row * nx + x)
            part.cells.append(x)
            part.ghosts.append(ghost)
            part.donorCounts.append(donors.cells.count)
            part.donors += GhostCells<Scalar>.Donor.list(donors, rowCells: nx)
        }
        return part.cells.count - before
    }

    /// Whether a stencil of a fluid cell reaches this solid cell: three cells along an axis, one cell
    /// diagonally.
    private func isReached(_ cell: SIMD3<Int>) -> Bool {
        for axis in 0..<solid.grid.rank {
            for steps in -GridShape.ghostLayers...GridShape.ghostLayers {
                if let other = solid.neighbour(cell, axis, steps), !solid.isSolid(other) { return true }
            }
        }
        let depth = solid.grid.rank > 2 ? -1...1 : 0...0
        for k in depth {
            for j in -1...1 {
                for i in -1...1 {
                    if let other = solid.wrapped(cell &+ SIMD3(i, j, k)), !solid.isSolid(other) {
                        return true
                    }
                }
            }
        }
        return false
    }

    private func image(of index: Int) -> (GhostCell<Scalar>, Donors) {
        let centre = solid.grid.center(index)
        return image(of: centre, in: bodies.surfacePoint(from: centre), cell: index)
    }

    /// The ghost at a point behind a wall, and the donors of its image; gas at rest where no wall can be made
    /// out.
    func image(
        of centre: Point, in surface: BodySet.SurfacePoint?, cell index: Int
    ) -> (GhostCell<Scalar>, Donors) {
        guard let surface else { return (resting, nearest(to: centre, index)) }
        // A fluid cell that was closed lies outside of the wall: its distance counts as 0.
        let depth = max(0, ((surface.position - centre) * surface.normal).sum())
        let (distance, donors) = search(from: centre + depth * surface.normal, surface.normal, depth)
        guard let donors else { return (resting, nearest(to: centre, index)) }
        let body = bodies.bodies[bodies.owner(of: surface.position)]
        let acceleration = body.wallMotion?.acceleration(at: surface.position).dot(surface.normal) ?? 0
        let ghost = GhostCell<Scalar>(
            normal: components(surface.normal), ratio: Scalar(double: depth / distance),
            span: Scalar(double: depth + distance), curvature: bodies.curvature(at: surface),
            rule: WallRule(body.wall, body.representation),
            wallVelocity: body.wallMotion.map { components($0.velocity(at: surface.position)) }
                ?? Components(),
            wallAcceleration: Scalar(double: acceleration))
        return (ghost, donors)
    }

    /// The image point: as far from the wall as the ghost cell, or a little farther, until the cells around
    /// it are all fluid.
    private func search(from wall: Point, _ normal: Point, _ depth: Double) -> (Double, Donors?) {
        let donors = DonorSearch(solid: solid)
        let step = bodies.width / 4
        let nearest = max(depth, 2 * step)
        for trial in 0..<9 {
            let distance = nearest + Double(trial) * step
            if let found = donors.interpolation(at: wall + distance * normal) { return (distance, found) }
        }
        return (nearest, donors.fit(at: wall + nearest * normal))
    }

    private var resting: GhostCell<Scalar> {
        GhostCell(
            normal: Components(), ratio: 1, span: 0, curvature: SymmetricTensor(),
            rule: .penalised(slips: false), wallVelocity: Components(), wallAcceleration: 0)
    }

    private func nearest(to point: Point, _ index: Int) -> Donors {
        DonorSearch(solid: solid).fit(at: point) ?? Donors(cells: [index], weights: [1])
    }

    private func components(_ point: Point) -> Components<Scalar> {
        var result = Components<Scalar>()
        for axis in 0..<solid.grid.rank { result[axis] = Scalar(double: point[axis]) }
        return result
    }
}
