// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// What the full values of a stored row can be; a format may keep positive ones in another way.
public enum StoredValues: Sendable { case signed, positive }

/// How a row of numbers is kept in memory between stages. Arithmetic never sees the stored form.
///
/// Rows hold *deviations* from a constant reference, so that 32-bit numbers resolve a weak wave on a large
/// mean as well as 64-bit numbers do. `reference` is that constant, for formats that store the full value.
public protocol StorageCodec: Sendable {
    /// The number that kernels compute with.
    associatedtype Scalar: Real
    /// Whether a stored value has so few digits that their rounding shows in differences of neighbours.
    static var isCoarse: Bool { get }
    /// The size of one stored row.
    static func rowBytes(cells: Int) -> Int
    /// Reads `cells` values.
    static func decode(
        _ row: UnsafeRawPointer, cells: Int, reference: Scalar, into values: UnsafeMutablePointer<Scalar>)
    /// Writes `cells` values. Formats that keep debts add those of `debts`, rows of as many cells, to the
    /// sums of this one; `row` itself may be among them. `kind` says what the full values can be.
    static func encode(
        _ values: UnsafePointer<Scalar>, cells: Int, reference: Scalar, kind: StoredValues,
        debts: DebtSources<Scalar>, into row: UnsafeMutableRawPointer)
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
    @inlinable public static var isCoarse: Bool { false }
    @inlinable public static func rowBytes(cells: Int) -> Int { cells * MemoryLayout<Scalar>.stride }
    @inlinable @inline(__always) public static func decode(
        _ row: UnsafeRawPointer, cells: Int, reference: Scalar, into values: UnsafeMutablePointer<Scalar>
    ) {
        UnsafeMutableRawPointer(values).copyMemory(from: row, byteCount: rowBytes(cells: cells))
    }
    @inlinable @inline(__always) public static func encode(
        _ values: UnsafePointer<Scalar>, cells: Int, reference: Scalar, kind: StoredValues,
        debts: DebtSources<Scalar>, into row: UnsafeMutableRawPointer
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
    @inlinable public static var isCoarse: Bool { false }
    @inlinable public static func rowBytes(cells: Int) -> Int { cells * 4 }
    @inlinable @inline(__always) public static func decode(
        _ row: UnsafeRawPointer, cells: Int, reference: Double, into values: UnsafeMutablePointer<Double>
    ) {
        let stored = row.assumingMemoryBound(to: Float.self)
        for i in 0..<cells { values[i] = Double(stored[i]) }
    }
    @inlinable @inline(__always) public static func encode(
        _ values: UnsafePointer<Double>, cells: Int, reference: Double, kind: StoredValues,
        debts: DebtSources<Double>, into row: UnsafeMutableRawPointer
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

/// IEEE half precision of the full value over a power of two for each row, so that numbers in any unit fit; kept for comparison.
///
/// A stored row is the exponent of that power (Int32) and the numbers. The largest becomes 2¹² to 2¹³: room for what `add` brings,
/// and 27 octaves below it until digits are lost.
public enum HalfCodec<Scalar: Real>: StorageCodec {
    @inlinable public static var isCoarse: Bool { true }
    @inlinable public static func rowBytes(cells: Int) -> Int { 4 + ((cells * 2 + 3) & ~3) }

    @inlinable @inline(__always) static func exponent(_ row: UnsafeRawPointer) -> Int32 {
        row.assumingMemoryBound(to: Int32.self)[0]
    }

    @inlinable @inline(__always) static func power(_ exponent: Int32) -> Scalar {
        Scalar(single: Float(sign: .plus, exponent: Int(exponent), significand: 1))
    }

    @inlinable @inline(__always) static func numbers(_ row: UnsafeRawPointer) -> UnsafePointer<Float16> {
        (row + 4).assumingMemoryBound(to: Float16.self)
    }

    @inlinable @inline(__always) public static func decode(
        _ row: UnsafeRawPointer, cells: Int, reference: Scalar, into values: UnsafeMutablePointer<Scalar>
    ) {
        let scale = power(exponent(row))
        let stored = numbers(row)
        for i in 0..<cells { values[i] = Scalar(half: stored[i]) * scale - reference }
    }

    @inlinable @inline(__always) public static func encode(
        _ values: UnsafePointer<Scalar>, cells: Int, reference: Scalar, kind: StoredValues,
        debts: DebtSources<Scalar>, into row: UnsafeMutableRawPointer
    ) {
        var largest: Scalar = 0
        for i in 0..<cells { largest = max(largest, (values[i] + reference).magnitude) }
        let size = largest.single
        // What is 0 or no number stays what it is in any unit.
        let exponent = size.isNormal ? max(-100, Int32(size.exponent) - 12) : 0
        row.assumingMemoryBound(to: Int32.self)[0] = exponent
        let inverse = power(-exponent)
        let stored = (row + 4).assumingMemoryBound(to: Float16.self)
        for i in 0..<cells { stored[i] = ((values[i] + reference) * inverse).half }
    }

    @inlinable @inline(__always) public static func value(
        _ row: UnsafeRawPointer, cells: Int, cell: Int, reference: Scalar
    ) -> Scalar { Scalar(half: numbers(row)[cell]) * power(exponent(row)) - reference }

    @inlinable @inline(__always) public static func add(
        _ increment: Scalar, to cell: Int, of row: UnsafeMutableRawPointer, reference: Scalar
    ) {
        let stored = (row + 4).assumingMemoryBound(to: Float16.self)
        stored[cell] = (Scalar(half: stored[cell]) + increment * power(-exponent(row))).half
    }
}
