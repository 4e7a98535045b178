import Fluids
import Numerics

/// The faces of the domain: lower and upper of each direction.
struct DomainFaces<F: Fluid>: Sendable {
    typealias Scalar = F.Scalar

    let medium: Medium<F>
    /// What ghost cells hold before they are converted: the conserved variables and Σ.
    private let filled: [Int]
    private let faces: [(lower: FaceBoundary<F>, upper: FaceBoundary<F>)]
    /// Bit d: direction d is periodic; beside the faces, because kernels ask for each row.
    private let periodic: UInt8

    init(case flowCase: FlowCase, medium: Medium<F>, referenceConserved: [Double]) {
        self.medium = medium
        filled = Array(0..<medium.variables.conservedCount) + [medium.variables.entropicPressure]
        let domain = flowCase.domain
        periodic = flowCase.boundaries.enumerated().reduce(0) {
            $0 | ($1.element.isPeriodic ? 1 << UInt8($1.offset) : 0)
        }
        faces = (0..<domain.rank).map { direction in
            // Transverse axes in the order that lines are walked: the row axis first, except on faces across
            // the row.
            let axes = Self.transverse(direction, rank: domain.rank)
            let positions = axes.first.map { domain.cells[$0] } ?? 1
            let lines = axes.count > 1 ? domain.cells[axes[1]] : 1
            let make = { (specification: BoundarySpecification, isLower: Bool) in
                FaceBoundary<F>(
                    specification, direction: direction, isLower: isLower, medium: medium,
                    referenceConserved: referenceConserved, law: flowCase.gas.law, positions: positions,
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

    func lower(_ direction: Int) -> FaceBoundary<F> { faces[direction].lower }
    func upper(_ direction: Int) -> FaceBoundary<F> { faces[direction].upper }
    @inline(__always) func isPeriodic(_ direction: Int) -> Bool { periodic >> UInt8(direction) & 1 == 1 }
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
        _ face: FaceBoundary<F>, _ line: GhostLine<F>, _ filling: Filling, line index: Int,
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
        let place = rowPlace(shape, line)
        fill(
            lower(0),
            GhostLine(
                interior: (first, first + 1, first + 2), ghost: (first - 1, first - 2, first - 3),
                variableStride: shape.variableStride, positionStride: shape.rowStride,
                count: shape.middleCells,
                direction: 0, isLower: true, medium: medium), filling, line: place.line, start: place.start)
        fill(
            upper(0),
            GhostLine(
                interior: (last, last - 1, last - 2), ghost: (last + 1, last + 2, last + 3),
                variableStride: shape.variableStride, positionStride: shape.rowStride,
                count: shape.middleCells,
                direction: 0, isLower: false, medium: medium), filling, line: place.line, start: place.start)
    }

    /// A cell at a face and the one behind it; the second is not looked at where one layer is wanted.
    typealias TwoCells = (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)

    /// Fills one or two cells beyond an end of every row of a plane, nearest first.
    func fillRowEnds(
        interior: TwoCells, ghost: TwoCells, layers: Int, variableStride: Int, shape: GridShape, plane: Int,
        isLower: Bool
    ) {
        let place = rowPlace(shape, plane)
        (isLower ? lower(0) : upper(0)).fill(
            GhostLine(
                interior: (interior.0, interior.1, interior.1), ghost: (ghost.0, ghost.1, ghost.1),
                variableStride: variableStride, positionStride: 1, count: shape.middleCells, direction: 0,
                isLower: isLower, medium: medium, layers: layers), line: place.line, start: place.start)
    }

    /// Where a plane lies on a face across the row: in two dimensions the march index is the position along the face, in three
    /// it is the line.
    private func rowPlace(_ shape: GridShape, _ plane: Int) -> (line: Int, start: Int) {
        shape.rank == 3 ? (plane, 0) : (0, plane)
    }

    /// Fills one or two rows beyond a face across the middle or march axis from those before it, nearest first.
    func fillBeyond(
        _ direction: Int, isLower: Bool, line: Int, interior: TwoCells, ghost: TwoCells, layers: Int,
        variableStride: Int, count: Int
    ) {
        (isLower ? lower(direction) : upper(direction)).fill(
            GhostLine(
                interior: (interior.0, interior.1, interior.1), ghost: (ghost.0, ghost.1, ghost.1),
                variableStride: variableStride, positionStride: 1, count: count, direction: direction,
                isLower: isLower, medium: medium, layers: layers), line: line, start: 0)
    }

    /// One value beyond either end of a row whose normal gradient vanishes at faces across it.
    @inline(__always) func extend(_ row: UnsafeMutablePointer<Scalar>, cells: Int) {
        let periodic = isPeriodic(0)
        row[-1] = row[periodic ? cells - 1 : 0]
        row[cells] = row[periodic ? 0 : cells - 1]
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
                isLower: true, medium: medium), filling, line: line, start: -GridShape.ghostLayers)
        fill(
            upper(direction),
            GhostLine(
                interior: (row(count - 1), row(count - 2), row(count - 3)),
                ghost: (row(count), row(count + 1), row(count + 2)),
                variableStride: shape.variableStride, positionStride: 1, count: width, direction: direction,
                isLower: false, medium: medium), filling, line: line, start: -GridShape.ghostLayers)
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
                    medium: medium), filling, line: row, start: -GridShape.ghostLayers)
        }
    }
}
