import Foundation
import Schema

/// The inside of a closed curve in the plane.
public struct CurveShape: Shape {
    /// The curve.
    public let curve: ClosedCurve
    /// The box around it, without end along z.
    public let bounds: Bounds

    init(_ curve: ClosedCurve) {
        self.curve = curve
        let (lower, upper) = (curve.lower, curve.upper)
        bounds = Bounds(
            lower: Point(lower.x, lower.y, -.infinity), upper: Point(upper.x, upper.y, .infinity))
    }

    /// The distance to the curve, negative inside.
    public func distance(to point: Point) -> Double {
        curve.signedDistance(to: SIMD2(point.x, point.y))
    }

    /// To the segments always.
    public var isExact: Bool { true }

    /// Without the curve's sides on the axis, where it has some.
    public var revolutionProfile: any Shape { curve.mirroredAcrossAxis.map { CurveShape($0) } ?? self }
}

extension ShapeReader {
    /// The inside of a curve of these vertices; nil, and reported, where that is no area or the curve meets
    /// itself.
    ///
    /// - Parameter key: The key at which a mistake is reported.
    mutating func curveShape(_ vertices: [PlanarPoint], _ section: Section, key: String) -> CurveShape? {
        guard vertices.count >= 3 else {
            report(
                section.diagnostic(
                    key, "encloses no area", hint: "give at least three points that are not on one line"))
            return nil
        }
        let curve = ClosedCurve(vertices)
        if let crossing = curve.crossing {
            let (x, y) = (rounded(crossing.place.x), rounded(crossing.place.y))
            report(
                section.diagnostic(
                    key, "the curve meets itself near (\(x), \(y))",
                    hint: "give the points in their order along the boundary, each once"))
            return nil
        }
        return CurveShape(curve)
    }
}

/// Six digits, for messages.
private func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    let unit = pow(10, 5 - log10(abs(value)).rounded(.down))
    return (value * unit).rounded() / unit
}
