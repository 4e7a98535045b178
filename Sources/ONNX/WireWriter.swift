/// Writes messages in the wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding), by hand:
/// one message of a handful of fields does not pay for a runtime and generated sources.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    /// A number in groups of seven bits, the lowest first.
    private mutating func variable(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func key(_ field: Int, _ kind: UInt64) { variable(UInt64(field) << 3 | kind) }

    /// A whole number.
    mutating func integer(_ field: Int, _ value: Int) {
        key(field, 0)
        variable(UInt64(bitPattern: Int64(value)))
    }

    /// A 32-bit floating-point number.
    mutating func number(_ field: Int, _ value: Float) {
        key(field, 5)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// A text.
    mutating func text(_ field: Int, _ value: String) { block(field, Array(value.utf8)) }

    /// Bytes with their number before them.
    mutating func block(_ field: Int, _ block: [UInt8]) {
        key(field, 2)
        variable(UInt64(block.count))
        bytes.append(contentsOf: block)
    }

    /// A message within this one.
    mutating func message(_ field: Int, _ body: (inout WireWriter) -> Void) {
        var inner = WireWriter()
        body(&inner)
        block(field, inner.bytes)
    }
}
