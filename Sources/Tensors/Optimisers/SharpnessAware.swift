// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics

/// Sharpness-aware minimisation (Foret et al. 2021, arXiv:2010.01412): the gradient that another optimiser steps along is
/// taken at θ + ρ·g/‖g‖, where the loss is largest nearby.
///
/// Each step takes two gradients, of one and the same function: the batches and random changes of the first are those of
/// the second.
public final class SharpnessAware<Scalar: Real>: Optimiser {
    /// Who steps.
    public let base: any Optimiser<Scalar>
    /// ρ.
    public let radius: Double
    private var origin: AlignedMemory?

    /// Wraps an optimiser.
    public init(_ base: any Optimiser<Scalar>, radius: Double = 0.05) {
        self.base = base
        self.radius = radius
    }

    public var learningRate: Double {
        get { base.learningRate }
        set { base.learningRate = newValue }
    }
    public var steps: Int {
        get { base.steps }
        set { base.steps = newValue }
    }
    public var state: [String: AlignedMemory] { base.state }
    public var numbers: [Double] {
        get { base.numbers }
        set { base.numbers = newValue }
    }

    public func prepare(_ parameters: ParameterSet<Scalar>) {
        base.prepare(parameters)
        if origin == nil { origin = AlignedMemory(bytes: parameters.extent * MemoryLayout<Scalar>.stride) }
    }

    public func step(
        _ parameters: ParameterSet<Scalar>, workers: Workers, gradient: () throws -> Void
    ) rethrows {
        try gradient()
        climb(parameters)
        try base.step(parameters, workers: workers) {
            // Also where the second gradient fails: what is kept then are the values before the step.
            defer { goBack(parameters) }
            try gradient()
        }
    }

    /// Moves the parameters to where the loss is expected to be largest within the radius.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    private func climb(_ parameters: ParameterSet<Scalar>) {
        prepare(parameters)
        guard let origin = origin?.values(of: Scalar.self) else { return }
        let scale = Scalar(double: radius / max(parameters.gradientNorm, 1e-12))
        origin.update(from: parameters.values, count: parameters.extent)
        let gradients = parameters.gradients
        Elementwise.map(0..<parameters.extent, into: parameters.values, accumulates: true) {
            Scalar.Vector(scale) * Scalar.Vector(at: gradients + $0)
        }
    }

    private func goBack(_ parameters: ParameterSet<Scalar>) {
        guard let origin = origin?.values(of: Scalar.self) else { return }
        parameters.values.update(from: origin, count: parameters.extent)
    }
}
