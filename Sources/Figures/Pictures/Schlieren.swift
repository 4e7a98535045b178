import Foundation

/// Numerical schlieren: the shade S = exp(−k |∇ρ| / max |∇ρ|), 1 (white) in smooth flow, towards 0 (black)
/// at shocks, contacts and shear layers.
///
/// J. J. Quirk and S. Karni (1996), On the dynamics of a shock–bubble interaction, J. Fluid Mech. 318,
/// doi:10.1017/S0022112096007069.
public enum Schlieren {
    /// The amplification k when none is given.
    public static let defaultAmplification = 15.0

    /// The shades of a density field, on the same cells, by central differences (one-sided at edges and
    /// beside bodies).
    /// - Parameters:
    ///   - body: signed distance on the same cells; gradients across a body's surface are left out.
    ///   - amplification: k, greater than zero.
    /// - Throws: ``FigureError/emptyData(what:)`` when no value is finite, and
    ///   ``FigureError/lengthMismatch(what:expected:found:)`` for a body of another shape.
    public static func shades(
        of density: Plane, body: Plane? = nil, amplification: Double = defaultAmplification
    ) throws(FigureError) -> Plane {
        guard !density.bounds.isEmpty else { throw .emptyData(what: "the density of a schlieren picture") }
        if let body, body.width != density.width || body.height != density.height {
            throw .lengthMismatch(
                what: "the body of a schlieren picture", expected: density.values.count,
                found: body.values.count)
        }
        let gradients = gradients(of: density, body: body)
        let greatest = gradients.reduce(Float(0)) { $1.isFinite ? max($0, $1) : $0 }
        guard greatest > 0 else {
            return try density.with(values: gradients.map { $0.isFinite ? 1 : $0 })
        }
        let factor = Float(-amplification) / greatest
        return try density.with(values: gradients.map { $0.isFinite ? exp(factor * $0) : $0 })
    }

    /// |∇ρ| in each cell: zero inside bodies, NaN where the density is not finite.
    private static func gradients(of density: Plane, body: Plane?) -> [Float] {
        let (width, height) = (density.width, density.height)
        let isOpen = density.values.indices.map { index in
            density.values[index].isFinite && (body?.values[index] ?? 1) >= 0
        }
        var result = [Float](repeating: 0, count: width * height)
        for row in 0..<height {
            for column in 0..<width {
                let index = row * width + column
                guard density.values[index].isFinite else {
                    result[index] = .nan
                    continue
                }
                guard isOpen[index] else { continue }
                let alongX = slope(density.values, isOpen, index, column, width, stride: 1, step: density.dx)
                let alongY = slope(
                    density.values, isOpen, index, row, height, stride: width, step: density.dy)
                result[index] = (alongX * alongX + alongY * alongY).squareRoot()
            }
        }
        return result
    }

    /// The difference over the neighbours that can be used, at `position` of `count` along a line.
    private static func slope(
        _ values: [Float], _ isOpen: [Bool], _ index: Int, _ position: Int, _ count: Int, stride: Int,
        step: Double
    ) -> Float {
        let before = position > 0 && isOpen[index - stride] ? index - stride : index
        let after = position < count - 1 && isOpen[index + stride] ? index + stride : index
        guard before < after else { return 0 }
        let distance = Double((after - before) / stride) * step
        return Float((Double(values[after]) - Double(values[before])) / distance)
    }
}
