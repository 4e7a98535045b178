import Archive
import Foundation
import Geometry

/// Signed distance and mask of foreign samples.
enum ImportedGeometry {
    /// The name of a geometry: samples with equal bytes share it.
    static func name(_ values: [Float]) -> String {
        values.withUnsafeBytes { String(Fingerprint.sha256(of: $0).prefix(16)) }
    }

    /// Makes signs agree: negative where the mask is 0. Sources differ in which side they call positive.
    static func oriented(_ distance: [Float], _ mask: [UInt8]) -> [Float] {
        var (agreeing, opposed) = (0, 0)
        for (value, mark) in zip(distance, mask) where value != 0 {
            if (value > 0) == (mark != 0) { agreeing += 1 } else { opposed += 1 }
        }
        return opposed > agreeing ? distance.map { -$0 } : distance
    }

    /// The distance of a mask on a grid. All fluid, it is the diagonal of the box.
    static func distance(_ mask: [UInt8], _ axes: [RunAxis]) -> [Float] {
        let lower = axes.map { $0.faces.first ?? 0 }
        let upper = axes.map { $0.faces.last ?? 1 }
        guard mask.contains(0) else {
            let diagonal = zip(lower, upper).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }.squareRoot()
            return Array(repeating: Float(diagonal), count: mask.count)
        }
        let grid = SampleGrid(cells: axes.map(\.cellCount), lower: lower, upper: upper)
        return Mask(grid: grid, values: mask).distanceField().values
    }
}
