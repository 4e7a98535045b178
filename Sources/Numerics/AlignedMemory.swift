/// Memory of one owner, aligned to cache lines and set to zero.
public final class AlignedMemory: @unchecked Sendable {
    /// The first byte.
    public let base: UnsafeMutableRawPointer
    /// The size in bytes.
    public let bytes: Int

    /// - Parameter bytes: how much; a vector's width beyond the end stays readable and writable.
    public init(bytes: Int) {
        self.bytes = bytes
        base = .allocate(byteCount: bytes + 128, alignment: 64)
        base.initializeMemory(as: UInt8.self, repeating: 0, count: bytes + 128)
    }

    deinit { base.deallocate() }

    /// The memory as values of one type.
    public func values<Value>(of type: Value.Type) -> UnsafeMutablePointer<Value> {
        base.assumingMemoryBound(to: type)
    }
}
