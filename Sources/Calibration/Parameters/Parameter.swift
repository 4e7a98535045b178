/// How a parameter runs through its range.
public enum ParameterScale: String, Sendable, CaseIterable {
    /// u = (p − lower) / (upper − lower).
    case linear
    /// u = ln(p / lower) / ln(upper / lower); both bounds are positive.
    case logarithmic
}

/// What is believed of a parameter before the data: a normal distribution of the parameter, or of its logarithm
/// where its scale is logarithmic.
public struct NormalPrior: Sendable, Equatable {
    /// The mean; on a logarithmic scale the median, in units of the parameter.
    public var mean: Double
    /// The standard deviation; on a logarithmic scale that of ln p.
    public var deviation: Double

    /// A prior; `deviation` is positive.
    public init(mean: Double, deviation: Double) {
        self.mean = mean
        self.deviation = deviation
    }
}

/// What decides the value of a parameter.
public enum ParameterRole: Sendable, Equatable {
    /// The calibration.
    case free
    /// The user: always this value.
    case fixed(Double)
    /// Another free parameter: factor · other + offset.
    case tied(to: String, factor: Double, offset: Double)
}

/// One parameter of a model.
public struct Parameter: Sendable, Equatable {
    /// Its name, unique within a space.
    public var name: String
    /// The smallest value.
    public var lower: Double
    /// The largest value.
    public var upper: Double
    /// How it runs from one to the other.
    public var scale: ParameterScale
    /// What is believed of it before the data.
    public var prior: NormalPrior?
    /// What decides its value.
    public var role: ParameterRole
    /// Where to start; nil leaves it to the method.
    public var initial: Double?

    /// Describes a parameter; ``ParameterSpace`` checks it.
    public init(
        _ name: String, lower: Double, upper: Double, scale: ParameterScale = .linear,
        prior: NormalPrior? = nil, role: ParameterRole = .free, initial: Double? = nil
    ) {
        self.name = name
        self.lower = lower
        self.upper = upper
        self.scale = scale
        self.prior = prior
        self.role = role
        self.initial = initial
    }
}
