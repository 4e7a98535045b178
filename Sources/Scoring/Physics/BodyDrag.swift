/// The pressure force on the bodies of a field, from the cells along them: F = −∮ p n dS ≈ −Σ p ∇φ δ(φ) ΔV with a
/// δ of two cells' width outside of the wall. First order; good to compare two fields of one geometry.
enum BodyDrag {
    /// The force along x, per unit of depth in two dimensions; nil where there is no body or no pressure.
    static func force(_ sample: ScoredSample, _ field: [Float]) -> Double? {
        guard let distance = sample.signedDistance, distance.contains(where: { $0 < 0 }),
            let channel = sample.channels.firstIndex(where: { $0 == "pressure" || $0 == "p" })
        else { return nil }
        let width = 2 * (sample.spacing.max() ?? 1)
        let volume = sample.spacing.reduce(1, *)
        let pressure = channel * sample.count
        var sum = 0.0
        for cell in 0..<sample.count where sample.isFluid(cell) {
            let phi = Double(distance[cell])
            let place = cell % sample.cells[0]
            guard phi >= 0, phi < width, place > 0, place < sample.cells[0] - 1 else { continue }
            let slope = (Double(distance[cell + 1]) - Double(distance[cell - 1])) / (2 * sample.spacing[0])
            sum -= Double(field[pressure + cell]) * slope / width * volume
        }
        return sum
    }
}
