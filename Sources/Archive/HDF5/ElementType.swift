internal import CHDF5

/// The number types that files hold.
public enum ElementType: String, Sendable, Codable, CaseIterable {
    case float16, float32, float64
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64

    /// Bytes of one element.
    public var size: Int {
        switch self {
        case .int8, .uint8: 1
        case .float16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64: 8
        }
    }
}

/// A Swift number type that can be read from and written to HDF5.
public protocol HDF5Element: BitwiseCopyable, Sendable {
    /// The matching type in files.
    static var elementType: ElementType { get }
    /// Zero, the value of fresh memory before a read fills it.
    static var zeroElement: Self { get }
    /// Values rounded to IEEE binary16, ties to even, for types that HDF5's own conversion would round otherwise: it
    /// rounds ties away from zero. Nil where it does right. Of whole arrays, because a loop over generic elements is slow.
    static func float16(_ values: [Self]) -> [Float16]?
}

extension HDF5Element where Self: Numeric {
    /// Zero.
    public static var zeroElement: Self { .zero }
    /// Whole numbers and halves are left to HDF5.
    public static func float16(_ values: [Self]) -> [Float16]? { nil }
}

extension Float16: HDF5Element {
    /// IEEE binary16.
    public static var elementType: ElementType { .float16 }
}
extension Float: HDF5Element {
    /// IEEE binary32.
    public static var elementType: ElementType { .float32 }
    /// Rounded to even.
    public static func float16(_ values: [Self]) -> [Float16]? { values.map { Float16($0) } }
}
extension Double: HDF5Element {
    /// IEEE binary64.
    public static var elementType: ElementType { .float64 }
    /// Rounded to even.
    public static func float16(_ values: [Self]) -> [Float16]? { values.map { Float16($0) } }
}
extension Int8: HDF5Element {
    /// Signed, 8 bits.
    public static var elementType: ElementType { .int8 }
}
extension Int16: HDF5Element {
    /// Signed, 16 bits.
    public static var elementType: ElementType { .int16 }
}
extension Int32: HDF5Element {
    /// Signed, 32 bits.
    public static var elementType: ElementType { .int32 }
}
extension Int64: HDF5Element {
    /// Signed, 64 bits.
    public static var elementType: ElementType { .int64 }
}
extension UInt8: HDF5Element {
    /// Unsigned, 8 bits.
    public static var elementType: ElementType { .uint8 }
}
extension UInt16: HDF5Element {
    /// Unsigned, 16 bits.
    public static var elementType: ElementType { .uint16 }
}
extension UInt32: HDF5Element {
    /// Unsigned, 32 bits.
    public static var elementType: ElementType { .uint32 }
}
extension UInt64: HDF5Element {
    /// Unsigned, 64 bits.
    public static var elementType: ElementType { .uint64 }
}

extension ElementType {
    /// A datatype handle for memory and file; the machines that Hugoniot runs on are all little-endian.
    func makeDatatype(_ location: HDF5Location) throws -> HDF5Handle {
        if self == .float16 { return try Self.makeFloat16(location) }
        return try HDF5Handle("copy the datatype of", location) { H5Tcopy(nativeType) }
    }

    private var nativeType: hid_t {
        switch self {
        case .float16, .float32: chdf5_native_float()
        case .float64: chdf5_native_double()
        case .int8: chdf5_native_int8()
        case .int16: chdf5_native_int16()
        case .int32: chdf5_native_int32()
        case .int64: chdf5_native_int64()
        case .uint8: chdf5_native_uint8()
        case .uint16: chdf5_native_uint16()
        case .uint32: chdf5_native_uint32()
        case .uint64: chdf5_native_uint64()
        }
    }

    /// IEEE binary16, built from binary32: HDF5 1.10 has no name for it. The order of the calls matters,
    /// because each one checks the type that the former left behind.
    private static func makeFloat16(_ location: HDF5Location) throws -> HDF5Handle {
        let type = try HDF5Handle("copy the datatype of", location) { H5Tcopy(chdf5_ieee_f32le()) }
        try hdf5("define float16 for", location) { H5Tset_fields(type.id, 15, 10, 5, 0, 10) }
        try hdf5("define float16 for", location) { H5Tset_precision(type.id, 16) }
        try hdf5("define float16 for", location) { H5Tset_ebias(type.id, 15) }
        try hdf5("define float16 for", location) { H5Tset_size(type.id, 2) }
        return type
    }

    /// The element type of an HDF5 datatype, or nil for strings, compounds and unusual numbers.
    static func recognise(_ type: HDF5Handle, _ location: HDF5Location) throws -> ElementType? {
        var found: (H5T_class_t, Int, H5T_sign_t) = (H5T_NO_CLASS, 0, H5T_SGN_ERROR)
        try hdf5("read the datatype of", location) { () -> Int32 in
            found.0 = H5Tget_class(type.id)
            found.1 = H5Tget_size(type.id)
            if found.0 == H5T_INTEGER { found.2 = H5Tget_sign(type.id) }
            return 0
        }
        switch (found.0, found.1, found.2 == H5T_SGN_2) {
        case (H5T_FLOAT, 2, _): return .float16
        case (H5T_FLOAT, 4, _): return .float32
        case (H5T_FLOAT, 8, _): return .float64
        case (H5T_INTEGER, 1, let signed): return signed ? .int8 : .uint8
        case (H5T_INTEGER, 2, let signed): return signed ? .int16 : .uint16
        case (H5T_INTEGER, 4, let signed): return signed ? .int32 : .uint32
        case (H5T_INTEGER, 8, let signed): return signed ? .int64 : .uint64
        default: return nil
        }
    }
}
