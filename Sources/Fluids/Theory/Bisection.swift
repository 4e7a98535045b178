/// Roots of a function of one variable.
public enum Bisection {
    /// The place where `value` changes sign, to the last bit.
    public static func root(between first: Double, and second: Double, _ value: (Double) -> Double) -> Double
    {
        var (low, high) = (first, second)
        let sign = value(low) <= 0
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if (value(middle) <= 0) == sign { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
