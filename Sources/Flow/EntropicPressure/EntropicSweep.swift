import Numerics

/// One worker's share of the entropic-pressure relaxation.
///
/// All sweeps of a stage are done in a single pass over memory: while plane n is decoded, plane n − 1 gets
/// its source, plane n − s its s-th sweep. Each sweep reads the sweep before, so the result does not depend
/// on how planes are shared out; near a slab's ends the few planes of the neighbour's that are needed are
/// swept twice instead of waiting.
final class EntropicSweep<Codec: StorageCodec> {
    typealias Scalar = Codec.Scalar
    typealias Rows = EntropicKernels<Scalar>.Rows

    private let shape: GridShape
    private let gas: GasModel<Scalar>
    private let faces: DomainFaces<Scalar>
    private let kernels: EntropicKernels<Scalar>
    private let ring: EntropicRing<Scalar>
    /// Relaxations of a plane in one pass; they reach as many planes beyond the slab.
    private let levels: Int
    private let alternating: AlignedMemory?
    private let halo: SlabHalo<Codec>
    private let decoded: AlignedMemory
    /// How velocities continue beyond the faces across the row: lower, upper, per component.
    private let rowRules: [(lower: VelocityRule<Scalar>, upper: VelocityRule<Scalar>)]
    private let rowIsPeriodic: Bool
    /// The bodies where they are now.
    var bodies: ImmersedBodies<Codec>?

    init(
        shape: GridShape, gas: GasModel<Scalar>, faces: DomainFaces<Scalar>, kernels: EntropicKernels<Scalar>,
        options: NumericsOptions, slab: Range<Int>, bodies: ImmersedBodies<Codec>?
    ) {
        self.bodies = bodies
        self.shape = shape
        self.gas = gas
        self.faces = faces
        self.kernels = kernels
        rowRules = (0..<shape.rank).map { (faces.lower(0).velocityRule($0), faces.upper(0).velocityRule($0)) }
        rowIsPeriodic = faces.isPeriodic(0)
        let redBlack = options.elliptic == .redBlack
        levels = redBlack ? 2 * options.sweeps : options.sweeps
        ring = EntropicRing(shape: shape, planes: shape.rank == 1 ? 1 : levels + 3)
        halo = SlabHalo(
            slab: slab, depth: levels, shape: shape, periodic: faces.marchIsPeriodic, variables: 1)
        decoded = AlignedMemory(bytes: shape.rowStride * MemoryLayout<Scalar>.stride)
        if redBlack {
            let checker = AlignedMemory(bytes: (shape.rowStride + 1) * MemoryLayout<Scalar>.stride)
            for index in 0...shape.rowStride { checker.values(of: Scalar.self)[index] = Scalar(index & 1) }
            alternating = checker
        } else {
            alternating = nil
        }
    }

    /// Keeps the planes around the slab before anyone overwrites them.
    func saveSurroundings(_ sigma: FieldStore<Codec>) { halo.save(sigma) }

    /// Relaxes Σ in the worker's slab, in place.
    func run(state: FieldStore<Codec>, sigma: FieldStore<Codec>) {
        let slab = halo.slab
        guard !slab.isEmpty else { return }
        let extent = PlaneExtent(
            slab: slab, levels: levels, planes: shape.marchCells, periodic: faces.marchIsPeriodic)
        for newest in extent.loaded.lowerBound..<extent.loaded.upperBound + levels {
            if extent.loaded.contains(newest) { load(newest, state, sigma, extent) }
            if extent.range(level: 1).contains(newest - 1) { prepare(newest - 1) }
            for level in 1...levels where extent.range(level: level).contains(newest - level) {
                relax(newest - level, level, extent)
            }
            let finished = newest - levels
            if slab.contains(finished) { store(finished, sigma) }
        }
    }

    private func load(
        _ plane: Int, _ state: FieldStore<Codec>, _ sigma: FieldStore<Codec>, _ extent: PlaneExtent
    ) {
        let wrapped = shape.wrapped(plane: plane)
        let place = halo.place(of: plane)
        let cells = shape.rowCells
        let scratch = decoded.values(of: Scalar.self)
        for middle in 0..<shape.middleCells {
            let row = wrapped * shape.middleCells + middle
            let inverse = ring.inverseDensity(plane, middle)
            Codec.decode(state.row(0, row), cells: cells, reference: gas.reference.density, into: inverse)
            bodies?.ghosts.overlay(row: row, variable: 0, onto: inverse)
            for direction in 0..<shape.rank {
                Codec.decode(
                    state.row(1 + direction, row), cells: cells, reference: gas.reference.momentum[direction],
                    into: scratch)
                bodies?.ghosts.overlay(row: row, variable: 1 + direction, onto: scratch)
                velocity(
                    scratch, density: inverse, mean: gas.reference.velocity[direction],
                    into: ring.velocity(direction, plane, middle))
            }
            invert(inverse)
            let stored =
                place.map { $0.store.row(0, $0.plane * shape.middleCells + middle) } ?? sigma.row(0, row)
            Codec.decode(stored, cells: cells, reference: 0, into: ring.sigma(0, plane, middle))
            bodies?.ghosts.overlayEntropicPressure(row: row, onto: ring.sigma(0, plane, middle))
            fillRowEnds(plane, middle)
        }
        fillMiddleEnds(plane)
        if !extent.periodic, shape.rank > 1 {
            if plane == 0 { mirrorVelocity(from: 0, to: -1, lower: true) }
            if plane == shape.marchCells - 1 { mirrorVelocity(from: plane, to: plane + 1, lower: false) }
        }
    }

    /// u = u₀ + (m′ − u₀ρ′)/(ρ₀ + ρ′); a constant is irrelevant to gradients but not to walls.
    @inline(__always) private func velocity(
        _ momentum: UnsafePointer<Scalar>, density: UnsafePointer<Scalar>, mean: Scalar,
        into target: UnsafeMutablePointer<Scalar>
    ) {
        typealias V = Scalar.Vector
        for cell in stride(from: 0, to: shape.rowCells, by: V.count) {
            let deviation = V(at: density + cell)
            let value = V(at: momentum + cell).subtracting(V(mean), times: deviation)
            (V(mean) + value / (deviation + V(gas.reference.density))).store(at: target + cell)
        }
    }

    @inline(__always) private func invert(_ density: UnsafeMutablePointer<Scalar>) {
        typealias V = Scalar.Vector
        for cell in stride(from: 0, to: shape.rowCells, by: V.count) {
            (V(1) / (V(at: density + cell) + V(gas.reference.density))).store(at: density + cell)
        }
    }

    /// One cell beyond either end of a row.
    private func fillRowEnds(_ plane: Int, _ middle: Int) {
        let count = shape.rowCells
        let periodic = rowIsPeriodic
        for direction in 0..<shape.rank {
            let row = ring.velocity(direction, plane, middle)
            let (lower, upper) = rowRules[direction]
            row[-1] = periodic ? row[count - 1] : lower.sign * row[0] + lower.offset
            row[count] = periodic ? row[0] : upper.sign * row[count - 1] + upper.offset
        }
        fillScalarEnds(ring.inverseDensity(plane, middle), periodic)
        fillScalarEnds(ring.sigma(0, plane, middle), periodic)
    }

    @inline(__always) private func fillScalarEnds(_ row: UnsafeMutablePointer<Scalar>, _ periodic: Bool) {
        let count = shape.rowCells
        row[-1] = periodic ? row[count - 1] : row[0]
        row[count] = periodic ? row[0] : row[count - 1]
    }

    private func fillMiddleEnds(_ plane: Int) {
        guard let direction = shape.middleDirection else { return }
        let count = shape.middleCells
        let periodic = faces.isPeriodic(direction)
        for component in 0..<shape.rank {
            let lower = faces.lower(direction).velocityRule(component)
            let upper = faces.upper(direction).velocityRule(component)
            copyRow(
                ring.velocity(component, plane, periodic ? count - 1 : 0),
                to: ring.velocity(component, plane, -1),
                periodic ? .copy : lower)
            copyRow(
                ring.velocity(component, plane, periodic ? 0 : count - 1),
                to: ring.velocity(component, plane, count), periodic ? .copy : upper)
        }
        let low = periodic ? count - 1 : 0
        let high = periodic ? 0 : count - 1
        copyRow(ring.inverseDensity(plane, low), to: ring.inverseDensity(plane, -1), .copy)
        copyRow(ring.inverseDensity(plane, high), to: ring.inverseDensity(plane, count), .copy)
        copyRow(ring.sigma(0, plane, low), to: ring.sigma(0, plane, -1), .copy)
        copyRow(ring.sigma(0, plane, high), to: ring.sigma(0, plane, count), .copy)
    }

    private func mirrorVelocity(from inside: Int, to outside: Int, lower: Bool) {
        guard let direction = shape.marchDirection else { return }
        let face = lower ? faces.lower(direction) : faces.upper(direction)
        for component in 0..<shape.rank {
            for middle in 0..<shape.middleCells {
                copyRow(
                    ring.velocity(component, inside, middle), to: ring.velocity(component, outside, middle),
                    face.velocityRule(component))
            }
        }
    }

    @inline(__always) private func copyRow(
        _ source: UnsafePointer<Scalar>, to target: UnsafeMutablePointer<Scalar>,
        _ rule: VelocityRule<Scalar>
    ) {
        for cell in 0..<shape.rowCells { target[cell] = rule.sign * source[cell] + rule.offset }
    }

    private func rows(
        _ plane: Int, _ middle: Int, below: Int, above: Int,
        _ array: (Int, Int) -> UnsafeMutablePointer<Scalar>
    ) -> Rows {
        let reach = shape.rank == 3 ? 1 : 0
        return Rows(
            centre: array(plane, middle),
            middle: (
                UnsafePointer(array(plane, middle - reach)), UnsafePointer(array(plane, middle + reach))
            ),
            march: (UnsafePointer(array(below, middle)), UnsafePointer(array(above, middle))))
    }

    /// The source and the diagonal of a plane whose neighbours are loaded.
    private func prepare(_ plane: Int) {
        let (below, above) = scalarNeighbours(plane)
        let march = shape.rank > 1 ? 1 : 0
        for middle in 0..<shape.middleCells {
            let velocity = { (component: Int) in
                self.rows(plane, middle, below: plane - march, above: plane + march) {
                    self.ring.velocity(component, $0, $1)
                }
            }
            switch kernels.kind {
            case .compressive:
                kernels.compressiveSource(velocity, count: shape.rowCells, into: ring.source(plane, middle))
            case .full: kernels.fullSource(velocity, count: shape.rowCells, into: ring.source(plane, middle))
            }
            kernels.inverseDiagonal(
                rows(plane, middle, below: below, above: above, ring.inverseDensity), count: shape.rowCells,
                into: ring.inverseDiagonal(plane, middle))
            prepareBesideWalls(plane, middle, below: below, above: above)
        }
    }

    /// Neighbouring planes for Σ and 1/ρ, whose normal gradient vanishes at a boundary.
    private func scalarNeighbours(_ plane: Int) -> (Int, Int) {
        guard shape.rank > 1 else { return (plane, plane) }
        if faces.marchIsPeriodic { return (plane - 1, plane + 1) }
        return (max(plane - 1, 0), min(plane + 1, shape.marchCells - 1))
    }

    private func relax(_ plane: Int, _ level: Int, _ extent: PlaneExtent) {
        let (below, above) = scalarNeighbours(plane)
        let count = shape.rowCells
        let periodic = rowIsPeriodic
        for middle in 0..<shape.middleCells {
            let target = ring.sigma(level, plane, middle)
            let parity = (shape.wrapped(plane: plane) + middle + level) & 1
            relaxRow(
                rows(plane, middle, below: below, above: above) { self.ring.sigma(level - 1, $0, $1) },
                rows(plane, middle, below: below, above: above, ring.inverseDensity), plane, middle,
                checker: alternating.map { UnsafePointer($0.values(of: Scalar.self) + parity) }, into: target)
            relaxBesideWalls(plane, middle, level, below: below, above: above)
            // Behind walls Σ stays what its image had before these sweeps.
            bodies?.spans.copy(
                row: globalRow(plane, middle),
                from: ring.sigma(level - 1, plane, middle), to: target)
            fillScalarEnds(target, periodic)
        }
        if let direction = shape.middleDirection {
            let wrap = faces.isPeriodic(direction)
            let last = shape.middleCells - 1
            ring.sigma(level, plane, -1).update(from: ring.sigma(level, plane, wrap ? last : 0), count: count)
            ring.sigma(level, plane, last + 1).update(
                from: ring.sigma(level, plane, wrap ? 0 : last), count: count)
        }
    }

    /// Cells beside walls of a single cell, once more without what lies behind the wall.
    private func prepareBesideWalls(_ plane: Int, _ middle: Int, below: Int, above: Int) {
        guard let cells = bodies?.oneCellWalls[globalRow(plane, middle)], !cells.isEmpty else { return }
        let march = shape.rank > 1 ? 1 : 0
        for cell in cells {
            let walls = EntropicWalls(kernels: kernels, sides: cell.sides, place: Int(cell.place))
            ring.source(plane, middle)[walls.place] = walls.source { component in
                self.rows(plane, middle, below: plane - march, above: plane + march) {
                    self.ring.velocity(component, $0, $1)
                }
            }
            ring.inverseDiagonal(plane, middle)[walls.place] = walls.inverseDiagonal(
                rows(plane, middle, below: below, above: above, ring.inverseDensity))
        }
    }

    private func relaxBesideWalls(_ plane: Int, _ middle: Int, _ level: Int, below: Int, above: Int) {
        guard let cells = bodies?.oneCellWalls[globalRow(plane, middle)], !cells.isEmpty else { return }
        for cell in cells {
            let place = Int(cell.place)
            let parity = (shape.wrapped(plane: plane) + middle + level + place) & 1
            if alternating != nil, parity == 0 { continue }
            let walls = EntropicWalls(kernels: kernels, sides: cell.sides, place: place)
            ring.sigma(level, plane, middle)[place] = walls.relaxed(
                rows(plane, middle, below: below, above: above) { self.ring.sigma(level - 1, $0, $1) },
                rows(plane, middle, below: below, above: above, ring.inverseDensity),
                source: ring.source(plane, middle)[place],
                inverseDiagonal: ring.inverseDiagonal(plane, middle)[place])
        }
    }

    private func globalRow(_ plane: Int, _ middle: Int) -> Int {
        shape.wrapped(plane: plane) * shape.middleCells + middle
    }

    @inline(never) private func relaxRow(
        _ sigma: Rows, _ density: Rows, _ plane: Int, _ middle: Int, checker: UnsafePointer<Scalar>?,
        into target: UnsafeMutablePointer<Scalar>
    ) {
        kernels.relax(
            sigma, density, source: ring.source(plane, middle),
            inverseDiagonal: ring.inverseDiagonal(plane, middle),
            checker: checker, count: shape.rowCells, into: target)
    }

    private func store(_ plane: Int, _ sigma: FieldStore<Codec>) {
        for middle in 0..<shape.middleCells {
            Codec.encode(
                ring.sigma(levels, plane, middle), cells: shape.rowCells, reference: 0, debts: DebtSources(),
                into: sigma.row(0, plane * shape.middleCells + middle))
        }
    }
}

/// Which planes a worker treats at each level of sweeps.
struct PlaneExtent {
    let loaded: Range<Int>
    let periodic: Bool
    private let planes: Int

    init(slab: Range<Int>, levels: Int, planes: Int, periodic: Bool) {
        self.planes = planes
        self.periodic = periodic
        let wide = slab.lowerBound - levels..<slab.upperBound + levels
        loaded = periodic ? wide : wide.clamped(to: 0..<planes)
    }

    /// Planes whose neighbours have the level before; at a boundary of the domain nothing is missing.
    func range(level: Int) -> Range<Int> {
        let lower = !periodic && loaded.lowerBound == 0 ? 0 : loaded.lowerBound + level
        let upper = !periodic && loaded.upperBound == planes ? planes : loaded.upperBound - level
        return lower..<max(lower, upper)
    }
}
