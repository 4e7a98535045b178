import Foundation
import Numerics
import ONNX

extension Activation {
    /// σ(x).
    func export(to body: inout ONNXBody, _ x: String) -> String {
        switch self {
        case .none: return x
        case .relu: return body.node("Relu", [x])
        case .gelu:
            let scaled = body.node("Mul", [x, body.constant([Float(0.5.squareRoot())], [])])
            let integral = body.node("Add", [body.node("Erf", [scaled]), body.constant([1], [])])
            return body.node("Mul", [body.node("Mul", [x, body.constant([0.5], [])]), integral])
        }
    }
}

extension Activated {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        activation.export(to: &body, inputs[0])
    }
}

extension Dense {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let product = body.node("MatMul", [inputs[0], inputs[1]])
        return activation.export(
            to: &body, inputs.count > 2 ? body.node("Add", [product, inputs[2]]) : product)
    }
}

extension Perceptron {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let first = body.node("Add", [body.node("MatMul", [inputs[0], inputs[1]]), inputs[2]])
        let hidden = activation.export(to: &body, first)
        return body.node("Add", [body.node("MatMul", [hidden, inputs[3]]), inputs[4]])
    }
}

extension Convolution {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let dimension = outputShape.spatial.count
        let kernel = Int(pow(Double(taps), 1 / Double(dimension)).rounded())
        let axes = Array(0..<dimension)
        let cube = body.reshape(inputs[1], axes.map { _ in kernel } + [from, to])
        let weights = body.transpose(cube, [dimension + 1, dimension] + axes)
        let convolved = body.node(
            "Conv", [body.channelsFirst(inputs[0], dimension), weights, inputs[2]],
            [("pads", .integers((axes + axes).map { _ in kernel / 2 }))])
        return body.channelsLast(convolved, dimension)
    }
}

extension Normalisation {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        guard !isByPoint else {
            return body.node(
                "LayerNormalization", inputs, [("axis", .integer(-1)), ("epsilon", .number(Float(epsilon)))])
        }
        let blocks = body.reshape(inputs[0], [-1, rows, groups, width])
        let centred = body.node("Sub", [blocks, body.mean(blocks, axes: [1, 3], keepsAxes: true)])
        let variance = body.mean(body.node("Mul", [centred, centred]), axes: [1, 3], keepsAxes: true)
        let deviation = body.node(
            "Sqrt", [body.node("Add", [variance, body.constant([Float(epsilon)], [])])])
        let normal = body.reshape(body.node("Div", [centred, deviation]), outputShape.open)
        return activation.export(
            to: &body, body.node("Add", [body.node("Mul", [normal, inputs[1]]), inputs[2]]))
    }
}

extension Attention {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let split = body.transpose(body.reshape(inputs[0], [-1, tokens, 3, heads, size]), [2, 0, 3, 1, 4])
        let parts = (0..<3).map { body.gather(split, [$0], extents: [], axis: 0) }
        let turned = body.transpose(parts[1], [0, 1, 3, 2])
        let scale = body.constant([1 / Float(size).squareRoot()], [])
        var scores = body.node("Mul", [body.node("MatMul", [parts[0], turned]), scale])
        if let bias {
            let offsets = body.gather(
                inputs[1], bias.rows.map { Int($0) }, extents: [tokens, tokens], axis: 0)
            scores = separated(body.node("Add", [scores, body.transpose(offsets, [2, 0, 1])]), bias, &body)
        }
        let weights = body.node("Softmax", [scores], [("axis", .integer(-1))])
        let mixed = body.transpose(body.node("MatMul", [weights, parts[2]]), [0, 2, 1, 3])
        return body.reshape(mixed, [-1, tokens, channels])
    }

    /// Scores of tokens that do not see each other become −10⁴.
    private func separated(_ scores: String, _ bias: AttentionBias, _ body: inout ONNXBody) -> String {
        guard !bias.regions.isEmpty else { return scores }
        let windows = bias.regions.count
        var kept: [Float] = []
        for window in 0..<windows {
            for a in 0..<tokens {
                for b in 0..<tokens { kept.append(bias.separates(window, a, b) ? 0 : 1) }
            }
        }
        let extents = [windows, 1, tokens, tokens]
        let (keep, low) = (body.constant(kept, extents), body.constant(kept.map { ($0 - 1) * 1e4 }, extents))
        let grouped = body.reshape(scores, [-1, windows, heads, tokens, tokens])
        let masked = body.node("Add", [body.node("Mul", [grouped, keep]), low])
        return body.reshape(masked, [-1, heads, tokens, tokens])
    }
}

extension ONNXBody {
    /// [batch, (z,) (y,) x, channels] → [batch, channels, (z,) (y,) x].
    public mutating func channelsFirst(_ x: String, _ dimension: Int) -> String {
        transpose(x, [0, dimension + 1] + (1...dimension))
    }

    /// [batch, channels, (z,) (y,) x] → [batch, (z,) (y,) x, channels].
    public mutating func channelsLast(_ x: String, _ dimension: Int) -> String {
        transpose(x, [0] + (2...(dimension + 1)) + [1])
    }
}
