import Numerics

/// How a parameter starts.
public enum Initialiser: Sendable, Hashable {
    /// The same value everywhere.
    case constant(Double)
    /// Uniform on [lower, upper).
    case uniform(lower: Double, upper: Double)
    /// Normal with mean 0.
    case normal(standardDeviation: Double)

    /// Uniform on ±1/√inputs: what linear and convolution layers commonly start from
    /// (LeCun et al. 1998, doi:10.1007/3-540-49430-8_2).
    public static func fanIn(_ inputs: Int) -> Initialiser {
        let bound = 1 / Double(max(1, inputs)).squareRoot()
        return .uniform(lower: -bound, upper: bound)
    }

    /// The next value.
    func next(_ stream: inout RandomStream) -> Double {
        switch self {
        case .constant(let value): value
        case .uniform(let lower, let upper): lower + (upper - lower) * stream.uniform()
        case .normal(let deviation): deviation * stream.normal()
        }
    }
}
