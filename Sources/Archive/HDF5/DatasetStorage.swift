/// How a dataset lies in the file.
public struct DatasetStorage: Sendable, Equatable {
    /// Whether rows can be appended along the first axis.
    public var isExtendable: Bool
    /// Shape of one chunk; nil for one contiguous block (not possible when extendable or compressed).
    public var chunk: [Int]?
    /// Deflate level 1 to 9, with the bytes shuffled first; 0 for none.
    public var deflateLevel: Int
    /// Whether the file takes all of its space when it is created. Then what is written later changes neither the
    /// place of anything nor the structure of the file: the order of writing leaves no trace, and a writer that
    /// is killed leaves a readable file. Not possible for compressed data.
    public var isAllocatedEarly: Bool
    /// What stands where nothing has been written; nil for zero.
    public var fill: Double?

    /// Creates a description of storage.
    public init(
        isExtendable: Bool = false, chunk: [Int]? = nil, deflateLevel: Int = 0,
        isAllocatedEarly: Bool = false,
        fill: Double? = nil
    ) {
        self.isExtendable = isExtendable
        self.chunk = chunk
        self.deflateLevel = deflateLevel
        self.isAllocatedEarly = isAllocatedEarly
        self.fill = fill
    }

    /// One contiguous block of fixed shape.
    public static let contiguous = DatasetStorage()

    /// Growing along the first axis, one row a chunk or smaller: a chunk holds at most 1 MiB, the size that
    /// HDF5 caches by default, and is cut along the slowest axes first so that it stays long along x.
    public static func rows(_ rowShape: [Int], _ type: ElementType, deflateLevel: Int) -> DatasetStorage {
        var chunk = rowShape.map { max($0, 1) }
        var axis = 0
        while chunk.reduce(type.size, *) > 1 << 20, axis < chunk.count {
            if chunk[axis] == 1 { axis += 1 } else { chunk[axis] = (chunk[axis] + 1) / 2 }
        }
        return DatasetStorage(isExtendable: true, chunk: [1] + chunk, deflateLevel: deflateLevel)
    }

    /// A growing series of numbers, `chunkLength` a chunk.
    public static func series(chunkLength: Int = 512, deflateLevel: Int = 0) -> DatasetStorage {
        DatasetStorage(isExtendable: true, chunk: [chunkLength], deflateLevel: deflateLevel)
    }
}
