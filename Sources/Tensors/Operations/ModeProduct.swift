import Numerics

/// A tensor times a matrix along one axis: y[…, j, …] = Σₐ M[a, j] x[…, a, …].
struct ModeProduct<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let (outer, from, to, inner): (Int, Int, Int, Int)

    init(_ x: Value, _ matrix: Value, axis: Int) {
        inputs = [x, matrix]
        var extents = x.shape.extents
        (from, to) = (extents[axis], matrix.shape[1])
        outer = extents[..<axis].reduce(1, *)
        inner = extents[(axis + 1)...].reduce(1, *)
        extents[axis] = to
        outputShape = Shape(extents)
    }

    var inputsReadBackward: [Int] { [0, 1] }
    func workspaceCount(workers: Int) -> Int { inner * from + 64 }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outer) { items, _ in
            for item in items {
                Products.multiply(
                    rows: to, columns: inner, depth: from,
                    Products.Strided(frame.inputs[1], row: 1, column: to),
                    frame.inputs[0] + item * from * inner, bRow: inner, frame.output + item * to * inner,
                    cRow: inner,
                    accumulates: false)
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        if let gradient = frame.gradients[0] {
            WorkerSpaces(frame.workers, frame.workspace, 0).share(outer) { items, _ in
                for item in items {
                    Products.multiply(
                        rows: from, columns: inner, depth: to, Products.Strided(frame.inputs[1], row: to),
                        frame.outputGradient + item * to * inner, bRow: inner,
                        gradient.base + item * from * inner,
                        cRow: inner, accumulates: gradient.accumulates)
                }
            }
        }
        guard let gradient = frame.gradients[1] else { return }
        for item in 0..<outer {
            LargeProducts.multiply(
                rows: from, columns: to, depth: inner, frame.inputs[0] + item * from * inner, aRow: inner,
                frame.outputGradient + item * to * inner, bRow: inner, transposesB: true, gradient.base,
                cRow: to,
                accumulates: gradient.accumulates || item > 0)
        }
    }
}
