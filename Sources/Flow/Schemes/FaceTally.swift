/// How many faces the kernels of a flux treated in another way than smooth flow asks for.
public struct FaceTally: Sendable, Equatable {
    /// Faces that fell back to first order.
    public var fallbacks = 0
    /// Faces of a linear flux with some of a limited one.
    public var limited = 0

    /// A tally.
    public init(fallbacks: Int = 0, limited: Int = 0) {
        self.fallbacks = fallbacks
        self.limited = limited
    }

    /// Adds another tally.
    public static func += (left: inout FaceTally, right: FaceTally) {
        left.fallbacks += right.fallbacks
        left.limited += right.limited
    }
}
