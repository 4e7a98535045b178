/// Derivatives of models that are cheap to run: two runs a parameter.
public enum CentralDifferences {
    /// Σ_i c_i ∂output_i/∂parameter for the parameters of a request; nil where a run fails.
    ///
    /// - Parameters:
    ///   - cotangents: c, of the shape of the outputs.
    ///   - step: Relative to a parameter, absolute where that is 0.
    ///   - indices: The parameters that are wanted, all where nil; the others are 0.
    public static func pullback(
        _ request: ModelRequest, _ cotangents: [String: [Double]], step: Double = 1e-5,
        indices: [Int]? = nil, run: (ModelRequest) -> ModelReply?
    ) -> [Double]? {
        var gradient = [Double](repeating: 0, count: request.parameters.count)
        for index in indices ?? Array(gradient.indices) {
            let value = request.parameters[index].value
            let length = step * (value == 0 ? 1 : abs(value))
            guard let above = sum(request, index, value + length, cotangents, run),
                let below = sum(request, index, value - length, cotangents, run)
            else { return nil }
            gradient[index] = (above - below) / (2 * length)
        }
        return gradient
    }

    /// Σ c · output with one parameter replaced.
    private static func sum(
        _ request: ModelRequest, _ index: Int, _ value: Double, _ cotangents: [String: [Double]],
        _ run: (ModelRequest) -> ModelReply?
    ) -> Double? {
        var moved = request
        moved.parameters[index].value = value
        guard case .outputs(let outputs)? = run(moved) else { return nil }
        var sum = 0.0
        for (name, weights) in cotangents.sorted(by: { $0.key < $1.key }) {
            for (weight, output) in zip(weights, outputs[name] ?? []) where weight != 0 {
                sum += weight * output
            }
        }
        return sum.isFinite ? sum : nil
    }
}
