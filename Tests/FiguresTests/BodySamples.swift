import Figures
import Foundation

/// Figures of bodies and their walls.
extension Samples {
    static func distancePlane() throws -> Figure {
        try FieldPicture.distance(
            try distance(240, 120), options: .init(title: "Two cylinders, 240 × 120 cells"))
    }

    /// A contact sheet past two cylinders.
    static func bodySheet() throws -> Figure {
        let times = [0.5, 1.0, 1.5]
        let planes = try times.map { time in
            try plane(120, 60, x: 0...4, y: 0...2) { x, y in
                hypot(x - 1.2, y - 1) < 0.35 ? 50 : 1 + exp(-20 * (x - time) * (x - time))
            }
        }
        return try FieldPicture.contactSheet(
            [SheetRow(field: "density", planes: planes)], columnTitles: times.map { "t = \($0)" },
            body: try distance(120, 60), options: .init(title: "A wave past cylinders", size: .wide))
    }

    static func distanceSpace() throws -> Figure {
        let cells = 32
        let centers = (0..<cells).map { (Double($0) + 0.5) / 16 - 1 }
        let values = centers.flatMap { z in
            centers.flatMap { y in
                centers.map { x in Float(hypot(hypot(x + 0.3, y), 2 * z) - 0.4) }
            }
        }
        let volume = try Volume(
            values: values, cells: (x: cells, y: cells, z: cells), x: -1...1, y: -1...1, z: -1...1)
        return try FieldPicture.distance(volume, options: .init(title: "An ellipsoid"))
    }

    /// The pressure on a lifting cylinder in potential flow, cp = 1 − (2 sin θ + 1)².
    static func wall(ordered: Bool) throws -> Figure {
        let angles = (0...180).map { Double($0) * .pi / 90 }
        let pressure = angles.map { 1 - pow(2 * sin($0) + 1, 2) }
        let wall = Wall(
            name: "cylinder", x: angles.map { cos($0) / 2 }, upward: angles.map { sin($0) },
            pressureCoefficient: pressure, isOrdered: ordered)
        return try WallPicture.pressureCoefficient([wall], title: "Lifting cylinder")
    }
}
