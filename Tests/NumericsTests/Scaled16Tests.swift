import Numerics
import Testing

/// A row in the storage format under test.
private final class StoredRow<Scalar: Real> {
    typealias Codec = Scaled16Codec<Scalar>
    let cells: Int
    private let memory: AlignedMemory

    init(_ values: [Scalar]) {
        cells = values.count
        memory = AlignedMemory(bytes: Codec.rowBytes(cells: cells))
        write(values, debts: DebtSources())
    }

    var row: UnsafeRawPointer { UnsafeRawPointer(memory.base) }
    var debts: [Scalar] { (0..<(cells + 63) / 64).map { Codec.debt(row, tile: $0) } }
    var values: [Scalar] {
        var result = [Scalar](repeating: .nan, count: cells)
        Codec.decode(row, cells: cells, reference: 0, into: &result)
        return result
    }
    /// What is stored and what is owed besides.
    var total: Double { values.reduce(0) { $0 + $1.double } + debts.reduce(0) { $0 + $1.double } }

    func write(_ values: [Scalar], debts: DebtSources<Scalar>) {
        Codec.encode(values, cells: cells, reference: 0, kind: .signed, debts: debts, into: memory.base)
    }

    /// As a time step does: from its own debts.
    func rewrite(_ change: (Scalar) -> Scalar) {
        write(values.map(change), debts: DebtSources(row, weight: 1))
    }

    func add(_ increment: Scalar, to cell: Int) {
        Codec.add(increment, to: cell, of: memory.base, reference: 0)
    }
}

@Suite("Tile-scaled storage") struct Scaled16Tests {
    private static let lengths = [1, 16, 64, 65, 100, 256]

    private func sum<Scalar: Real>(_ values: [Scalar]) -> Double { values.reduce(0) { $0 + $1.double } }

    @Test("a uniform row is exact") func uniform() {
        let row = [Float](repeating: 0.1234567, count: 100)
        #expect(StoredRow(row).values == row)
        #expect(StoredRow(row).debts == [0, 0])
    }

    @Test("what a tile lacks in sum is its debt, under a quantum", arguments: lengths) func debt(count: Int) {
        let values = StorageCodecTests.values(count, Double.self)
        let row = StoredRow(values)
        for tile in 0..<row.debts.count {
            let cells = 64 * tile..<min(64 * tile + 64, count)
            let lacking = sum(Array(values[cells])) - sum(Array(row.values[cells]))
            #expect(abs(lacking - row.debts[tile]) < 1e-12)
            #expect(abs(row.debts[tile]) < 2 / 65535)
        }
    }

    @Test("a row written in two halves is the row written at once", arguments: 1...3) func halves(tiles: Int)
    {
        let values = StorageCodecTests.values(230, Float.self)
        let whole = StoredRow(values)
        let cut = 64 * tiles
        let parts = [StoredRow(Array(values[..<cut])), StoredRow(Array(values[cut...]))]
        for _ in 0..<3 {
            #expect(parts.flatMap(\.values) == whole.values)
            #expect(parts.flatMap(\.debts) == whole.debts)
            for row in parts + [whole] { row.rewrite { $0 * 0.99 + 1e-3 } }
        }
    }

    @Test("a change in one tile leaves all others as they are, to the bit") func locality() {
        var values = StorageCodecTests.values(256, Float.self)
        let before = StoredRow(values)
        values[70] += 3
        let after = StoredRow(values)
        for cell in 0..<256 where cell / 64 != 1 { #expect(after.values[cell] == before.values[cell]) }
        for tile in [0, 2, 3] { #expect(after.debts[tile] == before.debts[tile]) }
        #expect(after.values[70] != before.values[70])
    }

    @Test("totals stay over ten thousand roundings") func conservation() {
        let row = StoredRow(StorageCodecTests.values(130, Double.self))
        let start = row.total
        // A flux that moves a little from cell to cell, below a quantum, and back.
        for step in 0..<10_000 {
            let sign: Double = step % 2 == 0 ? 1 : -1
            var values = row.values
            for cell in 1..<values.count {
                let flux = sign * 3e-6 * values[cell - 1]
                values[cell - 1] -= flux
                values[cell] += flux
            }
            row.write(values, debts: DebtSources(row.row, weight: 1))
        }
        #expect(abs(row.total - start) < 1e-10 * abs(start))
    }

    @Test("totals in single precision stay as single precision allows") func singleConservation() {
        let row = StoredRow(StorageCodecTests.values(128, Float.self))
        let start = row.total
        for _ in 0..<10_000 { row.rewrite { $0 } }
        #expect(abs(row.total - start) < 1e-6 * abs(start))
    }

    @Test("increments far below a quantum add up over many writes", arguments: lengths)
    func smallIncrements(count: Int) {
        let row = StoredRow(StorageCodecTests.values(count, Double.self))
        let start = row.total
        for _ in 0..<1000 { row.rewrite { $0 + 1e-7 } }
        #expect(abs(row.total - start - Double(1000 * count) * 1e-7) < 1e-9)
        #expect(row.debts.allSatisfy { abs($0) < 2 / 65535 })
    }

    @Test("an increment is owed by the tile of its cell, and paid there") func additions() {
        let row = StoredRow(StorageCodecTests.values(200, Double.self))
        let tiles = [0..<64, 64..<128, 128..<192, 192..<200]
        let increments = [1e-4, 3e-4, 0, 5e-5]
        let (debts, values, total) = (row.debts, row.values, row.total)
        for (cell, increment) in zip([63, 64, 128, 199], increments) { row.add(increment, to: cell) }
        for (tile, increment) in increments.enumerated() {
            #expect(abs(row.debts[tile] - debts[tile] - increment) < 1e-9)
        }
        // No more than a quantum a cell in one write.
        for _ in 0..<20 { row.rewrite { $0 } }
        for (cells, increment) in zip(tiles, increments) {
            let paid = sum(Array(row.values[cells])) - sum(Array(values[cells]))
            #expect(abs(paid - increment) < 2 / 65535)
        }
        #expect(abs(row.total - total - increments.reduce(0, +)) < 1e-9)
    }

    @Test("a row takes over the debts of those that it is combined of, with their weights") func weights() {
        let (first, second) = (
            StoredRow(StorageCodecTests.values(96, Double.self)),
            StoredRow(StorageCodecTests.values(96, Double.self).map { 1 - $0 })
        )
        first.add(0.002, to: 5)
        second.add(0.004, to: 90)
        let expected = 0.75 * first.total + 0.25 * second.total
        let mixed = zip(first.values, second.values).map { 0.75 * $0 + 0.25 * $1 }
        // Into one of the two: its debts are read before they are written over.
        first.write(mixed, debts: DebtSources(first.row, weight: 0.75, second.row, weight: 0.25))
        #expect(abs(first.total - expected) < 1e-9)
    }

    @Test("a uniform tile keeps its debt, and pays it as far as single precision resolves")
    func uniformDebt() {
        let row = StoredRow([Double](repeating: 0.5, count: 64))
        row.add(1e-7, to: 3)
        row.rewrite { $0 }
        #expect(row.values == [Double](repeating: 0.5, count: 64))
        #expect(abs(row.total - 32 - 1e-7) < 1e-14)
        row.add(0.64, to: 3)
        row.rewrite { $0 }
        #expect(row.values.allSatisfy { abs($0 - 0.51) < 1e-6 })
        #expect(abs(row.total - 32 - 0.64 - 1e-7) < 1e-7)
    }

    @Test("a tile of too small a range for its debt keeps the rest and pays it in the writes that follow")
    func clampedDebt() {
        let values = (0..<64).map { 1 + Double($0) * 1e-9 }
        let row = StoredRow(values)
        let start = row.total
        row.add(1e-4, to: 0)
        row.rewrite { $0 }
        // All of it would be sixty times the range.
        #expect(zip(row.values, values).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(abs(row.total - start - 1e-4) < 1e-11)
        row.rewrite { $0 * 2 - 1 }
        #expect(abs(row.total - (2 * start - 64 + 1e-4)) < 1e-10)
    }

    @Test("ranges down to the smallest numbers are kept") func smallest() {
        for range: Float in [.leastNonzeroMagnitude, 1e-36, 1e-33] {
            let values = (0..<64).map { $0 == 10 ? range : 0 }
            let found = StoredRow(values).values
            #expect(
                zip(found, values).allSatisfy { abs($0 - $1) <= max(.leastNormalMagnitude, range / 60000) })
        }
    }

    @Test("a value that is no number is not read as one", arguments: [0, 20, 63, 64, 69])
    func notANumber(cell: Int) {
        for wrong in [Float.nan, .infinity] {
            var values = StorageCodecTests.values(70, Float.self)
            values[cell] = wrong
            let found = StoredRow(values).values
            #expect(!found[cell].isFinite)
            values = values.map { _ in 1 }
            values[cell] = wrong
            #expect(!StoredRow(values).values[cell].isFinite)
            #expect(found[cell < 64 ? 66 : 30].isFinite)
        }
    }

    @Test("twelve fields cost less than 26 bytes a cell") func bytes() {
        #expect(Double(12 * Scaled16Codec<Float>.rowBytes(cells: 512)) / 512 < 26)
    }
}
