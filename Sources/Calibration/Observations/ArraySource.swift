/// What reads files of arrays for this module, which knows none itself.
public protocol ArraySource: Sendable {
    /// A dataset of numbers of an HDF5 file: its shape, slowest axis first, and its values.
    ///
    /// - Throws: An error whose description tells what there is.
    func array(_ path: String, dataset: String) throws -> (shape: [Int], values: [Double])
    /// What a run of this program says of an output, such as `probe.pressure`: values with their coordinates.
    ///
    /// - Parameters:
    ///   - points: Where a field is looked at.
    ///   - time: When a field is looked at; nil: at the end.
    /// - Throws: An error whose description tells what there is.
    func run(_ path: String, output: String, points: [[Double]], time: Double?) throws -> [ArchivedValue]
}

/// A number of a file with its coordinates.
public struct ArchivedValue: Sendable {
    /// x, y, z, t, where they are known.
    public var coordinates: [String: Double]
    /// The number.
    public var value: Double

    /// A number at a place.
    public init(_ value: Double, at coordinates: [String: Double]) {
        self.value = value
        self.coordinates = coordinates
    }
}
