import Schema

/// Formulas as a model: each output is evaluated at the coordinates of its observations.
public struct ExpressionModel: Model {
    /// The coordinates that formulas may use besides the parameters.
    static let coordinates = ["x", "y", "z", "t"]

    private let formulas: ExpressionDescription
    /// Per site and output the coordinates of the observations, by index.
    private let places: [[String: [[Double]]]]

    /// A model of formulas for the observations of a study.
    public init(_ formulas: ExpressionDescription, study: Study) {
        self.formulas = formulas
        places = study.sites.map { site in
            var places: [String: [[Double]]] = [:]
            for observation in site.observations {
                var list = places[observation.output, default: []]
                while list.count <= observation.index { list.append([0, 0, 0, 0]) }
                list[observation.index] = Self.coordinates.map { observation.coordinates[$0] ?? 0 }
                places[observation.output] = list
            }
            return places
        }
    }

    /// See ``Model/makeRunner(worker:)``.
    public func makeRunner(worker: Int) -> any ModelRunner { Runner(model: self) }

    /// See ``Model/offersDerivatives``: formulas are cheap to difference.
    public var offersDerivatives: Bool { true }

    private final class Runner: ModelRunner {
        private let model: ExpressionModel

        init(model: ExpressionModel) { self.model = model }

        func run(_ request: ModelRequest, isCancelled: () -> Bool) -> ModelReply? {
            let given = Dictionary(request.parameters.map { ($0.name, $0.value) }) { first, _ in first }
            let values = model.formulas.variables.map { given[$0] ?? .nan }
            let places = model.places[request.site]
            guard !places.isEmpty else {
                return model.formulas.value.map { .value($0.evaluate(values)) }
                    ?? .failed("nothing was observed, and the model has no value")
            }
            var replies: [String: [Double]] = [:]
            for (name, points) in places {
                guard let formula = model.formulas.outputs[name] else { continue }
                replies[name] = points.map { formula.evaluate(values + $0) }
            }
            return .outputs(replies)
        }

        func pullback(_ request: ModelRequest, _ cotangents: [String: [Double]]) -> [Double]? {
            CentralDifferences.pullback(request, cotangents) { run($0, isCancelled: { false }) }
        }
    }
}
