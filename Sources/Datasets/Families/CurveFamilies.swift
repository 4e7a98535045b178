import Foundation
import Schema

/// The centre of a body of two coordinates, which may be scattered.
private enum Center {
    static let x = Key.range(
        "x", .any, default: ValueRange(lower: 0, upper: 0), unit: "length", "Its centre.")
    static let y = Key.range(
        "y", .any, default: ValueRange(lower: 0, upper: 0), unit: "length", "Its centre.")
}

extension FamilyKind {
    private static let radius = Key.range(
        "radius", .above(0), unit: "length", "Mean radius, or a range of it.")
    private static let amplitude = Key.range(
        "amplitude", .within(0...0.95), default: ValueRange(lower: 0.1, upper: 0.4), unit: "1",
        "Largest deviation from the mean radius, as a share of it.")
    private static let modes = Key.range(
        "modes", .within(1...256), default: ValueRange(lower: 3, upper: 6), unit: "1", "Number of harmonics.")
    private static let decay = Key.range(
        "decay", .within(0...10), default: ValueRange(lower: 1, upper: 1), unit: "1",
        "Harmonic k has an amplitude in proportion to 1/k to this power.")

    /// Random smooth curves of harmonics.
    static let blob = FamilyKind(
        "blob", "Random smooth curves of harmonics, no two the same.",
        [radius, amplitude, modes, decay, Center.x, Center.y]
    ) { section, _, diagnostics in
        guard let radius = section.range(radius, &diagnostics),
            let amplitude = section.range(amplitude, &diagnostics),
            let modes = section.wholeRange(modes, &diagnostics),
            let decay = section.range(decay, &diagnostics), let x = section.range(Center.x, &diagnostics),
            let y = section.range(Center.y, &diagnostics)
        else { return nil }
        return BlobFamily(radius: radius, amplitude: amplitude, modes: modes, decay: decay, x: x, y: y)
    }

    private static let points = Key.range(
        "points", .within(4...1000), default: ValueRange(lower: 6, upper: 10), unit: "1",
        "Number of control points.")
    private static let weights = Key.range(
        "weights", .within(0.01...100), default: ValueRange(lower: 0.5, upper: 2), unit: "1",
        "Weights of the control points.")

    /// Random closed rational splines.
    static let nurbs = FamilyKind(
        "nurbs", "Random closed rational cubic splines around a centre, no two the same.",
        [radius, amplitude, points, weights, Center.x, Center.y]
    ) { section, _, diagnostics in
        guard let radius = section.range(radius, &diagnostics),
            let amplitude = section.range(amplitude, &diagnostics),
            let points = section.wholeRange(points, &diagnostics),
            let weights = section.range(weights, &diagnostics), let x = section.range(Center.x, &diagnostics),
            let y = section.range(Center.y, &diagnostics)
        else { return nil }
        return SplineFamily(
            radius: radius, amplitude: amplitude, points: points, weights: weights, x: x, y: y)
    }
}

private struct BlobFamily: ShapeFamily {
    let radius, amplitude, modes, decay, x, y: ValueRange
    let memberCount: Int? = nil

    func member(_ source: inout FamilySource) -> FamilyMember {
        let amplitude = amplitude.value(&source.form)
        let modes = modes.whole(&source.form)
        let decay = decay.value(&source.form)
        // A seed of a shape is an integer of TOML, which has a sign.
        let curve = [
            ShapeEntry("amplitude", amplitude), ShapeEntry("modes", Double(modes)),
            ShapeEntry("decay", decay),
            ShapeEntry("seed", "\(source.seed & UInt64(Int.max))"), ShapeEntry("stream", "\(source.stream)"),
        ]
        let center = [x.value(&source.place), y.value(&source.place)]
        let place = [
            ShapeEntry("shape", "\"blob\""), ShapeEntry("center", center),
            ShapeEntry("radius", radius.value(&source.place)),
        ]
        return FamilyMember(
            form: (["blob"] + curve.map { "\($0.key)=\($0.value)" }).joined(separator: " "),
            entries: place + curve)
    }
}

private struct SplineFamily: ShapeFamily {
    let radius, amplitude, points, weights, x, y: ValueRange
    let memberCount: Int? = nil

    func member(_ source: inout FamilySource) -> FamilyMember {
        let count = points.whole(&source.form)
        let amplitude = amplitude.value(&source.form)
        // The control points go round the centre once, so that the curve does not cross itself.
        let polar = (0..<count).map { index -> (angle: Double, radius: Double, weight: Double) in
            let turn = (Double(index) + 0.5 * (source.form.uniform() - 0.5)) / Double(count)
            let radius = 1 + amplitude * (2 * source.form.uniform() - 1)
            return (2 * .pi * turn, radius, weights.value(&source.form))
        }
        let radius = radius.value(&source.place)
        let (x, y) = (x.value(&source.place), y.value(&source.place))
        let rows = polar.map { point in
            ShapeEntry(
                "",
                [
                    x + radius * point.radius * cos(point.angle),
                    y + radius * point.radius * sin(point.angle),
                ]
            ).value
        }
        return FamilyMember(
            form: "nurbs seed=\(source.seed) stream=\(source.stream)",
            entries: [
                ShapeEntry("shape", "\"nurbs\""), ShapeEntry("degree", 3),
                ShapeEntry("points", "[\(rows.joined(separator: ", "))]"),
                ShapeEntry("weights", polar.map(\.weight)),
            ])
    }
}
