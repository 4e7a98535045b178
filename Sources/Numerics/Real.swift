// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// A number that kernels compute with: `Float` or `Double`, with conversions that never go through the
/// standard library's generic (bit by bit) path.
public protocol Real: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
    /// The vector of this number that kernels use.
    associatedtype Vector: Lanes where Vector.Element == Self
    /// From half precision, exactly.
    init(half: Float16)
    /// From single precision, exactly.
    init(single: Float)
    /// From double precision, rounded.
    init(double: Double)
    /// From a 16-bit integer, exactly.
    init(word: UInt16)
    /// Rounded to half precision.
    var half: Float16 { get }
    /// Rounded to single precision.
    var single: Float { get }
    /// In double precision, exactly.
    var double: Double { get }
    /// Rounded toward zero.
    var truncated: Int32 { get }
    /// Magnitudes under this are set to zero where a decaying field would reach subnormal numbers, which are
    /// slow.
    static var negligible: Self { get }
}

extension Float: Real {
    public typealias Vector = SIMD16<Float>
    @inlinable @inline(__always) public init(half: Float16) { self.init(half) }
    @inlinable @inline(__always) public init(single: Float) { self = single }
    @inlinable @inline(__always) public init(double: Double) { self.init(double) }
    @inlinable @inline(__always) public init(word: UInt16) { self.init(word) }
    @inlinable @inline(__always) public var half: Float16 { Float16(self) }
    @inlinable @inline(__always) public var single: Float { self }
    @inlinable @inline(__always) public var double: Double { Double(self) }
    @inlinable @inline(__always) public var truncated: Int32 { Int32(self) }
    @inlinable @inline(__always) public static var negligible: Float { 1e-30 }
}

extension Double: Real {
    public typealias Vector = SIMD8<Double>
    @inlinable @inline(__always) public init(half: Float16) { self.init(half) }
    @inlinable @inline(__always) public init(single: Float) { self.init(single) }
    @inlinable @inline(__always) public init(double: Double) { self = double }
    @inlinable @inline(__always) public init(word: UInt16) { self.init(word) }
    @inlinable @inline(__always) public var half: Float16 { Float16(self) }
    @inlinable @inline(__always) public var single: Float { Float(self) }
    @inlinable @inline(__always) public var double: Double { self }
    @inlinable @inline(__always) public var truncated: Int32 { Int32(self) }
    @inlinable @inline(__always) public static var negligible: Double { 1e-200 }
}
