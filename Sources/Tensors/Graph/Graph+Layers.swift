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
                    activation: activation, precision: precision))
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
        var (prediction, target) = (prediction, target)
        if kind == .sobolev {
            prediction = append(FieldDifferences<Scalar>(prediction, weights: weights))
            target = append(FieldDifferences<Scalar>(target, weights: weights))
        }
        return append(FieldLoss<Scalar>(kind, prediction: prediction, target: target, weights: weights))
    }

    /// A convolution that keeps the extents, with a kernel of `kernel` points an axis, an odd number.
    public func convolution(_ name: String, _ x: Value, to outputs: Int, kernel: Int = 3) -> Value {
        let (inputs, taps) = (x.shape.channels, x.shape.spatial.reduce(1) { product, _ in product * kernel })
        return scope(name) {
            append(
                Convolution<Scalar>(
                    x: x, weights: parameter("weight", Shape(taps, inputs, outputs), .fanIn(taps * inputs)),
                    bias: parameter("bias", Shape(outputs), .fanIn(taps * inputs)), kernel: kernel))
        }
    }

    /// Normalisation over the channels of every point, or over groups of channels and the points of a sample; the latter
    /// with an activation in the same pass.
    public func normalise(
        _ name: String, _ x: Value, groups: Int? = nil, activation: Activation = .none
    ) -> Value {
        if groups == nil, activation != .none { return activate(normalise(name, x), activation) }
        return scope(name) {
            append(
                Normalisation<Scalar>(
                    x, scale: parameter("scale", Shape(x.shape.channels), .constant(1)),
                    offset: parameter("offset", Shape(x.shape.channels), .constant(0)), groups: groups,
                    activation: activation))
        }
    }

    /// Self-attention of [groups, tokens, channels]: the projections to queries, keys and values, the heads, and the
    /// projection of the result.
    ///
    /// - Parameter bias: The biases of windows, with the number of rows of their table.
    public func selfAttention(
        _ name: String, _ x: Value, heads: Int, bias: (AttentionBias, rows: Int)? = nil
    ) -> Value {
        let channels = x.shape.channels
        return scope(name) {
            let projected = dense("projections", x, to: 3 * channels)
            let table = bias.map {
                parameter("bias", Shape($0.rows, heads), .normal(standardDeviation: 0.02))
            }
            let mixed = append(Attention<Scalar>(projected, heads: heads, bias: bias?.0, table: table))
            return dense("output", mixed, to: channels)
        }
    }

    /// x plus a learned value for each of its places, the same for every sample.
    public func positionEmbedding(_ name: String, _ x: Value) -> Value {
        let shape = Shape(Array(x.shape.extents.dropFirst()))
        return append(BroadcastSum<Scalar>(x, parameter(name, shape, .normal(standardDeviation: 0.02))))
    }

    /// Branch and trunk of a deep operator network joined: [batch, outputs × k] and [batch or 1, …, k].
    public func contract(_ name: String, branch: Value, trunk: Value, outputs: Int) -> Value {
        append(
            BranchContraction<Scalar>(
                branch: branch, trunk: trunk, bias: parameter("\(name).bias", Shape(outputs), .constant(0))))
    }

    /// A spectral layer whose weights are a Tucker product: a small core times a matrix for each axis
    /// (Kossaifi et al. 2023, arXiv:2310.00120). The axis of real and imaginary parts is not compressed.
    ///
    /// - Parameter rank: The part of each extent that the core keeps, in (0, 1].
    public func factorisedFourierLayer(
        _ name: String, _ x: Value, to outputs: Int, modes: [Int], rank: Double, activation: Activation
    ) -> Value {
        let inputs = x.shape.channels
        let full = modes.indices.map { SpectralModes.declaredCount(modes, $0) } + [2, inputs, outputs]
        let parts = modes.count
        let core = full.enumerated().map { axis, extent in
            axis == parts ? extent : min(extent, max(1, Int((Double(extent) * rank).rounded(.up))))
        }
        // The product then varies like uniform weights on [0, 1/(inputs·outputs)).
        let terms = core.enumerated().reduce(1.0) { $1.offset == parts ? $0 : $0 * Double($1.element) }
        let deviation = 1 / (Double(inputs * outputs) * 12.0.squareRoot() * terms.squareRoot())
        return scope(name) {
            var weights = parameter("spectral.core", Shape(core), .normal(standardDeviation: deviation))
            for axis in full.indices where axis != parts {
                let factor = parameter(
                    "spectral.factor\(axis)", Shape(core[axis], full[axis]), .normal(standardDeviation: 1))
                weights = append(ModeProduct<Scalar>(weights, factor, axis: axis))
            }
            return append(
                FourierLayer<Scalar>(
                    x: x, weights: weights,
                    mixing: parameter("pointwise.weight", Shape(inputs, outputs), .fanIn(inputs)),
                    bias: parameter("pointwise.bias", Shape(outputs), .fanIn(inputs)), modes: modes,
                    activation: activation))
        }
    }
}
