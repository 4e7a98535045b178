import Foundation
import Schema

/// How a parameter is distributed over the samples.
public enum Distribution: Sendable, Equatable {
    /// Every value of a range alike.
    case uniform(lower: Double, upper: Double)
    /// Every value of a range alike on a logarithmic scale.
    case logUniform(lower: Double, upper: Double)
    /// A normal distribution, cut off at limits where there are some.
    case normal(mean: Double, deviation: Double, lower: Double?, upper: Double?)
    /// One of these numbers, all alike.
    case choice([Double])
    /// One of these words, all alike; the value of the parameter is the index of the word.
    case words([String])
    /// One of `count` values at equal distances, both ends among them.
    case grid(from: Double, to: Double, count: Int)
    /// The values of a column, one for each sample.
    case column([Double])
    /// The value of an expression in the other parameters.
    case expression(String)

    /// How many values it can have; nil where there are infinitely many.
    public var levels: Int? {
        switch self {
        case .choice(let values), .column(let values): values.count
        case .words(let words): words.count
        case .grid(_, _, let count): count
        default: nil
        }
    }

    /// Whether its value follows from those of other parameters.
    public var isExpression: Bool {
        if case .expression = self { true } else { false }
    }

    /// The value below which a share of all samples lies (the inverse of the cumulative distribution).
    ///
    /// - Parameter share: Within (0, 1).
    /// - Returns: Not-a-number for an expression.
    public func quantile(_ share: Double) -> Double {
        switch self {
        case .uniform(let lower, let upper):
            return min(max(lower + share * (upper - lower), lower), upper)
        case .logUniform(let lower, let upper):
            return min(max(lower * exp(share * log(upper / lower)), lower), upper)
        case .normal(let mean, let deviation, let lower, let upper):
            return Self.normal(share, mean, deviation, lower, upper)
        case .choice(let values), .column(let values): return values[Self.level(share, values.count)]
        case .words(let words): return Double(Self.level(share, words.count))
        case .grid(let from, let to, let count):
            let part = Double(Self.level(share, count)) / Double(max(count - 1, 1))
            return from * (1 - part) + to * part
        case .expression: return .nan
        }
    }

    /// Which of `count` intervals of equal length a share lies in.
    private static func level(_ share: Double, _ count: Int) -> Int {
        min(max(Int(share * Double(count)), 0), count - 1)
    }

    private static func normal(
        _ share: Double, _ mean: Double, _ deviation: Double, _ lower: Double?, _ upper: Double?
    ) -> Double {
        let first = lower.map { cumulative(($0 - mean) / deviation) } ?? 0
        let last = upper.map { cumulative(($0 - mean) / deviation) } ?? 1
        let value = mean + deviation * standardNormal(first + share * (last - first))
        return min(max(value, lower ?? -.infinity), upper ?? .infinity)
    }

    /// The share of a standard normal distribution below a value.
    static func cumulative(_ value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

    /// The inverse of ``cumulative(_:)`` by bisection: no table of coefficients, and as exact as `erfc`.
    private static func standardNormal(_ share: Double) -> Double {
        var (low, high) = (-9.0, 9.0)
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { return middle }
            if cumulative(middle) < share { low = middle } else { high = middle }
        }
    }
}

/// A quantity that differs from sample to sample.
public struct CampaignParameter: Sendable, Equatable {
    /// The dotted key of the case, or the name of one of its constants.
    public let name: String
    /// How it is distributed.
    public let distribution: Distribution
    /// The unit; empty where there is none or it is not known.
    public let unit: String

    /// The override that gives it a value.
    func override(_ value: Double) -> String {
        let key = name.contains(".") ? name : "constants.\(name)"
        if case .words(let words) = distribution { return "\(key)=\(quoted(words[Int(value)]))" }
        return "\(key)=\(Self.text(value))"
    }

    /// The name by which expressions know it: as long as the name itself, so that columns stay right.
    var symbol: String { Self.symbol(name) }

    static func symbol(_ name: String) -> String {
        String(name.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
    }

    /// A number as TOML; whole ones without a fraction, since some keys hold integers.
    static func text(_ value: Double) -> String {
        guard let whole = Int(exactly: value), abs(whole) < 1 << 53 else { return "\(value)" }
        return "\(whole)"
    }
}
