import Numerics

/// Σ fᵢ vᵢ of single numbers, such as a loss and its penalties.
struct WeightedTotal<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape = Shape(1)
    private let factors: [Double]

    init(_ terms: [(value: Value, factor: Double)]) {
        inputs = terms.map(\.value)
        factors = terms.map(\.factor)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        var total = 0.0
        for (input, factor) in zip(frame.inputs, factors) { total += factor * input.pointee.double }
        frame.output.pointee = Scalar(double: total)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        for (place, factor) in zip(frame.gradients, factors) {
            guard let place else { continue }
            let value = Scalar(double: factor) * frame.outputGradient.pointee
            place.base.pointee = place.accumulates ? place.base.pointee + value : value
        }
    }
}

/// A field, 0 where its weight is: what is predicted in bodies means nothing.
struct MaskedField<Scalar: Real>: Operation {
    let inputs: [Value]
    var outputShape: Shape { inputs[0].shape }
    var inputsReadBackward: [Int] { [1] }

    /// - Parameter weights: [batch, …, 1].
    init(_ field: Value, weights: Value) { inputs = [field, weights] }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let channels = outputShape.channels
        for row in 0..<outputShape.rows {
            let isKept = frame.inputs[1][row] > 0
            for i in (row * channels)..<((row + 1) * channels) {
                frame.output[i] = isKept ? frame.inputs[0][i] : 0
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        let channels = outputShape.channels
        for row in 0..<outputShape.rows {
            let isKept = frame.inputs[1][row] > 0
            for i in (row * channels)..<((row + 1) * channels) {
                let value: Scalar = isKept ? frame.outputGradient[i] : 0
                gradient.base[i] = gradient.accumulates ? gradient.base[i] + value : value
            }
        }
    }
}

extension Graph {
    /// Σ fᵢ vᵢ of values of one number.
    public func total(_ terms: [(value: Value, factor: Double)]) -> Value {
        append(WeightedTotal<Scalar>(terms))
    }

    /// The field, 0 where the weight of a point is 0.
    public func masked(_ field: Value, weights: Value) -> Value {
        append(MaskedField<Scalar>(field, weights: weights))
    }
}
