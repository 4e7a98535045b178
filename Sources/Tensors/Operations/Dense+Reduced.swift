import Numerics

/// The linear layer with factors in bfloat16. What the backward pass needs of the input and of the activation's slope is
/// kept in that format only, which halves its memory.
extension Dense {
    private typealias Word = ReducedProducts.Word

    private var fromWords: Int { ReducedProducts.depth(from) }
    private var toWords: Int { ReducedProducts.depth(to) }
    private var pairs: Int { ReducedProducts.depth(rows) }
    private var inputWords: Int { (pairs * from + 15) / 16 * 16 }

    /// Pairs of rows of x, then slopes.
    var reducedSavedCount: Int { inputWords + (activation == .none ? 0 : rows * toWords) }

    private var slopeRows: Int { 8 }
    private var reducedSpace: Int { max(slopeRows * to, to) + 32 }

    func reducedWorkspaceCount(workers: Int) -> Int {
        let forward = rows * fromWords + ReducedProducts.panelWords(depth: from, columns: to)
        let backward =
            rows * toWords + ReducedProducts.panelWords(depth: rows, columns: to)
            + ReducedProducts.panelWords(depth: to, columns: from)
        return WorkerSpaces<Scalar>.total(reducedSpace, workers: workers) + max(forward, backward) + 96
    }

    private func single(_ x: UnsafeMutablePointer<Scalar>) -> UnsafeMutablePointer<Float> {
        UnsafeMutableRawPointer(x).assumingMemoryBound(to: Float.self)
    }

    private func words(_ x: UnsafeMutablePointer<Scalar>) -> UnsafeMutablePointer<Word> {
        UnsafeMutableRawPointer(x).assumingMemoryBound(to: Word.self)
    }

    private func panels(_ columns: Int) -> Int {
        (columns + ReducedProducts.panel - 1) / ReducedProducts.panel
    }

    @inline(__always) func forwardReduced(_ frame: Frame<Scalar>) {
        let spaces = WorkerSpaces(frame.workers, frame.workspace, reducedSpace)
        let start = frame.workspace + WorkerSpaces<Scalar>.total(reducedSpace, workers: frame.workers.count)
        let (x, y) = (single(frame.inputs[0]), single(frame.output))
        let left = words(start)
        let right = left + (rows * fromWords + 15) / 16 * 16
        spaces.share(panels(to)) { items, _ in
            ReducedProducts.packPanels(
                items, of: single(frame.inputs[1]), rows: from, columns: to, into: right)
        }
        if frame.isDifferentiating {
            let saved = words(frame.saved)
            spaces.share(pairs) { items, _ in
                let (first, last) = (2 * items.lowerBound, min(rows, 2 * items.upperBound))
                ReducedProducts.packPairs(
                    x + first * from, rows: last - first, columns: from, into: saved + items.lowerBound * from
                )
            }
        }
        spaces.share((rows + 7) / 8) { items, space in
            let (first, last) = (8 * items.lowerBound, min(rows, 8 * items.upperBound))
            ReducedProducts.packRows(
                x + first * from, rows: last - first, columns: from, into: left + first * fromWords)
            ReducedProducts.multiply(
                rows: last - first, columns: to, depth: fromWords, left + first * fromWords, aRow: fromWords,
                right, y + first * to, cRow: to, accumulates: false)
            for row in stride(from: first, to: last, by: slopeRows) {
                finish(frame, row, min(slopeRows, last - row), space)
            }
        }
    }

    /// Bias and activation of some rows, and the slopes to keep.
    @inline(__always) private func finish(
        _ frame: Frame<Scalar>, _ row: Int, _ count: Int, _ slopes: UnsafeMutablePointer<Scalar>
    ) {
        let keeps = frame.isDifferentiating && activation != .none
        RowKernels.activate(
            frame.output + row * to, rows: count, channels: to,
            bias: inputs.count > 2 ? UnsafePointer(frame.inputs[2]) : nil, activation,
            slope: keeps ? slopes : nil)
        guard keeps else { return }
        ReducedProducts.packRows(
            single(slopes), rows: count, columns: to, into: words(frame.saved) + inputWords + row * toWords)
    }

    @inline(__always) func backwardReduced(_ frame: Frame<Scalar>) {
        let spaces = WorkerSpaces(frame.workers, frame.backwardWorkspace, reducedSpace)
        let start =
            frame.backwardWorkspace + WorkerSpaces<Scalar>.total(reducedSpace, workers: frame.workers.count)
        let (du, saved) = (single(frame.outputGradient), words(frame.saved))
        let left = words(start)
        let right = left + (rows * toWords + 15) / 16 * 16
        let turned = right + ReducedProducts.panelWords(depth: rows, columns: to)
        spaces.share(rows) { items, _ in
            let (first, count) = (items.lowerBound, items.count)
            if activation != .none {
                ReducedProducts.scale(
                    du + first * to, rows: count, columns: to, by: saved + inputWords + first * toWords)
            }
            ReducedProducts.packRows(
                du + first * to, rows: count, columns: to, into: left + first * toWords)
        }
        if let gradient = frame.gradients[0] {
            spaces.share(panels(from)) { items, _ in
                ReducedProducts.packTransposed(
                    items, of: single(frame.inputs[1]), rows: from, columns: to, into: turned)
            }
            spaces.share(rows) { items, _ in
                let first = items.lowerBound
                ReducedProducts.multiply(
                    rows: items.count, columns: from, depth: toWords, left + first * toWords, aRow: toWords,
                    turned, single(gradient.base) + first * from, cRow: from,
                    accumulates: gradient.accumulates)
            }
        }
        if let gradient = frame.gradients[1] {
            spaces.share(panels(to)) { items, _ in
                ReducedProducts.packPanels(items, of: du, rows: rows, columns: to, into: right)
            }
            spaces.share((from + 7) / 8) { items, _ in
                let (first, last) = (8 * items.lowerBound, min(from, 8 * items.upperBound))
                ReducedProducts.multiply(
                    rows: last - first, columns: to, depth: pairs, saved + first, aRow: 1, aColumn: from,
                    right,
                    single(gradient.base) + first * to, cRow: to, accumulates: gradient.accumulates)
            }
        }
        guard inputs.count > 2 else { return }
        RowKernels.addRows(
            frame.outputGradient, rows: rows, channels: to, into: frame.gradients[2], frame.workers,
            frame.backwardWorkspace)
    }
}
