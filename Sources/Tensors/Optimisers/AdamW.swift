// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Foundation
import Numerics

/// Adam with decoupled weight decay (Kingma & Ba 2015, arXiv:1412.6980; Loshchilov & Hutter 2019, arXiv:1711.05101):
///
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ(1 − ηλ) − η·m̂/(√v̂ + ε), with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
///
/// One pass over the memory of all parameters.
public final class AdamW<Scalar: Real>: Optimiser {
    public var learningRate: Double
    public var steps = 0
    /// β₁ and β₂.
    public let decays: (first: Double, second: Double)
    /// ε.
    public let floor: Double
    /// λ.
    public let weightDecay: Double
    private var memory: (first: AlignedMemory, second: AlignedMemory)?

    /// An optimiser that has not stepped yet.
    public init(
        learningRate: Double = 1e-3, decays: (first: Double, second: Double) = (0.9, 0.999),
        floor: Double = 1e-8, weightDecay: Double = 0.01
    ) {
        self.learningRate = learningRate
        self.decays = decays
        self.floor = floor
        self.weightDecay = weightDecay
    }

    public var state: [String: AlignedMemory] {
        memory.map { ["first-moment": $0.first, "second-moment": $0.second] } ?? [:]
    }
    public var numbers: [Double] {
        get { [] }
        set {}
    }

    public func prepare(_ parameters: ParameterSet<Scalar>) {
        guard memory == nil else { return }
        let bytes = parameters.extent * MemoryLayout<Scalar>.stride
        memory = (AlignedMemory(bytes: bytes), AlignedMemory(bytes: bytes))
    }

    public func step(
        _ parameters: ParameterSet<Scalar>, workers: Workers, gradient: () throws -> Void
    ) rethrows {
        prepare(parameters)
        guard let memory else { return }
        try gradient()
        steps += 1
        let pass = Pass(
            values: parameters.values, gradients: parameters.gradients,
            first: memory.first.values(of: Scalar.self), second: memory.second.values(of: Scalar.self),
            keep: (Scalar(double: decays.first), Scalar(double: decays.second)),
            rate: Scalar(double: learningRate / (1 - pow(decays.first, Double(steps)))),
            correction: Scalar(double: (1 / (1 - pow(decays.second, Double(steps)))).squareRoot()),
            floor: Scalar(double: floor), shrink: Scalar(double: 1 - learningRate * weightDecay))
        let lanes = 16
        workers.run { worker in
            let share = workers.share(of: parameters.extent / lanes, worker: worker)
            pass.run((share.lowerBound * lanes)..<(share.upperBound * lanes))
        }
    }

    /// One step over a part of the memory.
    private struct Pass: @unchecked Sendable {
        let values: UnsafeMutablePointer<Scalar>
        let gradients: UnsafeMutablePointer<Scalar>
        let first: UnsafeMutablePointer<Scalar>
        let second: UnsafeMutablePointer<Scalar>
        let keep: (first: Scalar, second: Scalar)
        let rate: Scalar
        let correction: Scalar
        let floor: Scalar
        let shrink: Scalar

        @_specialize(where Scalar == Float)
        @_specialize(where Scalar == Double)
        func run(_ range: Range<Int>) {
            typealias V = Scalar.Vector
            var i = range.lowerBound
            while i < range.upperBound {
                let g = V(at: gradients + i)
                let m = (V(keep.first) * V(at: first + i)).adding(V(1 - keep.first), times: g)
                let v = (V(keep.second) * V(at: second + i)).adding(V(1 - keep.second), times: g * g)
                let step = V(rate) * m / (v.root * V(correction) + V(floor))
                m.store(at: first + i)
                v.store(at: second + i)
                (V(at: values + i) * V(shrink) - step).store(at: values + i)
                i &+= V.count
            }
        }
    }
}
