import Foundation
import Numerics
import ONNX

extension AxisTransform {
    /// The rows of the transform as one matrix, [rows, length]: cosines, then sines.
    var matrix: [Float] {
        (0..<rows).flatMap { row in
            (0..<length).map { point in
                let number = row <= largest ? row : row - largest
                let angle = 2 * Double.pi * Double(number * point % length) / Double(length)
                return Float(row <= largest ? cos(angle) : sin(angle))
            }
        }
    }
}

/// The layer as products with real matrices: no operator for Fourier transforms is needed, which few programs have.
extension FourierLayer {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let amplitudes = analysed(inputs[0], &body)
        let mixed = body.node("MatMul", [amplitudes, coupling(inputs[1], &body)])
        let waves = synthesised(mixed, &body)
        let local = body.node("Add", [body.node("MatMul", [inputs[0], inputs[2]]), inputs[3]])
        return activation.export(to: &body, body.node("Add", [waves, local]))
    }

    private var modeCount: Int { transform.modes.modes.count }

    /// Amplitudes of the kept frequencies: [frequencies, batch, (real, imaginary) × channels].
    private func analysed(_ x: String, _ body: inout ONNXBody) -> String {
        var coefficients = x
        var inner = from
        for axis in transform.axes.reversed() {
            let rows = body.reshape(coefficients, [-1, axis.length, inner])
            let matrix = body.constant(axis.matrix, [axis.rows, axis.length])
            coefficients = body.node("MatMul", [matrix, rows])
            inner *= axis.rows
        }
        let rows = body.reshape(coefficients, [-1, transform.coefficients, from])
        let modes = transform.modes
        let lists = (0..<modeCount).flatMap { mode in
            (0..<2).map { part in
                modes.terms[modes.termStarts[mode]..<modes.termStarts[mode + 1]]
                    .filter { $0.isImaginary == (part == 1) }.map { ($0.row, $0.sign) }
            }
        }
        let parts = body.signedSums(rows, lists)
        return body.transpose(body.reshape(parts, [-1, modeCount, 2 * from]), [1, 0, 2])
    }

    /// Fields, from amplitudes.
    private func synthesised(_ amplitudes: String, _ body: inout ONNXBody) -> String {
        let modes = transform.modes
        let parts = body.reshape(body.transpose(amplitudes, [1, 0, 2]), [-1, 2 * modeCount, to])
        let lists = (0..<transform.coefficients).map { row in
            modes.contributions[modes.starts[row]..<modes.starts[row + 1]].map {
                (2 * $0.row + ($0.isImaginary ? 1 : 0), $0.weighted)
            }
        }
        var field = body.signedSums(parts, lists)
        for (index, axis) in transform.axes.enumerated() {
            let inner = transform.axes[(index + 1)...].reduce(to) { $0 * $1.rows }
            let matrix = body.transpose(body.constant(axis.matrix, [axis.rows, axis.length]), [1, 0])
            field = body.node("MatMul", [matrix, body.reshape(field, [-1, axis.rows, inner])])
        }
        return body.reshape(field, outputShape.open)
    }

    /// The complex matrices of the kept frequencies as real ones: (Rᵣ, Rᵢ) above (−Rᵢ, Rᵣ).
    private func coupling(_ weights: String, _ body: inout ONNXBody) -> String {
        let all = body.reshape(weights, [-1, 2, from, to])
        let kept = body.gather(all, transform.modes.modes.map(\.weight), axis: 0)
        let real = body.gather(kept, [0], extents: [], axis: 1)
        let imaginary = body.gather(kept, [1], extents: [], axis: 1)
        let upper = body.concatenate([real, imaginary], axis: 2)
        let lower = body.concatenate([body.node("Neg", [imaginary]), real], axis: 2)
        return body.concatenate([upper, lower], axis: 1)
    }
}

extension ONNXBody {
    /// Row i of the result is the sum of the given rows of x, [batch, rows, channels], each times its factor.
    fileprivate mutating func signedSums(_ x: String, _ lists: [[(row: Int, factor: Double)]]) -> String {
        let terms = max(1, lists.map(\.count).max() ?? 1)
        let padded = lists.map { $0 + Array(repeating: (0, 0.0), count: terms - $0.count) }
        let rows = gather(x, padded.joined().map(\.0), extents: [lists.count, terms], axis: 1)
        let factors = constant(padded.joined().map { Float($0.1) }, [lists.count, terms, 1])
        return sum(node("Mul", [rows, factors]), axis: 2)
    }
}

extension ModeProduct {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let turned = body.transpose(inputs[1], [1, 0])
        let product = body.node("MatMul", [turned, body.reshape(inputs[0], [outer, from, inner])])
        return body.reshape(product, outputShape.extents)
    }
}

extension SpectralResampling {
    func export(to body: inout ONNXBody, _ inputs: [String]) -> String {
        let waves = source.matrix.enumerated().map { index, value in
            value * (index < source.length ? 1 : 2) / Float(source.length)
        }
        let analysis = body.constant(waves, [source.rows, source.length])
        let synthesis = body.transpose(body.constant(target.matrix, [target.rows, target.length]), [1, 0])
        let rows = body.reshape(inputs[0], [-1, source.length, inner])
        let field = body.node("MatMul", [synthesis, body.node("MatMul", [analysis, rows])])
        return body.reshape(field, outputShape.open)
    }
}
