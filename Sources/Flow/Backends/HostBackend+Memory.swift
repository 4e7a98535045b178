import Fluids
import Numerics

/// What goes into a backend's memory and comes out of it.
extension HostBackend {
    func encode(_ initial: InitialField) {
        let count = medium.variables.conservedCount
        forEachBlock { [shape, medium, stateA, sigma, referenceConserved] index, block in
            var values = [Double](repeating: 0, count: count * shape.rowCells)
            let memory = AlignedMemory(bytes: shape.rowStride * MemoryLayout<Scalar>.stride)
            let row = memory.values(of: Scalar.self)
            for global in block.rows {
                let local = global - block.rows.lowerBound
                initial.evaluate(global, into: &values)
                if let solid = block.bodies?.geometry.solid {
                    Self.stop(&values, row: global, in: solid)
                }
                for variable in 0..<count {
                    let exact = referenceConserved[variable]
                    for cell in 0..<shape.rowCells {
                        row[cell] = Scalar(double: values[variable * shape.rowCells + cell] - exact)
                    }
                    Codec.encode(
                        row, cells: shape.rowCells, reference: medium.reference(variable),
                        kind: medium.kind(variable), debts: DebtSources(),
                        into: stateA.parts[index].row(variable, local))
                }
                guard let sigma else { continue }
                row.update(repeating: 0, count: shape.rowCells)
                Codec.encode(
                    row, cells: shape.rowCells, reference: 0, kind: .signed, debts: DebtSources(),
                    into: sigma.parts[index].row(0, local))
            }
        }
    }

    /// Inside of bodies the gas begins at rest: cells that no stencil reaches must not limit the time step.
    private static func stop(_ values: inout [Double], row: Int, in solid: SolidCells) {
        let cells = solid.grid.cells[0]
        let directions = solid.grid.rank
        for cell in 0..<cells where solid.isSolid(row * cells + cell) {
            for direction in 0..<directions {
                let momentum = values[(1 + direction) * cells + cell]
                values[(directions + 1) * cells + cell] -= momentum * momentum / (2 * values[cell])
                values[(1 + direction) * cells + cell] = 0
            }
        }
    }

    func readRow(_ row: Int, into values: UnsafeMutablePointer<Double>) {
        let count = medium.variables.conservedCount
        let memory = AlignedMemory(bytes: count * shape.rowStride * MemoryLayout<Scalar>.stride)
        let cells = memory.values(of: Scalar.self)
        decode(row, of: .a, into: cells)
        for variable in 0..<count {
            let scratch = cells + variable * shape.rowStride
            let target = values + variable * shape.rowCells
            let exact = referenceConserved[variable]
            for cell in 0..<shape.rowCells { target[cell] = exact + scratch[cell].double }
        }
        let target = values + count * shape.rowCells
        guard let sigma else { return target.update(repeating: 0, count: shape.rowCells) }
        let (pressures, place) = sigma.place(ofRow: row)
        Codec.decode(pressures.row(0, place), cells: shape.rowCells, reference: 0, into: cells)
        for cell in 0..<shape.rowCells { target[cell] = cells[cell].double }
    }

    func checkpoint() -> [StoredArray] {
        [stateA.stored(as: "conserved")] + (sigma.map { [$0.stored(as: "entropic_pressure")] } ?? [])
    }

    func restore(_ arrays: [StoredArray]) -> Bool {
        let take = { (name: String, field: BlockedField<Codec>) in
            arrays.first { $0.name == name }.map { field.take($0.bytes) } ?? false
        }
        guard take("conserved", stateA) else { return false }
        if let sigma { guard take("entropic_pressure", sigma) else { return false } }
        isPrepared = true
        return true
    }

    private func decode(_ row: Int, of copy: Copy, into cells: UnsafeMutablePointer<Scalar>) {
        let (store, local) = field(copy).place(ofRow: row)
        for variable in 0..<medium.variables.conservedCount {
            Codec.decode(
                store.row(variable, local), cells: shape.rowCells, reference: medium.reference(variable),
                into: cells + variable * shape.rowStride)
        }
    }

    /// The first cell that is not admissible, counted over the whole grid.
    func lostCell(in copy: Copy) -> LostCell? {
        let count = medium.variables.conservedCount
        let memory = AlignedMemory(bytes: count * shape.rowStride * MemoryLayout<Scalar>.stride)
        let cells = memory.values(of: Scalar.self)
        for row in 0..<shape.rowCount {
            decode(row, of: copy, into: cells)
            for cell in 0..<shape.rowCells {
                let found = CellState(at: cells + cell, stride: shape.rowStride, in: medium)
                if found.isSound(in: medium) { continue }
                return LostCell(
                    number: row * shape.rowCells + cell, state: found.primitive(rank: shape.rank))
            }
        }
        return nil
    }
}
