/// What an HDF5 file of Hugoniot holds, for people and, as JSON, for machines.
public struct FileFacts: Sendable, Codable, Equatable {
    /// The file's path.
    public let path: String
    /// Its size on disk in bytes.
    public let byteCount: Int
    /// `hugoniot-run`, `hugoniot-dataset`, `hugoniot-checkpoint` and so on.
    public let format: String
    /// The version of that format.
    public let formatVersion: Int
    /// Every attribute of the root besides these two and long texts: provenance, storage, status.
    public let attributes: [String: AttributeValue]
    /// Times of the stored snapshots; empty in files without time.
    public let times: [Double]
    /// Every dataset, in the order of their paths.
    public let datasets: [DatasetFacts]

    /// The fields of a run file.
    public var fields: [DatasetFacts] { datasets.filter { $0.path.hasPrefix("/fields/") } }
}

/// What is known about one dataset.
public struct DatasetFacts: Sendable, Codable, Equatable {
    /// Its path in the file.
    public let path: String
    /// The type of its numbers; nil for texts and others.
    public let elementType: ElementType?
    /// Extent along each axis, slowest first.
    public let shape: [Int]
    /// The shape of a chunk; nil where the data lie in one block.
    public let chunk: [Int]?
    /// Deflate level; 0 where not compressed.
    public let deflateLevel: Int
    /// Bytes in the file, after compression.
    public let storedBytes: Int
    /// Smallest finite value of the part that was read; nil where nothing was.
    public let minimum: Double?
    /// Largest finite value of that part.
    public let maximum: Double?
    /// Values of that part that are NaN or infinite.
    public let nonFiniteCount: Int
    /// Whether that part is only the last row, the last snapshot of a field, because the dataset is large.
    public let rangeIsOfLastRow: Bool
}
