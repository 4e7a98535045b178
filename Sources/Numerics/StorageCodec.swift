// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// How a row of numbers is kept in memory between stages. Arithmetic never sees the stored form.
///
/// Rows hold *deviations* from a constant reference, so that 32-bit numbers resolve a weak wave on a large
/// mean as well as 64-bit numbers do. `reference` is that constant, for formats that store the full value.
public protocol StorageCodec: Sendable {
    /// The number that kernels compute with.
    associatedtype Scalar: Real
    /// The size of one stored row.
    static func rowBytes(cells: Int) -> Int
    /// Reads `cells` values.
    static func decode(
        _ row: UnsafeRawPointer, cells: Int, reference: Scalar, into values: UnsafeMutablePointer<Scalar>)
    /// Writes `cells` values. Formats that keep debts add those of `debts`, rows of as many cells, to the
    /// sums of this one; `row` itself may be among them.
    static func encode(
        _ values: UnsafePointer<Scalar>, cells: Int, reference: Scalar, debts: DebtSources<Scalar>,
        into row: UnsafeMutableRawPointer)
    /// Reads one value of a row of `cells`.
    static func value(_ row: UnsafeRawPointer, cells: Int, cell: Int, reference: Scalar) -> Scalar
    /// Adds to one stored value; a format that cannot hold the increment owes it among the cells around it,
    /// or rounds.
    static func add(_ increment: Scalar, to cell: Int, of row: UnsafeMutableRawPointer, reference: Scalar)
}

/// The stored rows that a new row is a weighted sum of. What they owe, it owes with the same weights: formats
/// that keep debts take them over, tile by tile; the others look at nothing here.
public struct DebtSources<Scalar: Real> {
    @usableFromInline let first: (row: UnsafeRawPointer, weight: Scalar)?
    @usableFromInline let second: (row: UnsafeRawPointer, weight: Scalar)?

    /// A row that has no predecessor owes nothing.
    @inlinable @inline(__always) public init() { (first, second) = (nil, nil) }

    /// One row with its weight.
    @inlinable @inline(__always) public init(_ row: UnsafeRawPointer, weight: Scalar) {
        (first, second) = ((row, weight), nil)
    }

    /// Two rows with their weights.
    @inlinable @inline(__always) public init(
        _ row: UnsafeRawPointer, weight: Scalar, _ other: UnsafeRawPointer, weight otherWeight: Scalar
    ) { (first, second) = ((row, weight), (other, otherWeight)) }

    /// The weighted sum of what `debt` finds in the rows.
    @inlinable @inline(__always) func sum(_ debt: (UnsafeRawPointer) -> Scalar) -> Scalar {
        var sum: Scalar = 0
        if let first { sum += first.weight * debt(first.row) }
        if let second { sum += second.weight * debt(second.row) }
        return sum
    }
}

/// The numbers themselves: 4 bytes for `Float`, 8 for `Double`.
public enum FullCodec<Scalar: Real>: StorageCodec {
    @inlinable public static func rowBytes(cells: Int) -> Int { cells * MemoryLayout<Scalar>.stride }
    @inlinable @inline(__always) public static func decode(
        _ row: UnsafeRawPointer, cells: Int, reference: Scalar, into values: UnsafeMutablePointer<Scalar>
    ) {
        UnsafeMutableRawPointer(values).copyMemory(from: row, byteCount: rowBytes(cells: cells))
    }
    @inlinable @inline(__always) public static func encode(
        _ values: UnsafePointer<Scalar>, cells: Int, reference: Scalar, debts: DebtSources<Scalar>,
        into row: UnsafeMutableRawPointer
    ) {
        row.copyMemory(from: values, byteCount: rowBytes(cells: cells))
    }
    @inlinable @inline(__always) public static func value(
        _ row: UnsafeRawPointer, cells: Int, cell: Int, reference: Scalar
    ) -> Scalar { row.assumingMemoryBound(to: Scalar.self)[cell] }
    @inlinable @inline(__always) public static func add(
        _ increment: Scalar, to cell: Int, of row: UnsafeMutableRawPointer, reference: Scalar
    ) { row.assumingMemoryBound(to: Scalar.self)[cell] += increment }
}

/// Double-precision arithmetic over single-precision storage.
public enum SingleCodec: StorageCodec {
    @inlinable public static func rowBytes(cells: Int) -> Int { cells * 4 }
    @inlinable @inline(__always) public static func decode(
        _ row: UnsafeRawPointer, cells: Int, reference: Double, into values: UnsafeMutablePointer<Double>
    ) {
        let stored = row.assumingMemoryBound(to: Float.self)
        for i in 0..<cells { values[i] = Double(stored[i]) }
    }
    @inlinable @inline(__always) public static func encode(
        _ values: UnsafePointer<Double>, cells: Int, reference: Double, debts: DebtSources<Double>,
        into row: UnsafeMutableRawPointer
    ) {
        let stored = row.assumingMemoryBound(to: Float.self)
        for i in 0..<cells { stored[i] = Float(values[i]) }
    }
    @inlinable @inline(__always) public static func value(
        _ row: UnsafeRawPointer, cells: Int, cell: Int, reference: Double
    ) -> Double { Double(row.assumingMemoryBound(to: Float.self)[cell]) }
    @inlinable @inline(__always) public static func add(
        _ increment: Double, to cell: Int, of row: UnsafeMutableRawPointer, reference: Double
    ) {
        let stored = row.assumingMemoryBound(to: Float.self)
        stored[cell] = Float(Double(stored[cell]) + increment)
    }
}

/// IEEE half precision of the full value, as the literature does it; kept for comparison.
public enum HalfCodec<Scalar: Real>: StorageCodec {
    @inlinable public static func rowBytes(cells: Int) -> Int { (cells * 2 + 3) & ~3 }
    @inlinable @inline(__always) public static func decode(
        _ row: UnsafeRawPointer, cells: Int, reference: Scalar, into values: UnsafeMutablePointer<Scalar>
    ) {
        let stored = row.assumingMemoryBound(to: Float16.self)
        for i in 0..<cells { values[i] = Scalar(half: stored[i]) - reference }
    }
    @inlinable @inline(__always) public static func encode(
        _ values: UnsafePointer<Scalar>, cells: Int, reference: Scalar, debts: DebtSources<Scalar>,
        into row: UnsafeMutableRawPointer
    ) {
        let stored = row.assumingMemoryBound(to: Float16.self)
        for i in 0..<cells { stored[i] = (values[i] + reference).half }
    }
    @inlinable @inline(__always) public static func value(
        _ row: UnsafeRawPointer, cells: Int, cell: Int, reference: Scalar
    ) -> Scalar { Scalar(half: row.assumingMemoryBound(to: Float16.self)[cell]) - reference }
    @inlinable @inline(__always) public static func add(
        _ increment: Scalar, to cell: Int, of row: UnsafeMutableRawPointer, reference: Scalar
    ) {
        let stored = row.assumingMemoryBound(to: Float16.self)
        stored[cell] = (Scalar(half: stored[cell]) + increment).half
    }
}
