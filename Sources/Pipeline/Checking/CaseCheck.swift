import Flow

extension Expectation {
    /// Whether a result is as expected; never for NaN.
    package func holds(_ found: Double) -> Bool {
        guard found.isFinite else { return false }
        if let minimum, found < minimum { return false }
        if let maximum, found > maximum { return false }
        guard let value else { return true }
        return abs(found - value) <= (absolute ? tolerance : tolerance * abs(value))
    }

    /// The expected value for people: "0.0028", "≥ 4.5", "1 … 2".
    var expectedText: String {
        if let value { return significant(value) }
        switch (minimum, maximum) {
        case (let low?, let high?): return "\(significant(low)) … \(significant(high))"
        case (let low?, nil): return "≥ \(significant(low))"
        case (nil, let high?): return "≤ \(significant(high))"
        default: return ""
        }
    }

    /// The tolerance for people: "10 %", "± 0.01"; empty where there is none.
    var toleranceText: String {
        guard value != nil else { return "" }
        return absolute ? "± \(significant(tolerance))" : "\(significant(tolerance * 100)) %"
    }
}
