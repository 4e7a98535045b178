import Numerics

/// Groups of channels over the points of a sample: sums run along the points, in vectors of channels.
extension Normalisation {
    /// Whole groups of a sample, enough to fill a vector.
    struct Slice {
        /// The first block (sample and group).
        let block: Int
        let groups: Int
        /// The first channel.
        let channel: Int
        /// Channels.
        let count: Int
        /// Where the sample's first point has the slice's first channel.
        let start: Int

        init(_ operation: Normalisation, _ index: Int) {
            let (sample, slice) = index.quotientAndRemainder(dividingBy: operation.slicesOfSample)
            let first = slice * operation.groupsOfSlice
            groups = min(operation.groupsOfSlice, operation.groups - first)
            block = sample * operation.groups + first
            channel = first * operation.width
            count = groups * operation.width
            start = sample * operation.rows * operation.channels + channel
        }
    }

    var groupsOfSlice: Int { max(1, 16 / width) }
    var slicesOfSample: Int { (groups + groupsOfSlice - 1) / groupsOfSlice }
    var slices: Int { inputs[0].shape.batch * slicesOfSample }

    /// Σ f(i) over the points of a slice for each channel; i is the place of a vector.
    @inline(__always) private func sums(
        _ slice: Slice, into total: UnsafeMutablePointer<Scalar>, _ value: (_ at: Int, _ channel: Int) -> V
    ) {
        for offset in stride(from: 0, to: slice.count, by: V.count) {
            // Four sums, because each addition waits for the one before.
            var (a, b, c, d) = (V(0), V(0), V(0), V(0))
            var (at, left) = (slice.start &+ offset, rows)
            while left >= 4 {
                a = a + value(at, offset)
                b = b + value(at &+ channels, offset)
                c = c + value(at &+ 2 &* channels, offset)
                d = d + value(at &+ 3 &* channels, offset)
                (at, left) = (at &+ 4 &* channels, left &- 4)
            }
            while left > 0 {
                a = a + value(at, offset)
                (at, left) = (at &+ channels, left &- 1)
            }
            ((a + b) + (c + d)).store(at: total + offset)
        }
    }

    /// Calls the body for each group with its block and its channels within the slice.
    @inline(__always) private func forGroups(_ slice: Slice, _ body: (Int, Range<Int>) -> Void) {
        for group in 0..<slice.groups { body(slice.block + group, (group * width)..<((group + 1) * width)) }
    }

    /// Writes f(place, channel) to every value of a slice.
    @inline(__always) private func write(
        _ slice: Slice, to target: UnsafeMutablePointer<Scalar>, accumulates: Bool,
        _ value: (_ at: Int, _ channel: Int) -> V
    ) {
        for offset in stride(from: 0, to: slice.count, by: V.count) {
            let lanes = min(V.count, slice.count - offset)
            var at = slice.start &+ offset
            for _ in 0..<rows {
                Products.put(value(at, offset), target + at, lanes, accumulates)
                at &+= channels
            }
        }
    }

    /// y = σ(a x + b) with a = γ/√(v + ε) and b = β − μ a, channel by channel.
    @inline(__always) private func factors(
        _ frame: Frame<Scalar>, _ slice: Slice, _ moments: UnsafePointer<Scalar>,
        _ a: UnsafeMutablePointer<Scalar>, _ b: UnsafeMutablePointer<Scalar>
    ) {
        forGroups(slice) { block, members in
            for i in members {
                a[i] = frame.inputs[1][slice.channel + i] * moments[2 * block + 1]
                b[i] = frame.inputs[2][slice.channel + i] - moments[2 * block] * a[i]
            }
        }
    }

    @inline(__always) func forward(
        _ frame: Frame<Scalar>, _ slice: Slice, _ moments: UnsafeMutablePointer<Scalar>,
        _ space: UnsafeMutablePointer<Scalar>
    ) {
        let (x, total, means, a, b) = (frame.inputs[0], space, space + row, space + 2 * row, space + 3 * row)
        sums(slice, into: total) { at, _ in V(at: x + at) }
        forGroups(slice) { block, members in
            let mean = members.reduce(Scalar(0)) { $0 + total[$1] } / size
            moments[2 * block] = mean
            for i in members { means[i] = mean }
        }
        // The mean, then the deviation from it, so that no digits cancel.
        sums(slice, into: total) { at, channel in
            let difference = V(at: x + at) - V(at: means + channel)
            return difference * difference
        }
        forGroups(slice) { block, members in
            let variance = members.reduce(Scalar(0)) { $0 + total[$1] } / size
            moments[2 * block + 1] = 1 / (variance + Scalar(double: epsilon)).squareRoot()
        }
        factors(frame, slice, moments, a, b)
        switch activation {
        case .none:
            write(slice, to: frame.output, accumulates: false) {
                V(at: b + $1).adding(V(at: x + $0), times: V(at: a + $1))
            }
        case .gelu:
            write(slice, to: frame.output, accumulates: false) {
                Activation.gelu.apply(V(at: b + $1).adding(V(at: x + $0), times: V(at: a + $1))).value
            }
        case .relu:
            write(slice, to: frame.output, accumulates: false) {
                Activation.relu.apply(V(at: b + $1).adding(V(at: x + $0), times: V(at: a + $1))).value
            }
        }
    }

    /// The slope of the activation is computed again, which is cheaper than its memory.
    @inline(__always) func backward(
        _ frame: Frame<Scalar>, _ slice: Slice, sums total: UnsafeMutablePointer<Scalar>,
        _ space: UnsafeMutablePointer<Scalar>
    ) {
        let (x, dy) = (frame.inputs[0], frame.outputGradient)
        let (a, b) = (space, space + row)
        factors(frame, slice, frame.saved, a, b)
        switch activation {
        case .none: break
        case .gelu:
            write(slice, to: dy, accumulates: false) {
                let u = V(at: b + $1).adding(V(at: x + $0), times: V(at: a + $1))
                return V(at: dy + $0) * Activation.gelu.apply(u).slope
            }
        case .relu:
            write(slice, to: dy, accumulates: false) {
                let u = V(at: b + $1).adding(V(at: x + $0), times: V(at: a + $1))
                return V(at: dy + $0) * Activation.relu.apply(u).slope
            }
        }
        let (plain, weighted) = (space + 2 * row, space + 3 * row)
        sums(slice, into: plain) { at, _ in V(at: dy + at) }
        let (means, inverses) = (space + 4 * row, space + 5 * row)
        forGroups(slice) { block, members in
            for i in members {
                (means[i], inverses[i]) = (frame.saved[2 * block], frame.saved[2 * block + 1])
            }
        }
        sums(slice, into: weighted) { at, channel in
            V(at: dy + at) * ((V(at: x + at) - V(at: means + channel)) * V(at: inverses + channel))
        }
        for i in 0..<slice.count {
            total[slice.channel + i] += weighted[i]
            total[row + slice.channel + i] += plain[i]
        }
        writeGradient(frame, slice, space)
    }

    /// dx = a dy + q x + r with q = −B/(v + ε) and r = (μ B/√(v + ε) − A)/√(v + ε), where A = mean(γ dy) and
    /// B = mean(γ dy x̂).
    @inline(__always) private func writeGradient(
        _ frame: Frame<Scalar>, _ slice: Slice, _ space: UnsafeMutablePointer<Scalar>
    ) {
        guard let gradient = frame.gradients[0] else { return }
        let (x, dy, scale) = (frame.inputs[0], frame.outputGradient, frame.inputs[1])
        let (a, plain, weighted) = (space, space + 2 * row, space + 3 * row)
        let (q, r) = (space + 4 * row, space + 5 * row)
        forGroups(slice) { block, members in
            let (mean, inverse) = (frame.saved[2 * block], frame.saved[2 * block + 1])
            let first = members.reduce(Scalar(0)) { $0 + scale[slice.channel + $1] * plain[$1] } / size
            let second = members.reduce(Scalar(0)) { $0 + scale[slice.channel + $1] * weighted[$1] } / size
            for i in members {
                q[i] = -second * inverse * inverse
                r[i] = (mean * second * inverse - first) * inverse
            }
        }
        write(slice, to: gradient.base, accumulates: gradient.accumulates) {
            V(at: r + $1).adding(V(at: x + $0), times: V(at: q + $1))
                .adding(V(at: dy + $0), times: V(at: a + $1))
        }
    }
}
