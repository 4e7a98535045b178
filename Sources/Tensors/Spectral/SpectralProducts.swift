import Numerics

/// Products of the amplitudes of one frequency with its complex matrix R = Rᵣ + iRᵢ, in real arithmetic.
///
/// Amplitudes are [batch, (real, imaginary), channels], R is [(real, imaginary), inputs, outputs].
enum SpectralProducts {
    /// y = z R: (yᵣ, yᵢ) = (zᵣRᵣ − zᵢRᵢ, zᵢRᵣ + zᵣRᵢ), one product with the rows (zᵣ, −zᵢ) and (zᵢ, zᵣ).
    @inline(__always) static func forward<Scalar: Real>(
        _ z: UnsafePointer<Scalar>, _ weights: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>,
        batch: Int, from: Int, to: Int, workspace: UnsafeMutablePointer<Scalar>
    ) {
        expand(z, batch: batch, channels: from, into: workspace)
        Products.multiply(
            rows: 2 * batch, columns: to, depth: 2 * from, Products.Strided(workspace, row: 2 * from),
            weights,
            bRow: to, y, cRow: to, accumulates: false)
    }

    /// dR = conj(z)ᵀ dy, or dR += it: the transpose of the expanded z times the rows of dy.
    @inline(__always) static func weights<Scalar: Real>(
        _ z: UnsafePointer<Scalar>, _ dy: UnsafePointer<Scalar>, _ dWeights: UnsafeMutablePointer<Scalar>,
        batch: Int, from: Int, to: Int, accumulates: Bool, workspace: UnsafeMutablePointer<Scalar>
    ) {
        expand(z, batch: batch, channels: from, into: workspace)
        Products.multiply(
            rows: 2 * from, columns: to, depth: 2 * batch,
            Products.Strided(workspace, row: 1, column: 2 * from), dy, bRow: to, dWeights, cRow: to,
            accumulates: accumulates)
    }

    /// dz = dy conj(R)ᵀ. The small factor is transposed instead of R, so the batch lies along the vectors:
    /// dzᵀ = Rᵣ (dyᵣ, dyᵢ)ᵀ + Rᵢ (dyᵢ, −dyᵣ)ᵀ.
    @inline(__always) static func backward<Scalar: Real>(
        _ dy: UnsafePointer<Scalar>, _ weights: UnsafePointer<Scalar>, _ dz: UnsafeMutablePointer<Scalar>,
        batch: Int, from: Int, to: Int, workspace: UnsafeMutablePointer<Scalar>
    ) {
        let columns = 2 * batch
        let (turned, result) = (workspace + to * columns + 16, workspace + 2 * (to * columns + 16))
        for sample in 0..<batch {
            let (real, imaginary) = (dy + 2 * sample * to, dy + (2 * sample + 1) * to)
            for channel in 0..<to {
                let at = channel &* columns &+ 2 &* sample
                workspace[at] = real[channel]
                workspace[at &+ 1] = imaginary[channel]
                turned[at] = imaginary[channel]
                turned[at &+ 1] = -real[channel]
            }
        }
        Products.multiply(
            rows: from, columns: columns, depth: to, Products.Strided(weights, row: to), workspace,
            bRow: columns, result, cRow: columns, accumulates: false)
        Products.multiply(
            rows: from, columns: columns, depth: to, Products.Strided(weights + from * to, row: to), turned,
            bRow: columns, result, cRow: columns, accumulates: true)
        RowKernels.transpose(result, rows: from, columns: columns, into: dz)
    }

    /// Rows (zᵣ, −zᵢ) and (zᵢ, zᵣ) of every sample.
    @inline(__always) private static func expand<Scalar: Real>(
        _ z: UnsafePointer<Scalar>, batch: Int, channels: Int, into rows: UnsafeMutablePointer<Scalar>
    ) {
        typealias V = Scalar.Vector
        for sample in 0..<batch {
            let source = z + 2 * sample * channels
            let target = rows + 4 * sample * channels
            var channel = 0
            while channel < channels {
                let width = min(V.count, channels - channel)
                let (real, imaginary) = (V(at: source + channel), V(at: source + channels + channel))
                Products.put(real, target + channel, width, false)
                Products.put(V(0) - imaginary, target + channels + channel, width, false)
                Products.put(imaginary, target + 2 * channels + channel, width, false)
                Products.put(real, target + 3 * channels + channel, width, false)
                channel += V.count
            }
        }
    }
}
