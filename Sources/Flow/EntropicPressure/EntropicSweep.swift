import Fluids
import Numerics

/// The entropic-pressure relaxation of a block.
///
/// All sweeps of a stage are done in a single pass over memory: while plane n is decoded, plane n − r gets
/// its source, which needs velocities r planes away, and plane n − r + 1 − s its s-th sweep. Each sweep reads the sweep before, so the result does not depend
/// on how planes are shared out; near a block's ends the few planes of its halo that are needed are
/// swept as well instead of waiting for the neighbour.
final class EntropicSweep<Codec: StorageCodec, F: Fluid> where F.Scalar == Codec.Scalar {
    typealias Scalar = Codec.Scalar
    typealias Rows = EntropicKernels<Scalar>.Rows

    private let shape: GridShape
    private let faces: DomainFaces<F>
    private let kernels: EntropicKernels<Scalar>
    private let ring: EntropicRing<Scalar>
    private let loader: EntropicLoader<Codec, F>
    private let alternating: AlignedMemory?
    private let planes: Range<Int>
    /// Planes to either side whose velocities the source needs.
    private let reach: Int
    /// The bodies where they are now.
    var bodies: BlockBodies<Codec, F>?

    /// - Parameter planes: Those of the block.
    init(
        shape: GridShape, planes: Range<Int>, medium: Medium<F>, faces: DomainFaces<F>,
        kernels: EntropicKernels<Scalar>, options: NumericsOptions
    ) {
        self.shape = shape
        self.planes = planes
        self.faces = faces
        self.kernels = kernels
        let passes = EntropicPasses(options)
        reach = passes.sourceReach
        ring = EntropicRing(shape: shape, planes: shape.rank == 1 ? 1 : passes.livePlanes)
        loader = EntropicLoader(shape: shape, medium: medium, faces: faces, ring: ring, layers: reach)
        if options.elliptic == .redBlack {
            let checker = AlignedMemory(bytes: (shape.rowStride + 1) * MemoryLayout<Scalar>.stride)
            for index in 0...shape.rowStride { checker.values(of: Scalar.self)[index] = Scalar(index & 1) }
            alternating = checker
        } else {
            alternating = nil
        }
    }

    /// Relaxes Σ in the block's planes, in place.
    ///
    /// - Parameter levels: Relaxations of a plane in this pass; they reach as many planes into the halo.
    func run(_ source: BlockView<Codec>, levels: Int) {
        guard !planes.isEmpty, let sigma = source.sigma else { return }
        let extent = PlaneExtent(
            planes, levels: levels, reach: reach, planes: shape.marchCells,
            periodic: faces.marchIsPeriodic)
        // While a plane is decoded, `latest` is the last one that may have been relaxed before.
        for newest in extent.loaded.lowerBound..<extent.loaded.upperBound + levels + reach - 1 {
            let latest = newest - (reach - 1)
            if extent.loaded.contains(newest) { loader.load(newest, source, ghosts: bodies?.ghosts) }
            if extent.range(level: 1).contains(latest - 1) { prepare(latest - 1) }
            for level in 1...levels where extent.range(level: level).contains(latest - level) {
                relax(latest - level, level)
            }
            if planes.contains(latest - levels) { store(latest - levels, level: levels, sigma) }
        }
    }

    @inline(__always) private func rows(
        _ plane: Int, _ middle: Int, below: Int, above: Int, away: Int = 1,
        _ array: (Int, Int) -> UnsafeMutablePointer<Scalar>
    ) -> Rows {
        let shift = shape.rank == 3 ? away : 0
        return Rows(
            centre: array(plane, middle),
            middle: (
                UnsafePointer(array(plane, middle - shift)), UnsafePointer(array(plane, middle + shift))
            ),
            march: (UnsafePointer(array(below, middle)), UnsafePointer(array(above, middle))))
    }

    /// A velocity component of a row and of those some cells away from it.
    @inline(__always) private func velocities(
        _ component: Int, _ plane: Int, _ middle: Int, away: Int
    ) -> Rows {
        let march = shape.rank > 1 ? away : 0
        return rows(plane, middle, below: plane - march, above: plane + march, away: away) {
            self.ring.velocity(component, $0, $1)
        }
    }

    /// The source and the diagonal of a plane whose neighbours are loaded.
    private func prepare(_ plane: Int) {
        let (below, above) = scalarNeighbours(plane)
        for middle in 0..<shape.middleCells {
            let source = ring.source(plane, middle)
            let near = { self.velocities($0, plane, middle, away: 1) }
            switch kernels.kind {
            case .compressive: kernels.compressiveSource(near, count: shape.rowCells, into: source)
            case .full: kernels.fullSource(near, count: shape.rowCells, into: source)
            case .gated:
                kernels.gatedSource(
                    near, { self.velocities($0, plane, middle, away: 2) }, count: shape.rowCells, into: source
                )
            }
            kernels.inverseDiagonal(
                rows(plane, middle, below: below, above: above, ring.inverseDensity), count: shape.rowCells,
                into: ring.inverseDiagonal(plane, middle))
            prepareBesideWalls(plane, middle, below: below, above: above)
        }
    }

    /// Neighbouring planes for Σ and 1/ρ, whose normal gradient vanishes at a boundary.
    @inline(__always) private func scalarNeighbours(_ plane: Int) -> (Int, Int) {
        guard shape.rank > 1 else { return (plane, plane) }
        if faces.marchIsPeriodic { return (plane - 1, plane + 1) }
        return (max(plane - 1, 0), min(plane + 1, shape.marchCells - 1))
    }

    private func relax(_ plane: Int, _ level: Int) {
        let (below, above) = scalarNeighbours(plane)
        let count = shape.rowCells
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
            faces.extend(target, cells: shape.rowCells)
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
        for cell in cells {
            let walls = EntropicWalls(kernels: kernels, sides: cell.sides, place: Int(cell.place))
            ring.source(plane, middle)[walls.place] = walls.source {
                self.velocities($0, plane, middle, away: $1)
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

    @inline(__always) private func globalRow(_ plane: Int, _ middle: Int) -> Int {
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

    private func store(_ plane: Int, level: Int, _ sigma: FieldStore<Codec>) {
        for middle in 0..<shape.middleCells {
            Codec.encode(
                ring.sigma(level, plane, middle), cells: shape.rowCells, reference: 0, kind: .signed,
                debts: DebtSources(),
                into: sigma.row(0, (plane - planes.lowerBound) * shape.middleCells + middle))
        }
    }
}

/// Which planes a block treats at each level of sweeps.
struct PlaneExtent {
    let loaded: Range<Int>
    let periodic: Bool
    private let planes: Int
    /// Planes that the source needs beyond the first.
    private let extra: Int

    init(_ own: Range<Int>, levels: Int, reach: Int, planes: Int, periodic: Bool) {
        self.planes = planes
        self.periodic = periodic
        extra = reach - 1
        let wide = own.lowerBound - levels - extra..<own.upperBound + levels + extra
        loaded = periodic ? wide : wide.clamped(to: 0..<planes)
    }

    /// Planes whose neighbours have the level before; at a boundary of the domain nothing is missing.
    func range(level: Int) -> Range<Int> {
        let lower = !periodic && loaded.lowerBound == 0 ? 0 : loaded.lowerBound + extra + level
        let upper = !periodic && loaded.upperBound == planes ? planes : loaded.upperBound - extra - level
        return lower..<max(lower, upper)
    }
}
