import Numerics

/// Every point alone: sums run along the channels.
extension Normalisation {
    /// Σ f(i) over the channels; lanes beyond the last do not count.
    @inline(__always) private func sum(_ value: (Int) -> V) -> Scalar {
        let whole = channels / V.count * V.count
        var (sum, i) = (V(0), 0)
        while i < whole {
            sum = sum + value(i)
            i &+= V.count
        }
        guard whole < channels else { return sum.total }
        return sum.total + RowKernels.total(value(whole), first: channels - whole)
    }

    @inline(__always) func forward(
        _ frame: Frame<Scalar>, point: Int, _ moments: UnsafeMutablePointer<Scalar>
    ) {
        let (x, y) = (frame.inputs[0] + point * channels, frame.output + point * channels)
        let (scale, offset) = (frame.inputs[1], frame.inputs[2])
        // The mean, then the deviation from it, so that no digits cancel.
        let mean = sum { V(at: x + $0) } / size
        let variance = sum {
            let difference = V(at: x + $0) - V(mean)
            return difference * difference
        }
        let inverse = 1 / (variance / size + Scalar(double: epsilon)).squareRoot()
        (moments[2 * point], moments[2 * point + 1]) = (mean, inverse)
        Elementwise.map(0..<channels, into: y) {
            V(at: offset + $0).adding((V(at: x + $0) - V(mean)) * V(inverse), times: V(at: scale + $0))
        }
    }

    @inline(__always) func backward(
        _ frame: Frame<Scalar>, point: Int, _ sums: UnsafeMutablePointer<Scalar>
    ) {
        let (x, dy) = (frame.inputs[0] + point * channels, frame.outputGradient + point * channels)
        let (scale, totals) = (frame.inputs[1], sums + row)
        let (mean, inverse) = (V(frame.saved[2 * point]), V(frame.saved[2 * point + 1]))
        Elementwise.map(0..<channels, into: sums, accumulates: true) {
            V(at: dy + $0) * ((V(at: x + $0) - mean) * inverse)
        }
        Elementwise.map(0..<channels, into: totals, accumulates: true) { V(at: dy + $0) }
        guard let gradient = frame.gradients[0] else { return }
        let a = V(sum { V(at: dy + $0) * V(at: scale + $0) } / size)
        let b = V(sum { V(at: dy + $0) * V(at: scale + $0) * ((V(at: x + $0) - mean) * inverse) } / size)
        let target = gradient.base + point * channels
        Elementwise.map(0..<channels, into: target, accumulates: gradient.accumulates) {
            let hat = (V(at: x + $0) - mean) * inverse
            return (V(at: dy + $0) * V(at: scale + $0) - a - hat * b) * inverse
        }
    }
}
