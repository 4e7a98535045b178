/// The pressure force on the bodies of a field, from the cells along them: F = −∮ p n dS ≈ −Σ p ∇φ δ(φ) ΔV with a
/// δ of two cells' width outside of the wall. First order; good to compare two fields of one geometry.
enum BodyForce {
    /// The force along each axis, x first, per unit of depth in two dimensions; nil where there is no body or no
    /// pressure.
    static func vector(_ sample: ScoredSample, _ field: [Float]) -> [Double]? {
        guard let distance = sample.signedDistance, distance.contains(where: { $0 < 0 }),
            let channel = sample.channels.firstIndex(where: { $0 == "pressure" || $0 == "p" })
        else { return nil }
        let width = 2 * (sample.spacing.max() ?? 1)
        let weight = sample.spacing.reduce(1, *) / width
        let pressure = channel * sample.count
        var force = [Double](repeating: 0, count: sample.cells.count)
        for cell in 0..<sample.count where sample.isFluid(cell) {
            let phi = Double(distance[cell])
            guard phi >= 0, phi < width else { continue }
            var step = 1
            for axis in force.indices {
                let place = cell / step % sample.cells[axis]
                if place > 0, place < sample.cells[axis] - 1 {
                    let rise = Double(distance[cell + step]) - Double(distance[cell - step])
                    force[axis] -= Double(field[pressure + cell]) * rise / (2 * sample.spacing[axis]) * weight
                }
                step *= sample.cells[axis]
            }
        }
        return force
    }
}
