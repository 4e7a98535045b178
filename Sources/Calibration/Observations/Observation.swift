/// One observed number.
public struct Observation: Sendable, Equatable {
    /// What an observation says of the true value.
    public enum Bound: String, Sendable, CaseIterable {
        /// It was measured.
        case equal
        /// It is at least this: the instrument was at its upper end.
        case atLeast = "at-least"
        /// It is at most this: below the limit of detection.
        case atMost = "at-most"
    }

    /// The output of the model that it is compared with.
    public var output: String
    /// Which number of that output, from 0.
    public var index: Int
    /// Where and when: x, y, z, t, where they are known.
    public var coordinates: [String: Double]
    /// The observed value.
    public var value: Double
    /// Its standard deviation, of measurement and model together.
    public var deviation: Double
    /// How much it counts: 1 is its share by `deviation`.
    public var weight: Double
    /// What it says of the true value.
    public var bound: Bound
    /// The group that reports sum over.
    public var group: String

    /// One observed number; `deviation` is positive, `weight` not negative.
    public init(
        output: String, index: Int, coordinates: [String: Double] = [:], value: Double, deviation: Double = 1,
        weight: Double = 1, bound: Bound = .equal, group: String = ""
    ) {
        self.output = output
        self.index = index
        self.coordinates = coordinates
        self.value = value
        self.deviation = deviation
        self.weight = weight
        self.bound = bound
        self.group = group
    }
}

/// How large residuals count.
public enum Loss: Sendable, Equatable {
    /// r².
    case squares
    /// r² up to k, 2k|r| − k² beyond (Huber 1964, doi:10.1214/aoms/1177703732).
    case huber(Double)

    /// ∂transform/∂r.
    @inline(__always) func slope(_ residual: Double) -> Double {
        guard case .huber(let limit) = self, abs(residual) > limit else { return 1 }
        return limit / (limit * (2 * abs(residual) - limit)).squareRoot()
    }

    /// The residual whose square is the loss, with the sign of r: least-squares methods then need to know nothing of
    /// losses.
    @inline(__always) func transform(_ residual: Double) -> Double {
        switch self {
        case .squares: return residual
        case .huber(let limit):
            let size = abs(residual)
            guard size > limit else { return residual }
            return (residual < 0 ? -1 : 1) * (limit * (2 * size - limit)).squareRoot()
        }
    }
}

extension Observation {
    /// What the model says of this observation.
    func prediction(_ outputs: [String: [Double]]) throws(ReplyError) -> Double {
        guard let values = outputs[output] else {
            throw ReplyError("the model has no output \"\(output)\"; it has \(outputs.keys.sorted().list)")
        }
        guard values.indices.contains(index) else {
            throw ReplyError(
                "output \"\(output)\" has \(values.count) values, number \(index) is observed (counted from 0)"
            )
        }
        return values[index]
    }

    /// (G − y)/σ; 0 where the model agrees with a bound, and where it left the output out.
    func residual(_ outputs: [String: [Double]]) throws(ReplyError) -> Double {
        let difference = try prediction(outputs) - value
        if difference.isNaN { return 0 }
        switch bound {
        case .equal: return difference / deviation
        case .atLeast: return min(0, difference) / deviation
        case .atMost: return max(0, difference) / deviation
        }
    }
}

/// Answers of a model that do not fit the observations.
public struct ReplyError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ message: String) { description = message }
}

extension [String] {
    /// For messages: a, b and c in quotes.
    var list: String { isEmpty ? "none" : map { "\"\($0)\"" }.joined(separator: ", ") }
}
