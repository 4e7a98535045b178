import Numerics

/// The faces of the domain: lower and upper of each direction.
struct DomainFaces<Scalar: Real>: Sendable {
    let gas: GasModel<Scalar>
    /// What ghost cells hold before they are converted: the conserved variables and Σ.
    private let filled: [Int]
    private let faces: [(lower: FaceBoundary<Scalar>, upper: FaceBoundary<Scalar>)]

    init(case flowCase: FlowCase, gas: GasModel<Scalar>, referenceConserved: [Double]) {
        self.gas = gas
        filled = Array(0..<gas.variables.conservedCount) + [gas.variables.entropicPressure]
        let domain = flowCase.domain
        faces = (0..<domain.rank).map { direction in
            // Transverse axes in the order that lines are walked: the row axis first, except on faces across
            // the row.
            let axes = Self.transverse(direction, rank: domain.rank)
            let positions = axes.first.map { domain.cells[$0] } ?? 1
            let lines = axes.count > 1 ? domain.cells[axes[1]] : 1
            let make = { (specification: BoundarySpecification, isLower: Bool) in
                FaceBoundary<Scalar>(
                    specification, direction: direction, isLower: isLower, gas: gas,
                    referenceConserved: referenceConserved, gamma: flowCase.gas.gamma, positions: positions,
                    lines: lines
                ) { position, line in
                    var point = [0.0, 0.0, 0.0]
                    point[direction] = isLower ? domain.lower[direction] : domain.upper[direction]
                    if let first = axes.first { point[first] = domain.center(first, position) }
                    if axes.count > 1 { point[axes[1]] = domain.center(axes[1], line) }
                    return point
                }
            }
            let boundaries = flowCase.boundaries[direction]
            return (make(boundaries.lower, true), make(boundaries.upper, false))
        }
    }

    /// Faces across the row have positions along the middle axis and lines along the march axis; a 2-D face
    /// across the row has one position and a line per row.
    private static func transverse(_ direction: Int, rank: Int) -> [Int] {
        switch (rank, direction) {
        case (1, _): []
        case (2, 0): [1]
        case (2, _): [0]
        case (3, 0): [1, 2]
        case (3, 1): [0, 2]
        default: [0, 1]
        }
    }

    func lower(_ direction: Int) -> FaceBoundary<Scalar> { faces[direction].lower }
    func upper(_ direction: Int) -> FaceBoundary<Scalar> { faces[direction].upper }
    func isPeriodic(_ direction: Int) -> Bool { faces[direction].lower.isPeriodic }
    var marchIsPeriodic: Bool { faces.count > 1 && isPeriodic(faces.count - 1) }

    /// The largest signal of all imposed states.
    func imposedSignal(spacing: [Double]) -> Double {
        faces.map { max($0.lower.imposedSignal(spacing: spacing), $0.upper.imposedSignal(spacing: spacing)) }
            .max() ?? 0
    }

    /// Evaluates what varies with time.
    func update(time: Double) {
        for face in faces {
            face.lower.evaluateStates(time: time)
            face.upper.evaluateStates(time: time)
        }
    }

    /// What to do with the lines of ghost cells along a face.
    enum Filling: Sendable {
        /// The conserved variables and Σ, before they are converted.
        case state
        /// The temperature behind isothermal walls, after.
        case temperature
    }

    private func fill(
        _ face: FaceBoundary<Scalar>, _ line: GhostLine<Scalar>, _ filling: Filling, line index: Int,
        start: Int
    ) {
        switch filling {
        case .state: face.fill(line, line: index, start: start)
        case .temperature: face.imposeTemperature(line, line: index, start: start)
        }
    }

    /// Fills three cells on either end of every row of a plane. `line` is the plane's index.
    func fillRowGhosts(
        _ plane: UnsafeMutablePointer<Scalar>, shape: GridShape, line: Int, _ filling: Filling = .state
    ) {
        let first = plane + shape.offset(row: 0)
        let last = first + shape.rowCells - 1
        if isPeriodic(0) {
            guard filling == .state else { return }
            for variable in filled {
                for row in 0..<shape.middleCells {
                    let start = first + variable * shape.variableStride + row * shape.rowStride
                    for layer in 1...GridShape.ghostLayers {
                        start[-layer] = start[shape.rowCells - layer]
                        start[shape.rowCells + layer - 1] = start[layer - 1]
                    }
                }
            }
            return
        }
        // In two dimensions the march index is the position along the face; in three it is the line.
        let place = shape.rank == 3 ? (line: line, start: 0) : (line: 0, start: line)
        fill(
            lower(0),
            GhostLine(
                interior: (first, first + 1, first + 2), ghost: (first - 1, first - 2, first - 3),
                variableStride: shape.variableStride, positionStride: shape.rowStride,
                count: shape.middleCells,
                direction: 0, isLower: true, gas: gas), filling, line: place.line, start: place.start)
        fill(
            upper(0),
            GhostLine(
                interior: (last, last - 1, last - 2), ghost: (last + 1, last + 2, last + 3),
                variableStride: shape.variableStride, positionStride: shape.rowStride,
                count: shape.middleCells,
                direction: 0, isLower: false, gas: gas), filling, line: place.line, start: place.start)
    }

    /// Fills three rows on either side of a plane, over the width of row ghosts too.
    func fillMiddleGhosts(
        _ plane: UnsafeMutablePointer<Scalar>, shape: GridShape, line: Int, _ filling: Filling = .state
    ) {
        guard let direction = shape.middleDirection else { return }
        let width = shape.rowCells + 2 * GridShape.ghostLayers
        let row = { (index: Int) in plane + shape.offset(row: index) - GridShape.ghostLayers }
        let count = shape.middleCells
        if isPeriodic(direction) {
            guard filling == .state else { return }
            for variable in filled {
                let shift = variable * shape.variableStride
                for layer in 1...GridShape.ghostLayers {
                    (row(-layer) + shift).update(from: row(count - layer) + shift, count: width)
                    (row(count + layer - 1) + shift).update(from: row(layer - 1) + shift, count: width)
                }
            }
            return
        }
        fill(
            lower(direction),
            GhostLine(
                interior: (row(0), row(1), row(2)), ghost: (row(-1), row(-2), row(-3)),
                variableStride: shape.variableStride, positionStride: 1, count: width, direction: direction,
                isLower: true, gas: gas), filling, line: line, start: -GridShape.ghostLayers)
        fill(
            upper(direction),
            GhostLine(
                interior: (row(count - 1), row(count - 2), row(count - 3)),
                ghost: (row(count), row(count + 1), row(count + 2)),
                variableStride: shape.variableStride, positionStride: 1, count: width, direction: direction,
                isLower: false, gas: gas), filling, line: line, start: -GridShape.ghostLayers)
    }

    /// Fills three planes beyond the first or last one, ghost rows and columns included.
    func fillMarchGhosts(
        interior: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>),
        ghost: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>),
        shape: GridShape, lower isLower: Bool, _ filling: Filling = .state
    ) {
        guard let direction = shape.marchDirection else { return }
        let face = isLower ? lower(direction) : upper(direction)
        for row in -shape.ghostRows..<shape.middleCells + shape.ghostRows {
            let shift = shape.offset(row: row) - GridShape.ghostLayers
            fill(
                face,
                GhostLine(
                    interior: (interior.0 + shift, interior.1 + shift, interior.2 + shift),
                    ghost: (ghost.0 + shift, ghost.1 + shift, ghost.2 + shift),
                    variableStride: shape.variableStride, positionStride: 1,
                    count: shape.rowCells + 2 * GridShape.ghostLayers, direction: direction, isLower: isLower,
                    gas: gas), filling, line: row, start: -GridShape.ghostLayers)
        }
    }
}
