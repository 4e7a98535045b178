import Fluids
import Geometry
import Numerics

/// The state of the gas at one surface element.
struct WallState {
    var pressure = 0.0
    var entropicPressure = 0.0
    var temperature = 0.0
    /// ∂u/∂n for a wall that the gas sticks to; u in the frame of the wall.
    var slope = Point(repeating: 0)
}

/// Takes the state of a flow to surface elements. All weights are found once; a sample is then a
/// sparse product that reads only the rows of cells near the surface.
struct WallSampler: Sendable {
    /// Reads one row of cells: conserved variables, then Σ, as `FlowComputation.conservedRow` gives them.
    typealias RowReader = (_ row: Int, _ values: UnsafeMutablePointer<Double>) -> Void

    private let rank: Int
    private let rowCells: Int
    private let law: FluidLaw
    private let team: Workers
    /// The cells that are read, ascending; a row's cells lie together.
    private var cells: [Int] = []
    /// Where each element's entries begin in the arrays below; one more at the end.
    private var starts = [0]
    private var slots: [Int] = []
    private var flips: [UInt8] = []
    private var values: [Double] = []
    private var slopes: [Double] = []
    /// Per element what the slopes make of the wall's own motion.
    private var wallSlopes: [Point] = []

    /// - Parameter owners: the body of each element; the slope is taken from u = 0 where the gas sticks to it.
    init(_ flowCase: FlowCase, elements: [SurfaceElement], fluid: FluidCells, owners: [Body]) {
        rank = flowCase.domain.rank
        rowCells = flowCase.domain.cells[0]
        law = flowCase.gas.law
        team = Workers(count: elements.count < 1024 ? 1 : flowCase.numerics.threads)
        let fits = Self.fits(flowCase, elements, fluid)
        cells = Set(fits.flatMap { $0.neighbours.map(\.cell) }).sorted()
        let slot = Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($1, $0) })
        let spacings = flowCase.domain.spacings
        for (index, fit) in fits.enumerated() {
            slots += fit.neighbours.compactMap { slot[$0.cell] }
            flips += fit.neighbours.map(\.flips)
            values += fit.valueWeights()
            var direction = Point(repeating: 0)
            for axis in 0..<rank { direction[axis] = elements[index].normal[axis] / spacings[axis] }
            let slope =
                owners[index].wall == .slip
                ? fit.neighbours.map { _ in 0 } : fit.slopeWeights(along: direction)
            slopes += slope
            wallSlopes.append(
                Self.wallSlope(owners[index], elements[index].center, fit.neighbours, slope, spacings))
            starts.append(slots.count)
        }
    }

    /// The slope of the velocity that a rigid extension of the wall has.
    private static func wallSlope(
        _ body: Body, _ center: Point, _ neighbours: [WallNeighbour], _ weights: [Double],
        _ spacings: [Double]
    ) -> Point {
        guard let motion = body.wallMotion else { return Point(repeating: 0) }
        return zip(neighbours, weights).reduce(into: Point(repeating: 0)) { sum, pair in
            var place = center
            for axis in spacings.indices { place[axis] += pair.0.offset[axis] * spacings[axis] }
            sum += pair.1 * motion.velocity(at: place)
        }
    }

    private static func fits(
        _ flowCase: FlowCase, _ elements: [SurfaceElement], _ fluid: FluidCells
    ) -> [WallFit] {
        let finder = WallNeighbours(flowCase, fluid: fluid)
        return elements.map { element in
            WallFit(
                rank: flowCase.domain.rank,
                neighbours: finder.cells(near: element.center, normal: element.normal, radius: WallFit.radius)
            )
        }
    }

    /// Whether an element sees any gas.
    func sees(_ element: Int) -> Bool { starts[element + 1] > starts[element] }

    /// The cells whose pressures make that of an element, and their weights.
    func pressureWeights(_ element: Int) -> [(cell: Int, weight: Double)] {
        (starts[element]..<starts[element + 1]).map { (cells[slots[$0]], values[$0]) }
    }

    /// The state at every element.
    func states(reading: RowReader) -> [WallState] {
        let gathered = gather(reading)
        let width = rank + 3
        return (0..<starts.count - 1).map { element in
            var state = WallState()
            state.slope = -wallSlopes[element]
            for entry in starts[element]..<starts[element + 1] {
                let base = slots[entry] * width
                let weight = values[entry]
                state.pressure += weight * gathered[base]
                state.entropicPressure += weight * gathered[base + 1]
                state.temperature += weight * gathered[base + 2]
                for axis in 0..<rank {
                    let sign = flips[entry] >> UInt8(axis) & 1 == 1 ? -1.0 : 1.0
                    state.slope[axis] += slopes[entry] * sign * gathered[base + 3 + axis]
                }
            }
            return state
        }
    }

    /// Pressure, Σ, temperature and velocity of the cells that are read, one cell after the other. Workers share
    /// the cells in order.
    private func gather(_ reading: RowReader) -> [Double] {
        let width = rank + 3
        return withoutActuallyEscaping(reading) { reading in
            let source = Shared(reading)
            return [Double](unsafeUninitializedCapacity: cells.count * width) { buffer, count in
                count = cells.count * width
                guard let base = buffer.baseAddress else { return }
                let target = Shared(base)
                team.run { worker in
                    let share = team.share(of: cells.count, worker: worker)
                    gather(share, source.value, into: target.value)
                }
            }
        }
    }

    private func gather(_ share: Range<Int>, _ reading: RowReader, into target: UnsafeMutablePointer<Double>)
    {
        let memory = AlignedMemory(bytes: (rank + 3) * rowCells * MemoryLayout<Double>.stride)
        let row = memory.values(of: Double.self)
        var loaded = -1
        for slot in share {
            if cells[slot] / rowCells != loaded {
                loaded = cells[slot] / rowCells
                reading(loaded, row)
            }
            take(row + cells[slot] % rowCells, into: target + slot * (rank + 3))
        }
    }

    /// Primitive values of one cell of a row of conserved ones.
    private func take(_ cell: UnsafePointer<Double>, into values: UnsafeMutablePointer<Double>) {
        let density = cell[0]
        var kinetic = 0.0
        for axis in 0..<rank {
            let momentum = cell[(1 + axis) * rowCells]
            values[3 + axis] = momentum / density
            kinetic += momentum * momentum / density / 2
        }
        let pressure = law.pressure(heat: cell[(1 + rank) * rowCells] - kinetic)
        values[0] = pressure
        values[1] = cell[(2 + rank) * rowCells]
        values[2] = law.temperature(pressure: pressure, density: density)
    }
}
