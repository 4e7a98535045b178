import Numerics

/// Rows of neighbouring channels in another order: patches, windows, shifts and their inverses are all of this form.
///
/// The memory of x is read as rows of `channels` values; row i of the result is row `order[i]` of x within its sample.
struct RowPermutation<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let order: [Int32]
    let channels: Int

    /// - Parameters:
    ///   - order: A permutation of the rows of one sample; nil leaves them in order, so that only the shape changes.
    ///   - shape: As many values as x.
    init(_ x: Value, order: [Int]?, channels: Int, shape: Shape) {
        precondition(shape.count == x.shape.count, "\(x.shape) cannot become \(shape)")
        inputs = [x]
        outputShape = shape
        self.order = order?.map(Int32.init) ?? [0]
        self.channels = order == nil ? x.shape.count : channels
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let rows = order.count
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.count / channels) { items, _ in
            for item in items {
                let source = item / rows * rows + Int(order[item % rows])
                (frame.output + item * channels).update(
                    from: frame.inputs[0] + source * channels, count: channels)
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        let rows = order.count
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.count / channels) { items, _ in
            for item in items {
                let target = gradient.base + (item / rows * rows + Int(order[item % rows])) * channels
                let arrived = frame.outputGradient + item * channels
                Elementwise.map(0..<channels, into: target, accumulates: gradient.accumulates) {
                    Scalar.Vector(at: arrived + $0)
                }
            }
        }
    }
}

/// Orders of rows for ``RowPermutation``.
public enum RowOrder {
    /// Points in patches of `patch` points an axis: [patches of axis 0, …, points of a patch]; each extent is divisible.
    ///
    /// - Parameter shift: Points by which the field is moved (cyclically) before it is cut.
    public static func patches(spatial: [Int], patch: [Int], shift: [Int]? = nil) -> [Int] {
        let counts = zip(spatial, patch).map { $0 / $1 }
        var order: [Int] = []
        order.reserveCapacity(spatial.reduce(1, *))
        for block in tuples(counts) {
            for point in tuples(patch) {
                var row = 0
                for axis in spatial.indices {
                    let at = block[axis] * patch[axis] + point[axis] + (shift?[axis] ?? 0)
                    row = row * spatial[axis] + at % spatial[axis]
                }
                order.append(row)
            }
        }
        return order
    }

    /// The order that undoes another.
    public static func inverse(_ order: [Int]) -> [Int] {
        var inverse = order
        for (target, source) in order.enumerated() { inverse[source] = target }
        return inverse
    }

    /// All index tuples below the extents, the last index fastest.
    public static func tuples(_ extents: [Int]) -> [[Int]] {
        extents.reduce([[]]) { lists, extent in lists.flatMap { list in (0..<extent).map { list + [$0] } } }
    }
}
