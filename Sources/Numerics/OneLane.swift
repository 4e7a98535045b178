// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// A vector of one value: what is written once for `Lanes` serves single cells too.
@frozen public struct OneLane<Element: Real>: Lanes {
    public typealias Mask = Bool

    /// The value.
    public var value: Element

    @inlinable @inline(__always) public static var count: Int { 1 }
    @inlinable @inline(__always) public init(_ value: Element) { self.value = value }
    @inlinable @inline(__always) public init(at pointer: UnsafePointer<Element>) { value = pointer.pointee }
    @inlinable @inline(__always) public func store(at pointer: UnsafeMutablePointer<Element>) {
        pointer.pointee = value
    }
    @inlinable @inline(__always) public static func + (a: Self, b: Self) -> Self { Self(a.value + b.value) }
    @inlinable @inline(__always) public static func - (a: Self, b: Self) -> Self { Self(a.value - b.value) }
    @inlinable @inline(__always) public static func * (a: Self, b: Self) -> Self { Self(a.value * b.value) }
    @inlinable @inline(__always) public static func / (a: Self, b: Self) -> Self { Self(a.value / b.value) }
    @inlinable @inline(__always) public func adding(_ a: Self, times b: Self) -> Self {
        Self(value + a.value * b.value)
    }
    @inlinable @inline(__always) public func subtracting(_ a: Self, times b: Self) -> Self {
        Self(value - a.value * b.value)
    }
    @inlinable @inline(__always) public var root: Self { Self(value.squareRoot()) }
    @inlinable @inline(__always) public var nearest: Self { Self(value.rounded(.toNearestOrEven)) }
    @inlinable @inline(__always) public var magnitudes: Self { Self(value.magnitude) }
    @inlinable @inline(__always) public static func smaller(_ a: Self, _ b: Self) -> Self {
        b.value < a.value ? b : a
    }
    @inlinable @inline(__always) public static func larger(_ a: Self, _ b: Self) -> Self {
        a.value < b.value ? b : a
    }
    @inlinable @inline(__always) public static func less(_ a: Self, _ b: Self) -> Bool { a.value < b.value }
    @inlinable @inline(__always) public static func or(_ a: Bool, _ b: Bool) -> Bool { a || b }
    @inlinable @inline(__always) public static func choose(_ mask: Bool, _ a: Self, _ b: Self) -> Self {
        mask ? a : b
    }
    @inlinable @inline(__always) public static func any(_ mask: Bool) -> Bool { mask }
    @inlinable @inline(__always) public static func all(_ mask: Bool) -> Bool { mask }
    @inlinable @inline(__always) public static func count(_ mask: Bool, first limit: Int) -> Int {
        mask && limit > 0 ? 1 : 0
    }
    @inlinable @inline(__always) public var largest: Element { value }
    @inlinable @inline(__always) public var smallest: Element { value }
    @inlinable @inline(__always) public var total: Element { value }
    @inlinable @inline(__always) public func storeWords(at pointer: UnsafeMutablePointer<UInt16>) {
        pointer.pointee = UInt16(truncatingIfNeeded: value.truncated)
    }
}
