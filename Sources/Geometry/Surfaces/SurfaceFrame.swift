/// Coordinates in which a surface fits into the cube from −1 to 1, so that no size of the case under- or
/// overflows and single precision serves for bounds. The scale is a power of two: distances come back exactly.
struct SurfaceFrame: Sendable {
    let center: Point
    let scale: Double

    /// The frame of a finite box.
    init(_ box: Bounds) {
        center = 0.5 * box.lower + 0.5 * box.upper
        let reach = max((box.upper - center).max(), .leastNormalMagnitude)
        scale = Double(sign: .plus, exponent: -min(max(reach.exponent + 1, -1000), 1000), significand: 1)
    }

    /// A point of the case in the frame.
    func enter(_ point: Point) -> Point { (point - center) * scale }
    /// A point of the frame in the case.
    func leave(_ point: Point) -> Point { point / scale + center }
    /// A length of the frame in the case.
    func length(_ value: Double) -> Double { value / scale }
}
