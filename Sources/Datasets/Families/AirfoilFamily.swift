import Foundation
import Schema

extension FamilyKind {
    private static let camber = Key.range(
        "camber", .within(0...9), default: ValueRange(lower: 0, upper: 6), unit: "%", "The first digit.")
    private static let camberPosition = Key.range(
        "camber_position", .within(1...9), default: ValueRange(lower: 2, upper: 6), unit: "10 %",
        "The second digit; 0 where there is no camber.")
    private static let thickness = Key.range(
        "thickness", .within(1...40), default: ValueRange(lower: 8, upper: 20), unit: "%",
        "The last two digits.")
    private static let chord = Key.range(
        "chord", .above(0), default: ValueRange(lower: 1, upper: 1), unit: "length", "Chord.")
    private static let angle = Key.range(
        "angle", .within(-180...180), default: ValueRange(lower: 0, upper: 0), unit: "degrees",
        "Angle of attack: turns the nose up.")
    private static let center = Key.numbers(
        "center", .any, .exactly(2), default: [0, 0], unit: "length", "The middle of the chord.")

    /// Airfoils of four digits.
    static let naca = FamilyKind(
        "naca", "NACA airfoils of four random digits.",
        [camber, camberPosition, thickness, chord, angle, center]
    ) { section, _, diagnostics in
        guard let camber = section.wholeRange(camber, &diagnostics),
            let position = section.wholeRange(camberPosition, &diagnostics),
            let thickness = section.wholeRange(thickness, &diagnostics),
            let chord = section.range(chord, &diagnostics), let angle = section.range(angle, &diagnostics),
            section[center].count == 2
        else { return nil }
        return AirfoilFamily(
            camber: camber, position: position, thickness: thickness, chord: chord, angle: angle,
            center: section[center])
    }
}

private struct AirfoilFamily: ShapeFamily {
    let camber, position, thickness, chord, angle: ValueRange
    let center: [Double]
    let memberCount: Int? = nil

    func member(_ source: inout FamilySource) -> FamilyMember {
        let camber = camber.whole(&source.form)
        let position = position.whole(&source.form)
        let thickness = thickness.whole(&source.form)
        let digits = "\(camber)\(camber == 0 ? 0 : position)\(thickness < 10 ? "0" : "")\(thickness)"
        let chord = chord.value(&source.place)
        let angle = angle.value(&source.place)
        let radians = angle * .pi / 180
        // The body turns about its leading edge; its chord then points along (cos α, −sin α).
        let leadingEdge = [
            center[0] - chord / 2 * cos(radians), center[1] + chord / 2 * sin(radians),
        ]
        return FamilyMember(
            form: "naca \(digits)",
            entries: [
                ShapeEntry("shape", "\"naca\""), ShapeEntry("digits", "\"\(digits)\""),
                ShapeEntry("chord", chord), ShapeEntry("leading_edge", leadingEdge),
                ShapeEntry("angle_of_attack", angle),
            ])
    }
}
