import Numerics

/// Amplitudes of the kept frequencies: per frequency a small matrix whose rows are the real and the imaginary parts of
/// every sample, [frequency, batch, (real, imaginary), channels].
extension SpectralTransform {
    /// From real coefficients, [batch, rows, channels], to the amplitudes of one frequency.
    ///
    /// - Parameter weighted: Whether amplitudes are multiplied by their weights in the inverse transform.
    @inline(__always) func gather(
        _ coefficients: UnsafePointer<Scalar>, mode: Int, into amplitudes: UnsafeMutablePointer<Scalar>,
        batch: Int, channels: Int, weighted: Bool
    ) {
        let size = self.coefficients * channels
        let range = modes.termStarts[mode]..<modes.termStarts[mode + 1]
        for sample in 0..<batch {
            let target = amplitudes + (mode * batch + sample) * 2 * channels
            for part in 0..<2 {
                sum(modes.terms, range, part: part, weighted, into: target + part * channels, channels) {
                    coefficients + (sample * size + $0.row * channels)
                }
            }
        }
    }

    /// From amplitudes to real coefficients: the transpose of ``gather(_:mode:into:batch:channels:weighted:)``.
    @inline(__always) func scatter(
        _ amplitudes: UnsafePointer<Scalar>, into coefficients: UnsafeMutablePointer<Scalar>, batch: Int,
        channels: Int, weighted: Bool, workspaces: WorkerSpaces<Scalar>
    ) {
        let rows = self.coefficients
        workspaces.share(rows) { items, _ in
            for row in items {
                let range = modes.starts[row]..<modes.starts[row + 1]
                for sample in 0..<batch {
                    sum(
                        modes.contributions, range, part: nil, weighted,
                        into: coefficients + (sample * rows + row) * channels, channels
                    ) { term in
                        amplitudes + ((term.row * batch + sample) * 2 + (term.isImaginary ? 1 : 0)) * channels
                    }
                }
            }
        }
    }

    /// The signed sum of the terms that belong to a part, or of all.
    @inline(__always) private func sum(
        _ terms: [SpectralModes.Term], _ range: Range<Int>, part: Int?, _ weighted: Bool,
        into target: UnsafeMutablePointer<Scalar>, _ channels: Int,
        _ source: (SpectralModes.Term) -> UnsafePointer<Scalar>
    ) {
        typealias V = Scalar.Vector
        var channel = 0
        while channel < channels {
            var total = V(0)
            for index in range {
                let term = terms[index]
                if let part, (part == 1) != term.isImaginary { continue }
                let sign = Scalar(double: weighted ? term.weighted : term.sign)
                total = total.adding(V(sign), times: V(at: source(term) + channel))
            }
            Products.put(total, target + channel, min(V.count, channels - channel), false)
            channel += V.count
        }
    }
}
