// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CVector

/// A fixed number of floating-point values that one vector instruction treats together.
///
/// The standard library's `SIMD` types carry generic operators that are looped over lane by lane when they
/// are reached through a type parameter. The requirements below are witnessed by the concrete types' own
/// operators, so a kernel that is generic over `Lanes` compiles to plain vector instructions once
/// specialised.
public protocol Lanes: Sendable {
    /// The value in one lane.
    associatedtype Element: Real
    /// One truth value a lane.
    associatedtype Mask

    /// The number of lanes.
    static var count: Int { get }
    /// All lanes equal to `value`.
    init(_ value: Element)
    /// Reads `count` values at any alignment.
    init(at pointer: UnsafePointer<Element>)
    /// Writes `count` values at any alignment.
    func store(at pointer: UnsafeMutablePointer<Element>)

    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self
    static func / (a: Self, b: Self) -> Self
    /// `self + a·b`, rounded once where the processor can.
    func adding(_ a: Self, times b: Self) -> Self
    /// `self − a·b`, rounded once where the processor can.
    func subtracting(_ a: Self, times b: Self) -> Self
    /// √self.
    var root: Self { get }
    /// The nearest integer, ties to even.
    var nearest: Self { get }
    /// |self|.
    var magnitudes: Self { get }
    /// The smaller value of each lane.
    static func smaller(_ a: Self, _ b: Self) -> Self
    /// The larger value of each lane.
    static func larger(_ a: Self, _ b: Self) -> Self
    /// Lanes in which a < b.
    static func less(_ a: Self, _ b: Self) -> Mask
    /// Lanes in which either holds.
    static func or(_ a: Mask, _ b: Mask) -> Mask
    /// `a` where the mask holds, `b` elsewhere.
    static func choose(_ mask: Mask, _ a: Self, _ b: Self) -> Self
    /// Whether the mask holds in any lane.
    static func any(_ mask: Mask) -> Bool
    /// Whether the mask holds in every lane.
    static func all(_ mask: Mask) -> Bool
    /// In how many of the first `limit` lanes the mask holds.
    static func count(_ mask: Mask, first limit: Int) -> Int
    /// The largest lane.
    var largest: Element { get }
    /// The smallest lane.
    var smallest: Element { get }
    /// The sum of all lanes, always in the same order.
    var total: Element { get }
    /// Writes whole numbers from 0 to 65535 as 16-bit integers.
    func storeWords(at pointer: UnsafeMutablePointer<UInt16>)
}

extension SIMD16: Lanes where Scalar == Float {
    public typealias Element = Float
    public typealias Mask = SIMDMask<SIMD16<Int32>>

    @inlinable @inline(__always) public static var count: Int { 16 }
    @inlinable @inline(__always) public init(_ value: Float) { self.init(repeating: value) }
    @inlinable @inline(__always) public init(at pointer: UnsafePointer<Float>) {
        self = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD16<Float>.self)
    }
    @inlinable @inline(__always) public func store(at pointer: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: SIMD16<Float>.self)
    }
    @inlinable @inline(__always) public func adding(_ a: Self, times b: Self) -> Self {
        hugoniot_add_product_f(self, a, b)
    }
    @inlinable @inline(__always) public func subtracting(_ a: Self, times b: Self) -> Self {
        hugoniot_subtract_product_f(self, a, b)
    }
    @inlinable @inline(__always) public var root: Self { hugoniot_root_f(self) }
    @inlinable @inline(__always) public var nearest: Self { hugoniot_nearest_f(self) }
    @inlinable @inline(__always) public var magnitudes: Self {
        hugoniot_magnitude_f(self)
    }
    @inlinable @inline(__always) public static func smaller(_ a: Self, _ b: Self) -> Self {
        a.replacing(with: b, where: b .< a)
    }
    @inlinable @inline(__always) public static func larger(_ a: Self, _ b: Self) -> Self {
        a.replacing(with: b, where: a .< b)
    }
    @inlinable @inline(__always) public static func less(_ a: Self, _ b: Self) -> Mask { a .< b }
    @inlinable @inline(__always) public static func or(_ a: Mask, _ b: Mask) -> Mask { a .| b }
    @inlinable @inline(__always) public static func choose(_ mask: Mask, _ a: Self, _ b: Self) -> Self {
        b.replacing(with: a, where: mask)
    }
    @inlinable @inline(__always) public static func any(_ mask: Mask) -> Bool { Swift.any(mask) }
    @inlinable @inline(__always) public static func all(_ mask: Mask) -> Bool { Swift.all(mask) }
    @inlinable @inline(__always) public static func count(_ mask: Mask, first limit: Int) -> Int {
        (0..<Swift.min(limit, count)).reduce(0) { $0 + (mask[$1] ? 1 : 0) }
    }
    @inlinable @inline(__always) public var largest: Float { hugoniot_largest_f(self) }
    @inlinable @inline(__always) public var smallest: Float { hugoniot_smallest_f(self) }
    @inlinable @inline(__always) public var total: Float { hugoniot_total_f(self) }
    @inlinable @inline(__always) public func storeWords(at pointer: UnsafeMutablePointer<UInt16>) {
        UnsafeMutableRawPointer(pointer).storeBytes(
            of: hugoniot_words_f(self), as: SIMD16<UInt16>.self)
    }
}

extension SIMD8: Lanes where Scalar == Double {
    public typealias Element = Double
    public typealias Mask = SIMDMask<SIMD8<Int64>>

    @inlinable @inline(__always) public static var count: Int { 8 }
    @inlinable @inline(__always) public init(_ value: Double) { self.init(repeating: value) }
    @inlinable @inline(__always) public init(at pointer: UnsafePointer<Double>) {
        self = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Double>.self)
    }
    @inlinable @inline(__always) public func store(at pointer: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: SIMD8<Double>.self)
    }
    @inlinable @inline(__always) public func adding(_ a: Self, times b: Self) -> Self {
        hugoniot_add_product_d(self, a, b)
    }
    @inlinable @inline(__always) public func subtracting(_ a: Self, times b: Self) -> Self {
        hugoniot_subtract_product_d(self, a, b)
    }
    @inlinable @inline(__always) public var root: Self { hugoniot_root_d(self) }
    @inlinable @inline(__always) public var nearest: Self { hugoniot_nearest_d(self) }
    @inlinable @inline(__always) public var magnitudes: Self {
        hugoniot_magnitude_d(self)
    }
    @inlinable @inline(__always) public static func smaller(_ a: Self, _ b: Self) -> Self {
        a.replacing(with: b, where: b .< a)
    }
    @inlinable @inline(__always) public static func larger(_ a: Self, _ b: Self) -> Self {
        a.replacing(with: b, where: a .< b)
    }
    @inlinable @inline(__always) public static func less(_ a: Self, _ b: Self) -> Mask { a .< b }
    @inlinable @inline(__always) public static func or(_ a: Mask, _ b: Mask) -> Mask { a .| b }
    @inlinable @inline(__always) public static func choose(_ mask: Mask, _ a: Self, _ b: Self) -> Self {
        b.replacing(with: a, where: mask)
    }
    @inlinable @inline(__always) public static func any(_ mask: Mask) -> Bool { Swift.any(mask) }
    @inlinable @inline(__always) public static func all(_ mask: Mask) -> Bool { Swift.all(mask) }
    @inlinable @inline(__always) public static func count(_ mask: Mask, first limit: Int) -> Int {
        (0..<Swift.min(limit, count)).reduce(0) { $0 + (mask[$1] ? 1 : 0) }
    }
    @inlinable @inline(__always) public var largest: Double { hugoniot_largest_d(self) }
    @inlinable @inline(__always) public var smallest: Double { hugoniot_smallest_d(self) }
    @inlinable @inline(__always) public var total: Double { hugoniot_total_d(self) }
    @inlinable @inline(__always) public func storeWords(at pointer: UnsafeMutablePointer<UInt16>) {
        UnsafeMutableRawPointer(pointer).storeBytes(
            of: hugoniot_words_d(self), as: SIMD8<UInt16>.self)
    }
}
