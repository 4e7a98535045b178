/// A named piece of memory of a checkpoint. The memory belongs to the computation.
public struct StoredArray: @unchecked Sendable {
    /// What it holds.
    public let name: String
    /// The bytes, in the storage format of the run.
    public let bytes: UnsafeRawBufferPointer
    /// Whoever keeps the memory.
    private let owner: AnyObject?

    /// A piece under a name. `owner` is kept alive as long as the array is.
    public init(name: String, bytes: UnsafeRawBufferPointer, owner: AnyObject? = nil) {
        self.name = name
        self.bytes = bytes
        self.owner = owner
    }
}
