import Numerics

extension FourierLayer {
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        let shared = scratch(frame.backwardWorkspace, frame.workers, channels: to)
        RowKernels.transpose(frame.inputs[2], rows: from, columns: to, into: shared.transposed)
        startRows(frame, shared)
        reducePartialSums(frame, shared)
        transform.analyse(shared.stages, batch: batch, channels: to, workspaces: shared.spaces)
        let ofInput = shared.amplitudes + amplitudes(wide)
        multiplyBack(frame, shared, ofInput)
        guard let gradient = frame.gradients[0] else { return }
        transform.scatter(
            ofInput, into: shared.stages, batch: batch, channels: from, weighted: false,
            workspaces: shared.spaces)
        transform.synthesise(shared.stages, batch: batch, channels: from, workspaces: shared.spaces)
        finishRowsBack(gradient, scratch(frame.backwardWorkspace, frame.workers, channels: from))
    }

    /// Where a worker sums up the gradients of W and b.
    @inline(__always) private func partialSums(_ space: UnsafeMutablePointer<Scalar>) -> UnsafeMutablePointer<
        Scalar
    > {
        space + spaceCount - (from + 1) * to - 32
    }

    /// du = σ′ ∘ dy row by row; its transform, du Wᵀ, and the gradients of W and b.
    @inline(__always) private func startRows(_ frame: Frame<Scalar>, _ shared: Scratch) {
        let (row, size) = (transform.last.rows * to, width * to)
        let slopes = activation != .none ? frame.saved + amplitudes(from) : nil
        for worker in 0..<frame.workers.count {
            partialSums(shared.spaces.space(worker)).update(repeating: 0, count: (from + 1) * to)
        }
        shared.spaces.share(lines) { items, space in
            let sums = partialSums(space)
            let scaled = space + modeSpace
            for line in items {
                let arrived = frame.outputGradient + line * size
                var du = UnsafePointer(arrived)
                if let slopes {
                    let slope = slopes + line * size
                    Elementwise.map(0..<size, into: scaled) {
                        Scalar.Vector(at: arrived + $0) * Scalar.Vector(at: slope + $0)
                    }
                    du = UnsafePointer(scaled)
                }
                transform.last.analyse(
                    du, xStep: to, shared.lastStage + line * row, yStep: to, width: to, workspace: space)
                let x = frame.inputs[0] + line * width * from
                Products.multiply(
                    rows: from, columns: to, depth: width, Products.Strided(x, row: 1, column: from), du,
                    bRow: to,
                    sums, cRow: to, accumulates: true)
                RowKernels.addRows(du, rows: width, channels: to, to: sums + from * to)
                guard let gradient = frame.gradients[0] else { continue }
                Products.multiply(
                    rows: width, columns: from, depth: to, Products.Strided(du, row: to), shared.transposed,
                    bRow: from, gradient.base + line * width * from, cRow: from,
                    accumulates: gradient.accumulates)
            }
        }
    }

    @inline(__always) private func reducePartialSums(_ frame: Frame<Scalar>, _ shared: Scratch) {
        let parts = frame.workers.count
        RowKernels.reduce(parts, count: from * to, into: frame.gradients[2]) {
            UnsafePointer(partialSums(shared.spaces.space($0)))
        }
        RowKernels.reduce(parts, count: to, into: frame.gradients[3]) {
            UnsafePointer(partialSums(shared.spaces.space($0)) + from * to)
        }
    }

    /// The gradients of R and of the amplitudes of x.
    @inline(__always) private func multiplyBack(
        _ frame: Frame<Scalar>, _ shared: Scratch, _ ofInput: UnsafeMutablePointer<Scalar>
    ) {
        let modes = transform.modes.modes
        let weights = modes.count * 2 * from * to
        if let gradient = frame.gradients[1], !gradient.accumulates, inputs[1].shape.count > weights {
            // Frequencies that the grid does not have.
            gradient.base.update(repeating: 0, count: inputs[1].shape.count)
        }
        shared.spaces.share(modes.count) { items, space in
            for mode in items {
                transform.gather(
                    shared.stages, mode: mode, into: shared.amplitudes, batch: batch, channels: to,
                    weighted: true)
                let place = modes[mode].weight * 2 * from * to
                let arrived = shared.amplitudes + mode * batch * 2 * to
                if let gradient = frame.gradients[1] {
                    SpectralProducts.weights(
                        frame.saved + mode * batch * 2 * from, arrived, gradient.base + place, batch: batch,
                        from: from, to: to, accumulates: gradient.accumulates, workspace: space)
                }
                if frame.gradients[0] != nil {
                    SpectralProducts.backward(
                        arrived, frame.inputs[1] + place, ofInput + mode * batch * 2 * from, batch: batch,
                        from: from,
                        to: to, workspace: space)
                }
            }
        }
    }

    @inline(__always) private func finishRowsBack(_ gradient: GradientPlace<Scalar>, _ shared: Scratch) {
        let row = transform.last.rows * from
        shared.spaces.share(lines) { items, space in
            for line in items {
                transform.last.synthesise(
                    shared.lastStage + line * row, yStep: from, gradient.base + line * width * from,
                    xStep: from,
                    width: from, workspace: space, accumulates: true)
            }
        }
    }
}
