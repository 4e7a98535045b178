/// A quantity that follows from the state of a flow: all that files, pictures, checks and data sets know of it.
///
/// A new quantity is a declaration in one of the files beside this one, or in one of its own, and its line in
/// ``QuantityRegistry``.
public struct Quantity: Sendable {
    /// Fills a row of values.
    public typealias Kernel =
        @Sendable (_ row: QuantityRow, _ values: UnsafeMutablePointer<Double>) -> Void

    /// What mirrors and turns do to it.
    public enum Symmetry: Sendable, Equatable {
        /// Moves with its points.
        case scalar
        /// A component of a vector.
        case vector(Int)
        /// A component of an axial vector, which a mirror along its axis leaves alone.
        case axialVector(Int)
    }

    /// As in case files, run files and channels.
    public let name: String
    /// The unit in words.
    public let unit: String
    /// The formula or what it means, in one line.
    public let summary: String
    /// The smallest dimension in which it exists.
    public let leastRank: Int
    /// What mirrors and turns do to it.
    public let symmetry: Symmetry
    /// Whether an observer who moves along steadily finds the same value.
    public let isGalilean: Bool
    private let needsOfRank: @Sendable (Int) -> QuantityNeeds
    private let kernel: Kernel

    /// A quantity.
    ///
    /// - Parameters:
    ///   - isGalilean: Whether it is the same in a moving frame.
    ///   - needs: What it is computed from, in so many dimensions.
    ///   - kernel: Computes a row of it. ``QuantityRow/slope(_:)`` gives the slopes in the order of the needs.
    public init(
        _ name: String, unit: String, _ summary: String, leastRank: Int = 1, symmetry: Symmetry = .scalar,
        isGalilean: Bool, needs: @escaping @Sendable (_ rank: Int) -> QuantityNeeds,
        kernel: @escaping Kernel
    ) {
        self.name = name
        self.unit = unit
        self.summary = summary
        self.leastRank = leastRank
        self.symmetry = symmetry
        self.isGalilean = isGalilean
        needsOfRank = needs
        self.kernel = kernel
    }

    /// What it is computed from.
    public func needs(rank: Int) -> QuantityNeeds { needsOfRank(rank) }

    /// Computes a row of it from what ``needs(rank:)`` names.
    public func evaluate(_ row: QuantityRow, into values: UnsafeMutablePointer<Double>) {
        kernel(row, values)
    }

    /// The vector that it is a component of, `velocity` for `velocity_x`; nil for scalars.
    public var vector: String? {
        symmetry == .scalar ? nil : name.split(separator: "_").dropLast().joined(separator: "_")
    }

    static let axes = ["x", "y", "z"]
}

extension Quantity: Equatable {
    /// Whether both have the same name.
    public static func == (a: Quantity, b: Quantity) -> Bool { a.name == b.name }
}

/// One row of cells as kernels see it, in double precision.
public struct QuantityRow {
    /// How many cells.
    public let cells: Int
    /// The dimension.
    public let rank: Int
    /// The fluid.
    public let law: FluidLaw
    private let primitive: UnsafePointer<Double>
    private let slopes: UnsafePointer<Double>

    /// A row.
    ///
    /// - Parameters:
    ///   - primitive: ρ, the velocities, p, Σ; each `cells` long, one after the other.
    ///   - slopes: The derivatives that a quantity asks for, in its order; each `cells` long.
    public init(
        cells: Int, rank: Int, law: FluidLaw, primitive: UnsafePointer<Double>,
        slopes: UnsafePointer<Double>
    ) {
        self.cells = cells
        self.rank = rank
        self.law = law
        self.primitive = primitive
        self.slopes = slopes
    }

    /// The values of a field.
    public func values(_ field: PrimitiveField) -> UnsafePointer<Double> {
        primitive + field.place(rank: rank) * cells
    }

    /// A derivative by its number in the needs of the quantity.
    public func slope(_ number: Int) -> UnsafePointer<Double> { slopes + number * cells }

    /// ρ.
    public var density: UnsafePointer<Double> { values(.density) }
    /// p.
    public var pressure: UnsafePointer<Double> { values(.pressure) }

    /// |u|² of all cells.
    func speedSquared(into result: UnsafeMutablePointer<Double>) {
        sumOfSquares(primitive + cells, rank, into: result)
    }

    /// The sum of the squares of all slopes.
    func slopesSquared(_ count: Int, into result: UnsafeMutablePointer<Double>) {
        sumOfSquares(slopes, count, into: result)
    }

    private func sumOfSquares(
        _ rows: UnsafePointer<Double>, _ count: Int, into result: UnsafeMutablePointer<Double>
    ) {
        for cell in 0..<cells { result[cell] = rows[cell] * rows[cell] }
        for number in 1..<max(count, 1) {
            let row = rows + number * cells
            for cell in 0..<cells { result[cell] += row[cell] * row[cell] }
        }
    }
}
