// The members of conformances are documented at the requirements that they meet.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import Numerics

/// Limited-memory BFGS (Liu & Nocedal 1989, doi:10.1007/BF01589116): the step is −η·H·g, where H is made of the last
/// changes of θ and g by the two-loop recursion. For full batches; there is no line search, and a change whose curvature
/// is not positive is left out.
public final class LimitedMemoryBFGS<Scalar: Real>: Optimiser {
    public var learningRate: Double
    public var steps = 0
    /// How many changes are remembered.
    public let memory: Int
    private var blocks: [AlignedMemory] = []
    /// Numbers of the remembered changes, the oldest first, and their sᵀy.
    private var order: [(slot: Int, curvature: Double)] = []

    /// An optimiser that has not stepped yet.
    public init(learningRate: Double = 1, memory: Int = 10) {
        self.learningRate = learningRate
        self.memory = max(1, memory)
    }

    public var state: [String: AlignedMemory] {
        Dictionary(uniqueKeysWithValues: blocks.enumerated().map { ("block-\($0)", $1) })
    }

    /// Slots and curvatures by turns.
    public var numbers: [Double] {
        get { order.flatMap { [Double($0.slot), $0.curvature] } }
        set {
            order = stride(from: 0, to: newValue.count - 1, by: 2).compactMap {
                guard let slot = Int(exactly: newValue[$0]), (0..<memory).contains(slot) else { return nil }
                return (slot, newValue[$0 + 1])
            }
        }
    }

    public func prepare(_ parameters: ParameterSet<Scalar>) {
        guard blocks.isEmpty else { return }
        let bytes = parameters.extent * MemoryLayout<Scalar>.stride
        blocks = (0..<(2 * memory + 3)).map { _ in AlignedMemory(bytes: bytes) }
    }

    private func change(_ slot: Int) -> UnsafeMutablePointer<Scalar> {
        blocks[2 * slot].values(of: Scalar.self)
    }
    private func turn(_ slot: Int) -> UnsafeMutablePointer<Scalar> {
        blocks[2 * slot + 1].values(of: Scalar.self)
    }
    private func spare(_ index: Int) -> UnsafeMutablePointer<Scalar> {
        blocks[2 * memory + index].values(of: Scalar.self)
    }

    public func step(
        _ parameters: ParameterSet<Scalar>, workers: Workers, gradient: () throws -> Void
    ) rethrows {
        prepare(parameters)
        try gradient()
        let count = parameters.extent
        if steps > 0 { remember(parameters) }
        spare(0).update(from: parameters.values, count: count)
        spare(1).update(from: parameters.gradients, count: count)
        let direction = spare(2)
        direction.update(from: parameters.gradients, count: count)
        applyInverse(to: direction, count)
        // Without curvature yet, the first step is no longer than the rate.
        let length = order.isEmpty ? max(1, parameters.gradientNorm) : 1
        Self.add(direction, -learningRate / length, to: parameters.values, count)
        steps += 1
    }

    private func remember(_ parameters: ParameterSet<Scalar>) {
        let count = parameters.extent
        let slot = order.count < memory ? order.count : order[0].slot
        let (s, y) = (change(slot), turn(slot))
        if order.count == memory { order.removeFirst() }
        Self.subtract(parameters.values, spare(0), into: s, count)
        Self.subtract(parameters.gradients, spare(1), into: y, count)
        let curvature = Self.dot(s, y, count)
        if curvature > 1e-10 * Self.dot(y, y, count) {
            order.append((slot, curvature))
        } else {
            // Slots are handed out by count, so a gap would be overwritten: begin anew.
            order.removeAll()
        }
    }

    private func applyInverse(to q: UnsafeMutablePointer<Scalar>, _ count: Int) {
        var weights: [Double] = []
        for (slot, curvature) in order.reversed() {
            let weight = Self.dot(change(slot), q, count) / curvature
            Self.add(turn(slot), -weight, to: q, count)
            weights.append(weight)
        }
        if let (slot, curvature) = order.last {
            let scale = curvature / Self.dot(turn(slot), turn(slot), count)
            Self.add(q, scale - 1, to: q, count)
        }
        for ((slot, curvature), weight) in zip(order, weights.reversed()) {
            Self.add(change(slot), weight - Self.dot(turn(slot), q, count) / curvature, to: q, count)
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    private static func subtract(
        _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, into c: UnsafeMutablePointer<Scalar>,
        _ count: Int
    ) {
        for i in 0..<count { c[i] = a[i] - b[i] }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    private static func dot(_ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ count: Int) -> Double {
        var sum = 0.0
        for i in 0..<count { sum += a[i].double * b[i].double }
        return sum
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    private static func add(
        _ a: UnsafePointer<Scalar>, _ factor: Double, to b: UnsafeMutablePointer<Scalar>, _ count: Int
    ) {
        let factor = Scalar(double: factor)
        for i in 0..<count { b[i] += factor * a[i] }
    }
}
