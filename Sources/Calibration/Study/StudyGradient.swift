import Numerics

extension Study {
    /// ∂cost/∂u at a point from the pullbacks of the sites' models; nil where one is missing.
    ///
    /// - Parameters:
    ///   - replies: What the sites answered to the requests.
    ///   - pullback: Σ c ∂output/∂parameter of a request, see ``ModelRunner/pullback(_:_:)``.
    func gradient(
        _ replies: [ModelReply], _ requests: [ModelRequest], at point: [Double],
        _ pullback: (ModelRequest, [String: [Double]]) throws -> [Double]?
    ) throws -> [Double]? {
        var total = [Double](repeating: 0, count: space.parameters.count)
        for (request, reply) in zip(requests, replies) {
            guard case .outputs(let outputs) = reply else { return nil }
            let site = sites[request.site]
            var cotangents: [String: [Double]] = [:]
            for set in site.sets {
                let residuals = try set.residuals(outputs)
                try set.pullBack(residuals.scaled(2), outputs: outputs, into: &cotangents)
            }
            guard let gradient = try pullback(request, cotangents) else { return nil }
            // Settings of the site stand behind its parameters.
            for (binding, value) in zip(site.bindings, gradient) { total[binding.parameter] += value }
        }
        let priors = PriorTerms(space.unitPriors)
        let gradient = space.pullback(total, at: point)
        return gradient.adding(2, priors.jacobian.transposeTimes(priors.residuals(at: point)))
    }
}
