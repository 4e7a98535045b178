import Numerics

/// Joins the two halves of a deep operator network: y[b, x, o] = Σₖ branch[b, o, k]·trunk[b, x, k] + bias[o]
/// (Lu et al. 2021, doi:10.1038/s42256-021-00302-5).
///
/// The branch is [batch, outputs × k], the trunk [batch or 1, (z,) (y,) x, k]; a trunk of one sample serves all.
struct BranchContraction<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let (batch, points, size, outputs): (Int, Int, Int, Int)
    private let isShared: Bool

    init(branch: Value, trunk: Value, bias: Value) {
        inputs = [branch, trunk, bias]
        (batch, size, outputs) = (branch.shape.batch, trunk.shape.channels, bias.shape.count)
        points = trunk.shape.spatial.reduce(1, *)
        isShared = trunk.shape.batch == 1
        outputShape = Shape([branch.shape.batch] + trunk.shape.spatial + [bias.shape.count])
    }

    var inputsReadBackward: [Int] { [0, 1] }
    func workspaceCount(workers: Int) -> Int { outputs * size + outputs + 64 }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let turned = frame.workspace
        for sample in 0..<batch {
            RowKernels.transpose(
                frame.inputs[0] + sample * outputs * size, rows: outputs, columns: size, into: turned)
            let trunk = frame.inputs[1] + (isShared ? 0 : sample * points * size)
            let y = frame.output + sample * points * outputs
            WorkerSpaces(frame.workers, frame.workspace, 0).share(points) { items, _ in
                let (start, count) = (items.lowerBound, items.count)
                Products.multiply(
                    rows: count, columns: outputs, depth: size,
                    Products.Strided(trunk + start * size, row: size),
                    turned, bRow: outputs, y + start * outputs, cRow: outputs, accumulates: false)
                RowKernels.activate(
                    y + start * outputs, rows: count, channels: outputs, bias: frame.inputs[2], .none,
                    slope: nil)
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        let dy = frame.outputGradient
        for sample in 0..<batch {
            let trunk = frame.inputs[1] + (isShared ? 0 : sample * points * size)
            let arrived = dy + sample * points * outputs
            if let gradient = frame.gradients[0] {
                Products.multiply(
                    rows: outputs, columns: size, depth: points,
                    Products.Strided(arrived, row: 1, column: outputs),
                    trunk, bRow: size, gradient.base + sample * outputs * size, cRow: size,
                    accumulates: gradient.accumulates)
            }
            guard let gradient = frame.gradients[1] else { continue }
            let adds = gradient.accumulates || isShared && sample > 0
            let target = gradient.base + (isShared ? 0 : sample * points * size)
            let branch = frame.inputs[0] + sample * outputs * size
            WorkerSpaces(frame.workers, frame.backwardWorkspace, 0).share(points) { items, _ in
                Products.multiply(
                    rows: items.count, columns: size, depth: outputs,
                    Products.Strided(arrived + items.lowerBound * outputs, row: outputs), branch, bRow: size,
                    target + items.lowerBound * size, cRow: size, accumulates: adds)
            }
        }
        let sums = frame.backwardWorkspace
        sums.update(repeating: 0, count: outputs)
        RowKernels.addRows(dy, rows: batch * points, channels: outputs, to: sums)
        RowKernels.reduce(1, count: outputs, into: frame.gradients[2]) { _ in UnsafePointer(sums) }
    }
}
