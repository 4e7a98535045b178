import Numerics

/// Goes over the rows of a grid and hands out what quantities need: primitive variables and slopes. For one worker.
///
/// Rows that were loaded for the row before are kept, so that going through a grid in order loads each row once or, in
/// three dimensions, three times.
public final class QuantityRows {
    /// Writes the primitive variables of a row of cells into a ``PrimitiveRow``.
    public typealias Loader = (_ row: Int, _ target: PrimitiveRow) -> Void

    private let grid: QuantityGrid
    private let law: FluidLaw
    private let slopes: [Slope]
    /// The axes beyond x along which slopes are taken.
    private let axes: [Int]
    private let slots: [PrimitiveRow]
    private let memory: AlignedMemory
    private let load: Loader
    private let isFluid: ((Int) -> Bool)?

    /// - Parameters:
    ///   - slopes: The derivatives that are wanted, in the order of the kernel that reads them.
    ///   - isFluid: Which cells hold the fluid, x fastest; nil where all do.
    public init(
        _ grid: QuantityGrid, law: FluidLaw, slopes: [Slope], isFluid: ((Int) -> Bool)?,
        load: @escaping Loader
    ) {
        self.grid = grid
        self.law = law
        self.slopes = slopes
        self.isFluid = isFluid
        self.load = load
        axes = Set(slopes.map(\.axis)).filter { $0 > 0 }.sorted()
        slots = (0..<1 + 2 * axes.count).map { _ in PrimitiveRow(cells: grid.rowCells, rank: grid.rank) }
        memory = AlignedMemory(bytes: max(slopes.count, 1) * grid.rowCells * MemoryLayout<Double>.stride)
    }

    /// A row with its slopes; valid until the next one.
    public func row(_ index: Int) -> QuantityRow {
        let beside = axes.map { (axis: $0, rows: grid.neighbours(of: index, axis: $0)) }
        fetch([index] + beside.flatMap { [$0.rows.lower, $0.rows.upper].compactMap { $0 } })
        let center = loaded(index)
        let target = memory.values(of: Double.self)
        for (number, slope) in slopes.enumerated() {
            let place = slope.field.place(rank: grid.rank)
            let result = target + number * grid.rowCells
            if slope.axis == 0 {
                SlopeRule.alongRow(side(center, place), grid.axes[0], into: result)
            } else if let rows = beside.first(where: { $0.axis == slope.axis })?.rows {
                SlopeRule.across(
                    side(center, place), lower: rows.lower.map { side(loaded($0), place) },
                    upper: rows.upper.map { side(loaded($0), place) }, cells: grid.rowCells,
                    grid.axes[slope.axis].spacing, into: result)
            }
        }
        return QuantityRow(
            cells: grid.rowCells, rank: grid.rank, law: law, primitive: center.values, slopes: target)
    }

    private func loaded(_ index: Int) -> PrimitiveRow { slots.first { $0.index == index } ?? slots[0] }

    private func fetch(_ wanted: [Int]) {
        for index in wanted where !slots.contains(where: { $0.index == index }) {
            guard let slot = slots.first(where: { !wanted.contains($0.index) }) else { continue }
            load(index, slot)
            slot.index = index
            if let isFluid, !slopes.isEmpty { slot.mark(first: index * grid.rowCells, isFluid) }
        }
    }

    private func side(_ row: PrimitiveRow, _ place: Int) -> SlopeRule.Side {
        SlopeRule.Side(
            values: row.variable(place), isFluid: row.isOpen ? nil : UnsafePointer(row.isFluid))
    }
}

extension Quantity {
    /// The quantity in all cells of a grid, x fastest; see ``QuantityRows``.
    public func values(
        on grid: QuantityGrid, law: FluidLaw, isFluid: ((Int) -> Bool)? = nil,
        load: @escaping QuantityRows.Loader
    ) -> [Double] {
        let rows = QuantityRows(
            grid, law: law, slopes: needs(rank: grid.rank).slopes, isFluid: isFluid, load: load)
        let count = grid.rowCells * grid.rowCount
        return [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = count
            guard let base = buffer.baseAddress else { return }
            base.initialize(repeating: 0, count: count)
            for row in 0..<grid.rowCount { evaluate(rows.row(row), into: base + row * grid.rowCells) }
        }
    }
}
