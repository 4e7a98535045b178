import Numerics

/// A field followed by its derivative along every axis, on a domain of length 1: n(uᵢ₊₁ − uᵢ), and 0 at the last point.
///
/// With weights, one a point, a difference counts only where both of its points have one above 0: none is taken across
/// the wall of a body.
struct FieldDifferences<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    private let spatial: [Int]
    private let channels: Int

    /// - Parameter weights: [batch, …, 1], or nil.
    init(_ x: Value, weights: Value?) {
        inputs = [x] + [weights].compactMap { $0 }
        spatial = x.shape.spatial
        channels = x.shape.channels
        outputShape = x.shape.with(channels: channels * (1 + spatial.count))
    }

    var inputsReadBackward: [Int] { inputs.count > 1 ? [1] : [] }

    /// Calls `body` with every point, its next point along an axis, the place of the difference in the output and n; the
    /// next point is nil where there is none.
    @inline(__always) private func forEachDifference(
        _ rows: Range<Int>, _ frame: Frame<Scalar>, _ body: (Int, Int?, Int, Scalar) -> Void
    ) {
        for (axis, extent) in spatial.enumerated() {
            let stride = spatial[(axis + 1)...].reduce(1, *)
            for row in rows {
                var next: Int?
                if row / stride % extent < extent - 1 { next = row + stride }
                if let other = next, inputs.count > 1,
                    !(frame.inputs[1][row] > 0 && frame.inputs[1][other] > 0)
                {
                    next = nil
                }
                body(
                    row, next, row * outputShape.channels + (1 + axis) * channels,
                    Scalar(double: Double(extent)))
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let (x, y) = (frame.inputs[0], frame.output)
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.rows) { rows, _ in
            for row in rows {
                (y + row * outputShape.channels).update(from: x + row * channels, count: channels)
            }
            forEachDifference(rows, frame) { row, next, place, scale in
                for i in 0..<channels {
                    y[place + i] = next.map { scale * (x[$0 * channels + i] - x[row * channels + i]) } ?? 0
                }
            }
        }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        let (given, target) = (frame.outputGradient, gradient.base)
        let samples = outputShape.batch
        let rowsOfSample = outputShape.rows / samples
        // A difference reaches over to the next point, but never to another sample.
        WorkerSpaces(frame.workers, frame.backwardWorkspace, 0).share(samples) { items, _ in
            let rows = (items.lowerBound * rowsOfSample)..<(items.upperBound * rowsOfSample)
            for row in rows {
                for i in 0..<channels {
                    let value = given[row * outputShape.channels + i]
                    let place = row * channels + i
                    target[place] = gradient.accumulates ? target[place] + value : value
                }
            }
            forEachDifference(rows, frame) { row, next, place, scale in
                guard let next else { return }
                for i in 0..<channels {
                    let value = scale * given[place + i]
                    target[next * channels + i] += value
                    target[row * channels + i] -= value
                }
            }
        }
    }
}
