import Numerics

/// The channels of a field followed by the coordinates of its points, one channel an axis, the first axis first.
///
/// Coordinates run over `linspace(0, 1, n)`, both ends included, as in the original Fourier neural operator, or over the
/// cell centres (i + ½)/n.
struct AppendedCoordinates<Scalar: Real>: Operation {
    let inputs: [Value]
    let outputShape: Shape
    let spatial: [Int]
    let ends: Bool

    init(_ x: Value, ends: Bool) {
        inputs = [x]
        spatial = x.shape.spatial
        self.ends = ends
        outputShape = x.shape.with(channels: x.shape.channels + x.shape.spatial.count)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward(_ frame: Frame<Scalar>) {
        let (from, to) = (inputs[0].shape.channels, outputShape.channels)
        let points = spatial.reduce(1, *)
        WorkerSpaces(frame.workers, frame.workspace, 0).share(outputShape.rows) { rows, _ in
            write(rows, frame, from, to, points)
        }
    }

    @inline(__always) private func write(
        _ rows: Range<Int>, _ frame: Frame<Scalar>, _ from: Int, _ to: Int, _ points: Int
    ) {
        for row in rows {
            (frame.output + row * to).update(from: frame.inputs[0] + row * from, count: from)
            var rest = row % points
            for axis in spatial.indices.reversed() {
                frame.output[row * to + from + axis] = coordinate(rest % spatial[axis], of: spatial[axis])
                rest /= spatial[axis]
            }
        }
    }

    func coordinate(_ index: Int, of length: Int) -> Scalar {
        guard ends else { return (Scalar(double: Double(index)) + 0.5) / Scalar(double: Double(length)) }
        return length > 1 ? Scalar(double: Double(index) / Double(length - 1)) : 0
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward(_ frame: Frame<Scalar>) {
        guard let gradient = frame.gradients[0] else { return }
        let (from, to) = (inputs[0].shape.channels, outputShape.channels)
        for row in 0..<outputShape.rows {
            for channel in 0..<from {
                let value = frame.outputGradient[row * to + channel]
                if gradient.accumulates {
                    gradient.base[row * from + channel] += value
                } else {
                    gradient.base[row * from + channel] = value
                }
            }
        }
    }
}
