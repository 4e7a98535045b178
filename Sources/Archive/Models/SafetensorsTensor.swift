/// The number types of the safetensors format that models come in.
public enum SafetensorsType: String, Sendable, CaseIterable {
    /// IEEE binary64.
    case float64 = "F64"
    /// IEEE binary32.
    case float32 = "F32"
    /// IEEE binary16.
    case float16 = "F16"
    /// The upper half of IEEE binary32.
    case bfloat16 = "BF16"

    /// Bytes of one value.
    public var size: Int {
        switch self {
        case .float64: 8
        case .float32: 4
        case .float16, .bfloat16: 2
        }
    }
}

/// A named array of a safetensors file, slowest axis first.
public struct SafetensorsTensor: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// What its values are stored as.
    public let type: SafetensorsType
    /// Its extents; none for a single number.
    public let shape: [Int]
    /// The values, little-endian, as many as the shape says.
    let bytes: [UInt8]

    init(name: String, type: SafetensorsType, shape: [Int], bytes: [UInt8]) {
        self.name = name
        self.type = type
        self.shape = shape
        self.bytes = bytes
    }

    /// A tensor of values, rounded to nearest where the type is narrower.
    public init(
        _ name: String, shape: [Int], values: UnsafeBufferPointer<Float>, type: SafetensorsType = .float32
    ) {
        precondition(values.count == shape.reduce(1, *), "\(name) has as many values as its shape says")
        let bytes: [UInt8] =
            switch type {
            case .float64: Self.bytes(values.count) { Double(values[$0]).bitPattern.littleEndian }
            case .float32: Self.bytes(values.count) { values[$0].bitPattern.littleEndian }
            case .float16: Self.bytes(values.count) { Float16(values[$0]).bitPattern.littleEndian }
            case .bfloat16: Self.bytes(values.count) { Self.upperHalf(values[$0]).littleEndian }
            }
        self.init(name: name, type: type, shape: shape, bytes: bytes)
    }

    /// A tensor of values.
    public init(_ name: String, shape: [Int], _ values: [Float], type: SafetensorsType = .float32) {
        self = values.withUnsafeBufferPointer {
            SafetensorsTensor(name, shape: shape, values: $0, type: type)
        }
    }

    /// Bytes of the values.
    public var byteCount: Int { bytes.count }

    /// The number of values.
    public var count: Int { bytes.count / type.size }

    /// The values; those of `F64` are rounded.
    public var floats: [Float] {
        bytes.withUnsafeBytes { raw in
            (0..<count).map { index in
                switch type {
                case .float64:
                    Float(Double(bitPattern: Self.load(raw, index)))
                case .float32: Float(bitPattern: Self.load(raw, index))
                case .float16: Float(Float16(bitPattern: Self.load(raw, index)))
                case .bfloat16: Float(bitPattern: UInt32(Self.load(raw, index) as UInt16) << 16)
                }
            }
        }
    }

    private static func load<Bits: FixedWidthInteger>(_ raw: UnsafeRawBufferPointer, _ index: Int) -> Bits {
        Bits(littleEndian: raw.loadUnaligned(fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self))
    }

    private static func bytes<Bits: FixedWidthInteger>(_ count: Int, _ value: (Int) -> Bits) -> [UInt8] {
        let size = MemoryLayout<Bits>.size
        return [UInt8](unsafeUninitializedCapacity: count * size) { buffer, used in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            for index in 0..<count {
                raw.storeBytes(of: value(index), toByteOffset: index * size, as: Bits.self)
            }
            used = count * size
        }
    }

    /// Rounded to nearest, ties to even; not-a-number stays one.
    private static func upperHalf(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if value.isNaN { return UInt16(bits >> 16) | 0x40 }
        return UInt16((bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
    }
}
