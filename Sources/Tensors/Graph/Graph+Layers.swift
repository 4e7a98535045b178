import Numerics

/// The operations that models are written in.
extension Graph {
    /// σ(x W + b) on the last axis; parameters `name.weight` and `name.bias`.
    public func dense(
        _ name: String, _ x: Value, to outputs: Int, activation: Activation = .none, bias: Bool = true
    ) -> Value {
        let inputs = x.shape.channels
        return scope(name) {
            append(
                Dense<Scalar>(
                    x: x, weights: parameter("weight", Shape(inputs, outputs), .fanIn(inputs)),
                    bias: bias ? parameter("bias", Shape(outputs), .fanIn(inputs)) : nil,
                    activation: activation))
        }
    }

    /// Two linear layers with an activation between them, the hidden values in the cache only.
    public func perceptron(
        _ name: String, _ x: Value, hidden: Int, to outputs: Int, activation: Activation = .gelu
    ) -> Value {
        let inputs = x.shape.channels
        return scope(name) {
            append(
                Perceptron<Scalar>(
                    x: x,
                    first: (
                        parameter("first.weight", Shape(inputs, hidden), .fanIn(inputs)),
                        parameter("first.bias", Shape(hidden), .fanIn(inputs))
                    ),
                    second: (
                        parameter("second.weight", Shape(hidden, outputs), .fanIn(hidden)),
                        parameter("second.bias", Shape(outputs), .fanIn(hidden))
                    ), activation))
        }
    }

    /// A spectral convolution beside a linear layer, and an activation (see ``FourierLayer``).
    ///
    /// - Parameter modes: Kept frequencies an axis.
    public func fourierLayer(
        _ name: String, _ x: Value, to outputs: Int, modes: [Int], activation: Activation
    ) -> Value {
        let inputs = x.shape.channels
        let frequencies = modes.indices.map { SpectralModes.declaredCount(modes, $0) }
        return scope(name) {
            append(
                FourierLayer<Scalar>(
                    x: x,
                    weights: parameter(
                        "spectral.weight", Shape(frequencies + [2, inputs, outputs]),
                        .uniform(lower: 0, upper: 1 / Double(inputs * outputs))),
                    mixing: parameter("pointwise.weight", Shape(inputs, outputs), .fanIn(inputs)),
                    bias: parameter("pointwise.bias", Shape(outputs), .fanIn(inputs)),
                    modes: modes, activation: activation))
        }
    }

    /// a + b.
    public func add(_ a: Value, _ b: Value) -> Value { append(Sum<Scalar>(a, b)) }

    /// The field with its coordinates as further channels.
    public func appendingCoordinates(_ x: Value, ends: Bool = true) -> Value {
        append(AppendedCoordinates<Scalar>(x, ends: ends))
    }

    /// The loss of a prediction, one number.
    public func loss(_ kind: LossKind, _ prediction: Value, _ target: Value, weights: Value? = nil) -> Value {
        append(FieldLoss<Scalar>(kind, prediction: prediction, target: target, weights: weights))
    }
}
