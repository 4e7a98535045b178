import Numerics

/// The convolution by unrolled blocks, for kernels of every size in any number of dimensions.
extension Convolution {
    private var batch: Int { outputShape.batch }
    private var depth: Int { taps * from }
    /// Points that are unrolled together: half a megabyte.
    private var block: Int { min(points, max(16, 131_072 / depth)) }
    private var spaceCount: Int { block * depth + 32 + depth * to + to + 64 }
    func unrolledWorkspaceCount(workers: Int) -> Int {
        WorkerSpaces<Scalar>.total(spaceCount, workers: workers)
    }

    /// Calls the body for blocks of the points of some samples: sample, first point, number of points.
    @inline(__always) private func forBlocks(_ items: Range<Int>, _ body: (Int, Int, Int) -> Void) {
        let blocks = (points + block - 1) / block
        for item in items {
            let start = item % blocks * block
            body(item / blocks, start, min(block, points - start))
        }
    }

    @inline(__always) private func unroll(
        _ x: UnsafePointer<Scalar>, _ start: Int, _ count: Int, into rows: UnsafeMutablePointer<Scalar>
    ) {
        for index in 0..<(count * taps) {
            let (source, target) = (Int(neighbours[start * taps + index]), rows + index * from)
            if source < 0 {
                target.update(repeating: 0, count: from)
            } else {
                target.update(from: x + source * from, count: from)
            }
        }
    }

    @inline(__always) func forwardUnrolled(_ frame: Frame<Scalar>) {
        let blocks = (points + block - 1) / block
        WorkerSpaces(frame.workers, frame.workspace, spaceCount).share(batch * blocks) { items, space in
            forBlocks(items) { sample, start, count in
                unroll(frame.inputs[0] + sample * points * from, start, count, into: space)
                let y = frame.output + (sample * points + start) * to
                LargeProducts.multiply(
                    rows: count, columns: to, depth: depth, space, aRow: depth, frame.inputs[1], bRow: to, y,
                    cRow: to,
                    accumulates: false)
                RowKernels.activate(y, rows: count, channels: to, bias: frame.inputs[2], .none, slope: nil)
            }
        }
    }

    /// Samples are shared among the workers, because neighbouring points add to the same gradient.
    @inline(__always) func backwardUnrolled(_ frame: Frame<Scalar>) {
        let spaces = WorkerSpaces(frame.workers, frame.backwardWorkspace, spaceCount)
        let sums = block * depth + 32
        for worker in 0..<frame.workers.count {
            (spaces.space(worker) + sums).update(repeating: 0, count: depth * to + to)
        }
        let blocks = (points + block - 1) / block
        spaces.share(batch) { samples, space in
            if let gradient = frame.gradients[0], !gradient.accumulates {
                let size = points * from
                (gradient.base + samples.lowerBound * size).update(repeating: 0, count: samples.count * size)
            }
            forBlocks((samples.lowerBound * blocks)..<(samples.upperBound * blocks)) { sample, start, count in
                let dy = frame.outputGradient + (sample * points + start) * to
                unroll(frame.inputs[0] + sample * points * from, start, count, into: space)
                LargeProducts.multiply(
                    rows: depth, columns: to, depth: count, space, aRow: depth, transposesA: true, dy,
                    bRow: to,
                    space + sums, cRow: to, accumulates: true)
                RowKernels.addRows(dy, rows: count, channels: to, to: space + sums + depth * to)
                guard let gradient = frame.gradients[0] else { return }
                LargeProducts.multiply(
                    rows: count, columns: depth, depth: to, dy, aRow: to, frame.inputs[1], bRow: to,
                    transposesB: true,
                    space, cRow: depth, accumulates: false)
                scatter(space, start, count, into: gradient.base + sample * points * from)
            }
        }
        RowKernels.reduce(frame.workers.count, count: depth * to, into: frame.gradients[1]) {
            UnsafePointer(spaces.space($0) + sums)
        }
        RowKernels.reduce(frame.workers.count, count: to, into: frame.gradients[2]) {
            UnsafePointer(spaces.space($0) + sums + depth * to)
        }
    }

    @inline(__always) private func scatter(
        _ rows: UnsafePointer<Scalar>, _ start: Int, _ count: Int, into dx: UnsafeMutablePointer<Scalar>
    ) {
        for index in 0..<(count * taps) {
            let target = Int(neighbours[start * taps + index])
            guard target >= 0 else { continue }
            let source = rows + index * from
            Elementwise.map(0..<from, into: dx + target * from, accumulates: true) {
                Scalar.Vector(at: source + $0)
            }
        }
    }
}
