/// A parameter that cannot be calibrated as described.
public struct ParameterError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The parameter's name.
    public let parameter: String
    /// The key that is wrong, as a calibration's file calls it.
    public let key: String
    /// What is wrong and how to mend it.
    public let message: String

    /// One sentence for people.
    public var description: String { "parameter \"\(parameter)\", \(key): \(message)" }
}

extension Parameter {
    /// Checks what one parameter can say alone.
    ///
    /// - Throws: ``ParameterError`` for the first mistake.
    func check() throws(ParameterError) {
        if case .fixed(let value) = role {
            try demand(value.isFinite, "fixed", "is \(value); give a finite number")
            return
        }
        if case .tied = role { return }
        try demand(lower.isFinite, "lower", "is \(lower); give a finite number")
        try demand(upper.isFinite, "upper", "is \(upper); give a finite number")
        try demand(
            lower < upper, "lower",
            "\(lower) is not below upper = \(upper); exchange them, or give `fixed` for a constant")
        try demand((upper - lower).isFinite, "upper", "the range is too wide to compute with")
        if scale == .logarithmic {
            try demand(
                lower > 0, "lower",
                "\(lower) has no logarithm; give a positive bound or use scale = \"linear\"")
        }
        if let initial {
            try demand(
                initial >= lower && initial <= upper, "initial",
                "\(initial) is outside of \(lower) … \(upper); move it or widen the bounds")
        }
        if let prior { try check(prior) }
    }

    private func check(_ prior: NormalPrior) throws(ParameterError) {
        try demand(
            prior.deviation > 0 && prior.deviation.isFinite, "prior",
            "the standard deviation is \(prior.deviation); give a positive number")
        try demand(
            prior.mean.isFinite && (scale == .linear || prior.mean > 0), "prior",
            "the mean is \(prior.mean); give a finite number, positive on a logarithmic scale")
    }

    private func demand(_ condition: Bool, _ key: String, _ message: String) throws(ParameterError) {
        if !condition { throw ParameterError(parameter: name, key: key, message: message) }
    }
}
