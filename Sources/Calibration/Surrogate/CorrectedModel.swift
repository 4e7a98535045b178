/// A surrogate with what the true model has shown to be missing.
struct CorrectedModel: Model {
    let surrogate: any Model
    let study: Study
    /// One for each site.
    var discrepancies: [Discrepancy]

    init(_ surrogate: any Model, _ study: Study) {
        (self.surrogate, self.study) = (surrogate, study)
        discrepancies = study.sites.map { _ in Discrepancy() }
    }

    var offersDerivatives: Bool { surrogate.offersDerivatives }

    func makeRunner(worker: Int) throws -> any ModelRunner {
        Runner(model: self, inner: try surrogate.makeRunner(worker: worker))
    }

    /// The free parameters of a request in unit coordinates.
    func place(_ request: ModelRequest) -> [Double] {
        zip(study.sites[request.site].bindings, request.parameters).compactMap { binding, entry in
            let parameter = study.space.parameters[binding.parameter]
            return parameter.role == .free ? parameter.coordinate(of: entry.value) : nil
        }
    }

    private final class Runner: ModelRunner {
        private let model: CorrectedModel
        private let inner: any ModelRunner

        init(model: CorrectedModel, inner: any ModelRunner) { (self.model, self.inner) = (model, inner) }

        func run(_ request: ModelRequest, isCancelled: () -> Bool) -> ModelReply? {
            let reply = inner.run(request, isCancelled: isCancelled)
            guard case .outputs(let outputs)? = reply else { return reply }
            let discrepancy = model.discrepancies[request.site]
            return .outputs(discrepancy.corrected(outputs, at: model.place(request)))
        }

        func pullback(_ request: ModelRequest, _ cotangents: [String: [Double]]) -> [Double]? {
            guard var gradient = inner.pullback(request, cotangents) else { return nil }
            let discrepancy = model.discrepancies[request.site]
            guard !discrepancy.isEmpty else { return gradient }
            let slopes = discrepancy.pullback(cotangents)
            let space = model.study.space
            var coordinate = 0
            for (index, binding) in model.study.sites[request.site].bindings.enumerated() {
                let parameter = space.parameters[binding.parameter]
                guard parameter.role == .free else { continue }
                let unit = parameter.coordinate(of: request.parameters[index].value)
                gradient[index] += slopes[coordinate] / parameter.slope(at: unit)
                coordinate += 1
            }
            return gradient
        }

        func end() { inner.end() }
    }
}

/// Keeps nothing: a surrogate is cheaper to run again than to read.
final class NoStore: EvaluationStore {
    func reply(to request: ModelRequest) -> ModelReply? { nil }
    func keep(_ reply: ModelReply, to request: ModelRequest) {}
}
