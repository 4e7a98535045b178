import Numerics

/// Changes parameters along their gradients.
///
/// The state of an optimiser is a list of arrays as long as the memory of the parameters, so that a checkpoint can keep
/// it; memory comes with the first step, and none after.
public protocol Optimiser<Scalar>: AnyObject {
    /// The number that it computes with.
    associatedtype Scalar: Real
    /// The step size; schedules change it between steps.
    var learningRate: Double { get set }
    /// Steps taken.
    var steps: Int { get set }
    /// What it remembers, by name.
    var state: [String: AlignedMemory] { get }
    /// Further numbers that it remembers; none where arrays and steps are all.
    var numbers: [Double] { get set }

    /// Makes the memory of the state, once; a checkpoint is read into it.
    func prepare(_ parameters: ParameterSet<Scalar>)

    /// Takes one step.
    ///
    /// - Parameters:
    ///   - parameters: The values that change, and their gradient.
    ///   - gradient: Computes into the set the gradient at the values that it holds; called as often as the optimiser
    ///     needs one, which may be at other values than those from which it steps. Where it throws, no step is taken and the
    ///     values are what they were.
    func step(_ parameters: ParameterSet<Scalar>, workers: Workers, gradient: () throws -> Void) rethrows
}

extension ParameterSet {
    /// The Euclidean norm of the whole gradient.
    public var gradientNorm: Double {
        var sum = 0.0
        let block = 4096
        for start in stride(from: 0, to: extent, by: block) {
            sum += squares(start..<min(extent, start + block)).double
        }
        return sum.squareRoot()
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    private func squares(_ range: Range<Int>) -> Scalar {
        var sum = Scalar.Vector(0)
        for i in stride(from: range.lowerBound, to: range.upperBound, by: Scalar.Vector.count) {
            let value = Scalar.Vector(at: gradients + i)
            sum = sum.adding(value, times: value)
        }
        return sum.total
    }

    /// Scales the gradient so that its norm is at most `limit`, and returns the norm that it had.
    @discardableResult public func clipGradient(to limit: Double) -> Double {
        let norm = gradientNorm
        guard norm > limit else { return norm }
        scaleGradient(by: Scalar(double: limit / norm))
        return norm
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    private func scaleGradient(by factor: Scalar) {
        let gradients = gradients
        Elementwise.map(0..<extent, into: gradients) {
            Scalar.Vector(at: gradients + $0) * Scalar.Vector(factor)
        }
    }
}
