/// The range of a number. Infinity and not-a-number are never inside.
public struct Limits: Sendable, Equatable {
    /// The smallest value, or the value that has to be exceeded.
    public var lower: Double?
    /// Whether `lower` itself is allowed.
    public var includesLower = true
    /// The largest value.
    public var upper: Double?

    /// Every finite number.
    public static let any = Limits(lower: nil, upper: nil)

    /// Numbers larger than this one, up to another.
    public static func above(_ lower: Double, upTo upper: Double? = nil) -> Limits {
        Limits(lower: lower, includesLower: false, upper: upper)
    }

    /// This number and larger ones.
    public static func atLeast(_ lower: Double) -> Limits { Limits(lower: lower, upper: nil) }

    /// A closed range.
    public static func within(_ range: ClosedRange<Double>) -> Limits {
        Limits(lower: range.lowerBound, upper: range.upperBound)
    }

    /// Whether the number is allowed.
    public func contains(_ value: Double) -> Bool {
        guard value.isFinite else { return false }
        if let lower, value < lower || (value == lower && !includesLower) { return false }
        if let upper, value > upper { return false }
        return true
    }

    /// The range in signs: `> 1`, `0 … 9`.
    public var description: String {
        let first = lower.map { Limits.short($0) }
        let last = upper.map { Limits.short($0) }
        switch (first, last) {
        case (let first?, let last?): return includesLower ? "\(first) … \(last)" : "> \(first), ≤ \(last)"
        case (let first?, nil): return includesLower ? "≥ \(first)" : "> \(first)"
        case (nil, let last?): return "≤ \(last)"
        case (nil, nil): return "finite numbers"
        }
    }

    /// A number without a needless fraction.
    static func short(_ value: Double) -> String {
        guard let whole = Int(exactly: value) else { return "\(value)" }
        return "\(whole)"
    }
}
