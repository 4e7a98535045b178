import Numerics

/// What training makes small.
public enum LossKind: String, Sendable, CaseIterable {
    /// Mean over samples of ‖p − t‖₂ / ‖t‖₂.
    case relativeL2 = "relative-l2"
    /// Mean over samples of ‖p − t‖₂² / ‖t‖₂².
    case relativeL2Squared = "relative-l2-squared"
    /// Mean of (p − t)² over all values, or over those that the weights select.
    case meanSquare = "mse"
    /// Mean over samples of ‖p − t‖/‖t‖ with ‖u‖² = ‖u‖₂² + ‖∇u‖₂², on a domain of length 1.
    case sobolev = "h1"

    /// Whether the loss is a mean over the points of all samples, not one over samples: a batch then counts in a greater
    /// one by what its points weigh.
    public var isMeanOverPoints: Bool { self == .meanSquare }
}

/// The difference between prediction and target as one number.
///
/// With weights w ≥ 0, one for every point (a mask of the fluid, or more near walls), every squared value is multiplied
/// by the weight of its point, and the mean of squares divides by the sum of weights. Norms of targets below 10⁻¹² count
/// as that. Sums run over each sample in a fixed order, in double precision.
struct FieldLoss<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape = Shape(1)
    let kind: LossKind

    /// - Parameter weights: [batch, …, 1], or nil.
    init(_ kind: LossKind, prediction: Value, target: Value, weights: Value?) {
        self.kind = kind
        inputs = [prediction, target] + [weights].compactMap { $0 }
    }

    private var batch: Int { inputs[0].shape.batch }
    private var size: Int { inputs[0].shape.count / batch }
    private var channels: Int { inputs[0].shape.channels }

    var inputsReadBackward: [Int] { inputs.count > 2 ? [0, 1, 2] : [0, 1] }
    /// The factor of every sample in the backward pass, as a gradient of the squared error.
    var savedCount: Int { batch }
    func workspaceCount(workers: Int) -> Int { 3 * batch + 16 }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let sums = frame.workspace
        WorkerSpaces(frame.workers, frame.workspace, 0).share(batch) { items, _ in
            for sample in items {
                let (error, norm, weight) = self.sums(frame, sample)
                sums[3 * sample] = Scalar(double: error)
                sums[3 * sample + 1] = Scalar(double: norm)
                sums[3 * sample + 2] = Scalar(double: weight)
            }
        }
        var total = 0.0
        let weights = (0..<batch).reduce(0.0) { $0 + sums[3 * $1 + 2].double }
        for sample in 0..<batch {
            let (error, norm) = (sums[3 * sample].double, max(sums[3 * sample + 1].double, 1e-24))
            let (value, factor) = contribution(error: error, norm: norm, weights: weights)
            total += value
            if frame.isDifferentiating { frame.saved[sample] = Scalar(double: 2 * factor) }
        }
        frame.output.pointee = Scalar(double: total)
    }

    /// What a sample adds to the loss, and the derivative with respect to its squared error.
    private func contribution(error: Double, norm: Double, weights: Double) -> (Double, Double) {
        let count = Double(batch)
        switch kind {
        case .relativeL2, .sobolev:
            let value = (error / norm).squareRoot() / count
            return (value, error > 0 ? value / (2 * error) : 0)
        case .relativeL2Squared: return (error / norm / count, 1 / (norm * count))
        case .meanSquare:
            let all = max(weights, 1e-24) * Double(channels)
            return (error / all, 1 / all)
        }
    }

    /// Σ w (p − t)², Σ w t² and Σ w of one sample.
    @inline(__always) private func sums(
        _ frame: Frame<Scalar>, _ sample: Int
    ) -> (error: Double, norm: Double, weight: Double) {
        let (p, t) = (frame.inputs[0] + sample * size, frame.inputs[1] + sample * size)
        let points = size / channels
        var (error, norm, weight) = (0.0, 0.0, 0.0)
        for point in 0..<points {
            let w = inputs.count > 2 ? frame.inputs[2][sample * points + point].double : 1
            var (square, reference) = (Scalar(0), Scalar(0))
            for i in (point &* channels)..<(point &* channels &+ channels) {
                let difference = p[i] - t[i]
                square += difference * difference
                reference += t[i] * t[i]
            }
            error += w * square.double
            norm += w * reference.double
            weight += w
        }
        return (error, norm, weight)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        let points = size / channels
        let seed = frame.outputGradient.pointee
        WorkerSpaces(frame.workers, frame.workspace, 0).share(batch) { items, _ in
            for sample in items {
                let (p, t) = (frame.inputs[0] + sample * size, frame.inputs[1] + sample * size)
                let (target, factor) = (gradient.base + sample * size, seed * frame.saved[sample])
                for point in 0..<points {
                    let scale = inputs.count > 2 ? factor * frame.inputs[2][sample * points + point] : factor
                    for i in (point &* channels)..<(point &* channels &+ channels) {
                        let value = scale * (p[i] - t[i])
                        target[i] = gradient.accumulates ? target[i] + value : value
                    }
                }
            }
        }
    }
}
