/// The extents of a tensor, the slowest first.
///
/// Fields are stored channels last: [batch, (z,) (y,) x, channels], contiguous, so that the values of one point are
/// neighbours and every product with a weight matrix reads and writes whole rows.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
    /// One extent an axis.
    public let extents: [Int]

    /// A shape of these extents, which are positive.
    public init(_ extents: [Int]) { self.extents = extents }

    /// A shape of these extents, which are positive.
    public init(_ extents: Int...) { self.extents = extents }

    /// The number of values.
    public var count: Int { extents.reduce(1, *) }
    /// The number of axes.
    public var rank: Int { extents.count }
    /// The extent of the last axis; 1 without axes.
    public var channels: Int { extents.last ?? 1 }
    /// The number of rows along the last axis.
    public var rows: Int { count / max(1, channels) }
    /// The extent of the first axis; 1 without axes.
    public var batch: Int { extents.first ?? 1 }
    /// The extents between the first axis and the last: those of space.
    public var spatial: [Int] { extents.count > 2 ? Array(extents[1..<(extents.count - 1)]) : [] }

    /// The extent of an axis.
    public subscript(axis: Int) -> Int { extents[axis] }

    /// The same shape with another last extent.
    public func with(channels: Int) -> Shape { Shape(extents.dropLast() + [channels]) }

    /// `2 × 64 × 64 × 3`.
    public var description: String { extents.map(String.init).joined(separator: " × ") }
}
