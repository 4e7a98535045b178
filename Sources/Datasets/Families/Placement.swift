import Geometry
import Schema

/// Where the bodies of a family are put: moved to a centre, scaled to a size, turned.
struct Placement: Sendable {
    static let center = Key.numbers(
        "center", .any, .dimension, default: [], described: "where it is", unit: "length",
        "Where the middle of the box around it is put.")
    static let size = Key.range("size", .above(0), unit: "length", "The longest side of the box around it.")
        .optional(otherwise: "as large as it is")
    static let rotate = Key.range(
        "rotate", .any, default: ValueRange(lower: 0, upper: 0), unit: "degrees",
        "Turns it about its middle, counter-clockwise.")
    static let keys: [any SchemaKey] = [center, size, rotate]

    let center: [Double]
    let size: ValueRange?
    let rotate: ValueRange

    /// Nil where a key is wrong, which is reported here or by the checker.
    init?(_ section: Section, _ diagnostics: inout [Diagnostic]) {
        guard let rotate = section.range(Self.rotate, &diagnostics) else { return nil }
        if let size = section[Self.size], size.lower > size.upper {
            diagnostics.append(
                section.diagnostic("size", "\(size.lower) is not below \(size.upper)"))
            return nil
        }
        center = section[Self.center]
        size = section[Self.size]
        self.rotate = rotate
    }

    /// Whether a body stays as it is.
    var isIdentity: Bool { center.isEmpty && size == nil && rotate == ValueRange(lower: 0, upper: 0) }

    /// The keys that move a shape with this box around it.
    func entries(_ bounds: Bounds, dimension: Int, _ source: inout FamilySource) -> [ShapeEntry] {
        guard !isIdentity else { return [] }
        let axes = 0..<dimension
        let middle = axes.map { (bounds.lower[$0] + bounds.upper[$0]) / 2 }
        let longest = axes.map { bounds.upper[$0] - bounds.lower[$0] }.max() ?? 1
        var entries = [ShapeEntry("pivot", middle)]
        if let size { entries.append(ShapeEntry("scale", size.value(&source.place) / longest)) }
        let angle = rotate.value(&source.place)
        if angle != 0 { entries.append(ShapeEntry("rotate", angle)) }
        if !center.isEmpty { entries.append(ShapeEntry("translate", axes.map { center[$0] - middle[$0] })) }
        return entries
    }
}
