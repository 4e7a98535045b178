import Foundation

/// The parameters of a model, and the unit cube u ∈ [0, 1]^d of the free ones in which every method works.
public struct ParameterSpace: Sendable {
    /// All parameters in the order of their declaration.
    public let parameters: [Parameter]
    /// The positions in ``parameters`` of the free ones; their order is that of the unit coordinates.
    public let freeIndices: [Int]
    private let positions: [String: Int]

    /// Collects and checks parameters.
    ///
    /// - Throws: ``ParameterError`` for the first parameter that cannot be calibrated as described.
    public init(_ parameters: [Parameter]) throws(ParameterError) {
        var positions: [String: Int] = [:]
        for (index, parameter) in parameters.enumerated() {
            try parameter.check()
            guard positions.updateValue(index, forKey: parameter.name) == nil else {
                throw ParameterError(
                    parameter: parameter.name, key: "name", message: "is there twice; rename one of them")
            }
        }
        self.parameters = parameters
        self.positions = positions
        freeIndices = parameters.indices.filter { parameters[$0].role == .free }
        for parameter in parameters { try checkTie(of: parameter) }
        guard !freeIndices.isEmpty else {
            throw ParameterError(
                parameter: parameters.first?.name ?? "", key: "fixed",
                message: "no parameter is free; leave at least one without `fixed` and `tied`")
        }
    }

    /// d, the number of free parameters.
    public var dimension: Int { freeIndices.count }

    /// The names of the free parameters, in the order of the unit coordinates.
    public var freeNames: [String] { freeIndices.map { parameters[$0].name } }

    /// The values of all parameters, in the order of their declaration, at a point of the unit cube.
    public func values(at point: [Double]) -> [Double] {
        var values = [Double](repeating: 0, count: parameters.count)
        for (coordinate, index) in freeIndices.enumerated() {
            values[index] = parameters[index].value(at: point[coordinate])
        }
        for (index, parameter) in parameters.enumerated() {
            switch parameter.role {
            case .free: continue
            case .fixed(let value): values[index] = value
            case .tied(let name, let factor, let offset):
                values[index] = factor * values[positions[name, default: index]] + offset
            }
        }
        return values
    }

    /// The point of the unit cube for values of all parameters; values outside of the bounds go to the bound.
    public func point(for values: [Double]) -> [Double] {
        freeIndices.map { min(1, max(0, parameters[$0].coordinate(of: values[$0]))) }
    }

    /// The start that the user gave, the middle of the range where there is none.
    public var initial: [Double] {
        freeIndices.map { index in
            parameters[index].initial.map(parameters[index].coordinate(of:)) ?? 0.5
        }
    }

    /// Whether the user gave a start for any parameter.
    public var hasInitial: Bool { freeIndices.contains { parameters[$0].initial != nil } }

    /// The priors of the free parameters in unit coordinates.
    public var unitPriors: [NormalPrior?] { freeIndices.map { parameters[$0].unitPrior } }

    /// ∂p/∂u of every free parameter at a point: what turns a derivative by parameters into one by coordinates.
    public func slopes(at point: [Double]) -> [Double] {
        freeIndices.enumerated().map { coordinate, index in parameters[index].slope(at: point[coordinate]) }
    }

    /// The gradient by unit coordinates of something whose gradient by all parameters is known.
    public func pullback(_ gradient: [Double], at point: [Double]) -> [Double] {
        var total = gradient
        for (index, parameter) in parameters.enumerated() {
            if case .tied(let name, let factor, _) = parameter.role, let other = positions[name] {
                total[other] += factor * gradient[index]
            }
        }
        return zip(freeIndices, slopes(at: point)).map { total[$0] * $1 }
    }

    private func checkTie(of parameter: Parameter) throws(ParameterError) {
        guard case .tied(let name, let factor, let offset) = parameter.role else { return }
        guard let other = positions[name], parameters[other].role == .free else {
            throw ParameterError(
                parameter: parameter.name, key: "tied",
                message: "\"\(name)\" is no free parameter; there are "
                    + freeNames.map { "\"\($0)\"" }.joined(separator: ", "))
        }
        guard factor.isFinite, offset.isFinite else {
            throw ParameterError(
                parameter: parameter.name, key: "tied", message: "give a finite factor and offset")
        }
    }
}

extension Parameter {
    /// The value at a unit coordinate; the bounds are met exactly.
    func value(at coordinate: Double) -> Double {
        let value =
            switch scale {
            case .linear: lower + coordinate * (upper - lower)
            case .logarithmic: lower * exp(coordinate * log(upper / lower))
            }
        return min(upper, max(lower, value))
    }

    /// The unit coordinate of a value.
    func coordinate(of value: Double) -> Double {
        switch scale {
        case .linear: (value - lower) / (upper - lower)
        case .logarithmic: log(max(value, .leastNormalMagnitude) / lower) / log(upper / lower)
        }
    }

    /// ∂p/∂u.
    func slope(at coordinate: Double) -> Double {
        switch scale {
        case .linear: upper - lower
        case .logarithmic: value(at: coordinate) * log(upper / lower)
        }
    }

    /// The prior of the unit coordinate.
    var unitPrior: NormalPrior? {
        prior.map { prior in
            let range = scale == .linear ? upper - lower : log(upper / lower)
            return NormalPrior(mean: coordinate(of: prior.mean), deviation: prior.deviation / range)
        }
    }
}
