import Numerics

/// One layer of a Fourier neural operator on [batch, (z,) (y,) x, channels]:
/// y = σ(F⁻¹ R F x + W x + b) (Li et al. 2021, arXiv:2010.08895), in one pass over the rows of the field each way.
///
/// R couples the channels of every kept frequency (see ``SpectralModes``): `[frequencies of axis 0, …, 2, inputs,
/// outputs]`, where the axis of 2 holds real and imaginary parts. W is [inputs, outputs], b [outputs].
///
/// A row of points along the last axis stays in the cache while it is transformed, multiplied by W and passed through
/// σ. The derivative of σ is kept for the backward pass, and with it the amplitudes F x.
struct FourierLayer<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let transform: SpectralTransform<Scalar>
    let activation: Activation
    let batch: Int
    let from: Int
    let to: Int

    init(x: Value, weights: Value, mixing: Value, bias: Value, modes: [Int], activation: Activation) {
        inputs = [x, weights, mixing, bias]
        self.activation = activation
        batch = x.shape.batch
        from = x.shape.channels
        to = bias.shape.channels
        outputShape = x.shape.with(channels: to)
        transform = SpectralTransform(spatial: x.shape.spatial, modes: modes)
    }

    var inputsReadBackward: [Int] { [0, 1, 2] }
    var savedCount: Int {
        amplitudes(from) + (activation == .none ? 0 : outputShape.count)
    }

    /// Rows of points, their length.
    var lines: Int { batch * transform.lines }
    var width: Int { transform.last.length }
    var wide: Int { max(from, to) }

    /// Values of a tensor [frequency, batch, (real, imaginary), channels].
    func amplitudes(_ channels: Int) -> Int {
        (transform.modes.modes.count * batch * 2 * channels + 31) / 16 * 16
    }

    /// Scratch of a transform, or of the products of one frequency.
    var modeSpace: Int { max(transform.workspaceCount, 2 * batch * (2 * to + from) + 4 * batch * from + 96) }

    /// A worker's scratch: the transform's, a row of points, and partial sums of the gradients of W and b.
    var spaceCount: Int {
        modeSpace + width * wide + (from + 1) * to + 64
    }

    func workspaceCount(workers: Int) -> Int {
        WorkerSpaces<Scalar>.total(spaceCount, workers: workers)
            + transform.stagesCount(batch: batch, channels: wide) + amplitudes(2 * wide) + from * to + 16
    }

    /// The parts of the scratch memory that all workers share.
    struct Scratch {
        let spaces: WorkerSpaces<Scalar>
        let stages: UnsafeMutablePointer<Scalar>
        let amplitudes: UnsafeMutablePointer<Scalar>
        let transposed: UnsafeMutablePointer<Scalar>
        /// Where the stage of the last axis begins.
        let lastStage: UnsafeMutablePointer<Scalar>
    }

    @inline(__always) func scratch(
        _ base: UnsafeMutablePointer<Scalar>, _ workers: Workers, channels: Int
    ) -> Scratch {
        let spaces = WorkerSpaces(workers, base, spaceCount)
        let stages = base + WorkerSpaces<Scalar>.total(spaceCount, workers: workers.count)
        let amplitudes = stages + transform.stagesCount(batch: batch, channels: wide)
        return Scratch(
            spaces: spaces, stages: stages, amplitudes: amplitudes,
            transposed: amplitudes + self.amplitudes(2 * wide),
            lastStage: stages + transform.stage(transform.axes.count - 1, batch: batch, channels: channels))
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let x = frame.inputs[0]
        let shared = scratch(frame.workspace, frame.workers, channels: from)
        let row = transform.last.rows * from
        shared.spaces.share(lines) { items, space in
            for line in items {
                transform.last.analyse(
                    x + line * width * from, xStep: from, shared.lastStage + line * row, yStep: from,
                    width: from,
                    workspace: space)
            }
        }
        transform.analyse(shared.stages, batch: batch, channels: from, workspaces: shared.spaces)
        // Without a backward pass the amplitudes need not be kept, and lie behind the products.
        let amplitudes = frame.isDifferentiating ? frame.saved : shared.amplitudes + self.amplitudes(wide)
        gatherAndMultiply(frame, shared, amplitudes)
        transform.scatter(
            shared.amplitudes, into: shared.stages, batch: batch, channels: to, weighted: true,
            workspaces: shared.spaces)
        transform.synthesise(shared.stages, batch: batch, channels: to, workspaces: shared.spaces)
        finishRows(frame, scratch(frame.workspace, frame.workers, channels: to))
    }

    /// Amplitudes of the input, and their products with R.
    @inline(__always) private func gatherAndMultiply(
        _ frame: Frame<Scalar>, _ shared: Scratch, _ amplitudes: UnsafeMutablePointer<Scalar>
    ) {
        let modes = transform.modes.modes
        shared.spaces.share(modes.count) { items, space in
            for mode in items {
                transform.gather(
                    shared.stages, mode: mode, into: amplitudes, batch: batch, channels: from, weighted: false
                )
                SpectralProducts.forward(
                    amplitudes + mode * batch * 2 * from,
                    frame.inputs[1] + modes[mode].weight * 2 * from * to,
                    shared.amplitudes + mode * batch * 2 * to, batch: batch, from: from, to: to,
                    workspace: space)
            }
        }
    }

    /// The last transform, W x + b and σ, row by row.
    @inline(__always) private func finishRows(_ frame: Frame<Scalar>, _ shared: Scratch) {
        let (row, size) = (transform.last.rows * to, width * to)
        let slopes = frame.isDifferentiating && activation != .none ? frame.saved + amplitudes(from) : nil
        shared.spaces.share(lines) { items, space in
            for line in items {
                let target = frame.output + line * size
                Products.multiply(
                    rows: width, columns: to, depth: from,
                    Products.Strided(frame.inputs[0] + line * width * from, row: from), frame.inputs[2],
                    bRow: to,
                    target, cRow: to, accumulates: false)
                transform.last.synthesise(
                    shared.lastStage + line * row, yStep: to, target, xStep: to, width: to, workspace: space,
                    accumulates: true)
                RowKernels.activate(
                    target, rows: width, channels: to, bias: frame.inputs[3], activation,
                    slope: slopes.map { $0 + line * size })
            }
        }
    }
}
