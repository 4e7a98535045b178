import Figures
import Foundation

/// Figures of bodies and their walls.
extension Samples {
    static func distancePlane() throws -> Figure {
        try FieldPicture.distance(
            try distance(240, 120), options: .init(title: "Two cylinders, 240 × 120 cells"))
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
