import Numerics

/// The faces between fluid and solid cells, and the balance that keeps closed bodies tight.
///
/// The staircase of these faces is crossed by the flow along an inclined wall; its sum over a closed body
/// vanishes up to the error of the scheme, O(Δx²). What is left would let the fluid's mass and energy drift,
/// so each stage takes it back: where more enters than leaves, every entering flux gives up the same share of
/// itself, and the other way round. Mass (and energy, unless a wall has a temperature of its own) is then
/// conserved to rounding.
struct SurfaceFaces: Sendable {
    /// A face, seen from its fluid cell.
    struct Face: Sendable {
        let cell: Int32
        /// Direction and side: 2·direction, plus 1 for the upper side.
        let side: UInt8
        let component: Int32
    }

    /// Faces rowStarts[r]..<rowStarts[r + 1] belong to fluid cells of row r.
    let rowStarts: [Int]
    let faces: [Face]
    /// Closed components, and whether each keeps its energy.
    let keepsEnergy: [Bool]

    /// No faces in any of the rows.
    init(rows: Int) {
        rowStarts = [Int](repeating: 0, count: rows + 1)
        faces = []
        keepsEnergy = []
    }

    /// - Parameter isTight: whether nothing passes a face of the domain (a wall, or periodic).
    init(_ solid: SolidCells, bodies: BodySet, isTight: [(lower: Bool, upper: Bool)]) {
        let components = SolidComponents(solid, isTight: isTight)
        let nx = solid.grid.cells[0]
        let near = solid.rowsNearSolid
        var rowStarts = [0]
        var faces: [Face] = []
        for row in 0..<solid.grid.count / nx {
            defer { rowStarts.append(faces.count) }
            guard near[row] else { continue }
            for x in 0..<nx where !solid.isSolid(row * nx + x) {
                let cell = solid.cell(row * nx + x)
                for side in 0..<2 * solid.grid.rank {
                    guard let other = solid.neighbour(cell, side / 2, side & 1 == 0 ? -1 : 1),
                        let component = components.closedComponent(of: solid.index(other))
                    else { continue }
                    faces.append(Face(cell: Int32(x), side: UInt8(side), component: Int32(component)))
                }
            }
        }
        self.rowStarts = rowStarts
        self.faces = faces
        let isothermal = bodies.bodies.contains { if case .noSlip(_?) = $0.wall { true } else { false } }
        keepsEnergy = Array(repeating: !isothermal, count: components.closedCount)
    }
}

/// Connected solid regions; those that touch an open face of the domain are not closed.
struct SolidComponents {
    /// One label a cell, −1 where there is none.
    private var labels: [Int32]
    private var isOpen: [Bool] = []
    private var closedIndex: [Int?] = []

    var closedCount: Int { closedIndex.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }

    init(_ solid: SolidCells, isTight: [(lower: Bool, upper: Bool)]) {
        labels = [Int32](repeating: -1, count: solid.grid.count)
        for index in 0..<solid.grid.count where solid.isSolid(index) && labels[index] < 0 {
            flood(from: index, solid, isTight)
        }
        var next = 0
        for open in isOpen {
            closedIndex.append(open ? nil : next)
            if !open { next += 1 }
        }
    }

    private mutating func flood(
        from seed: Int, _ solid: SolidCells, _ isTight: [(lower: Bool, upper: Bool)]
    ) {
        let label = isOpen.count
        isOpen.append(false)
        labels[seed] = Int32(label)
        var stack = [seed]
        while let index = stack.popLast() {
            let cell = solid.cell(index)
            for side in 0..<2 * solid.grid.rank {
                let isLower = side & 1 == 0
                guard let other = solid.neighbour(cell, side / 2, isLower ? -1 : 1) else {
                    if !(isLower ? isTight[side / 2].lower : isTight[side / 2].upper) { isOpen[label] = true }
                    continue
                }
                let next = solid.index(other)
                guard solid.isSolid(next), labels[next] < 0 else { continue }
                labels[next] = Int32(label)
                stack.append(next)
            }
        }
    }

    /// The number of the closed region of a cell; nil for fluid cells and open regions.
    func closedComponent(of index: Int) -> Int? {
        labels[index] < 0 ? nil : closedIndex[Int(labels[index])]
    }
}
