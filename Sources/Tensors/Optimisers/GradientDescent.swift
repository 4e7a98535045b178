// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics

/// Stochastic gradient descent with momentum (Polyak 1964, doi:10.1016/0041-5553(64)90137-5; in Nesterov's form after
/// Sutskever et al. 2013): g ← g + λθ, v ← μv + g, θ ← θ − η·v, or θ ← θ − η(g + μv).
public final class GradientDescent<Scalar: Real>: Optimiser {
    public var learningRate: Double
    public var steps = 0
    /// μ.
    public let momentum: Double
    /// λ.
    public let weightDecay: Double
    /// Whether the step looks ahead.
    public let isNesterov: Bool
    private var velocity: AlignedMemory?

    /// An optimiser that has not stepped yet.
    public init(
        learningRate: Double = 1e-2, momentum: Double = 0.9, weightDecay: Double = 0, isNesterov: Bool = false
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.weightDecay = weightDecay
        self.isNesterov = isNesterov
    }

    public var state: [String: AlignedMemory] { velocity.map { ["velocity": $0] } ?? [:] }
    public var numbers: [Double] {
        get { [] }
        set {}
    }

    public func prepare(_ parameters: ParameterSet<Scalar>) {
        if velocity == nil {
            velocity = AlignedMemory(bytes: parameters.extent * MemoryLayout<Scalar>.stride)
        }
    }

    public func step(
        _ parameters: ParameterSet<Scalar>, workers: Workers, gradient: () throws -> Void
    ) rethrows {
        prepare(parameters)
        try gradient()
        steps += 1
        descend(parameters)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    private func descend(_ parameters: ParameterSet<Scalar>) {
        guard let velocity else { return }
        typealias V = Scalar.Vector
        let (values, gradients, moving) = (
            parameters.values, parameters.gradients, velocity.values(of: Scalar.self)
        )
        let (rate, keep) = (V(Scalar(double: learningRate)), V(Scalar(double: momentum)))
        let decay = V(Scalar(double: weightDecay))
        for i in stride(from: 0, to: parameters.extent, by: V.count) {
            let gradient = V(at: gradients + i).adding(decay, times: V(at: values + i))
            let speed = gradient.adding(keep, times: V(at: moving + i))
            speed.store(at: moving + i)
            let direction = isNesterov ? gradient.adding(keep, times: speed) : speed
            V(at: values + i).subtracting(rate, times: direction).store(at: values + i)
        }
    }
}
