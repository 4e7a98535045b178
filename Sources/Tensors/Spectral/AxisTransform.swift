import Foundation
import Numerics

/// The lowest waves of a real discrete Fourier transform along one axis, as matrix products.
///
/// *Analysis* computes y[k] = Σₙ cos(2πkn/N) x[n] for k = 0…K, then Σₙ sin(2πkn/N) x[n] for k = 1…K; *synthesis* is its
/// transpose. Few waves of many points are wanted, so products with folded matrices (see ``SymmetryClass``) need less
/// arithmetic than a full fast transform, and run at the speed of products.
struct AxisTransform<Scalar: Real>: Sendable {
    /// The number of points N.
    let length: Int
    /// The largest wave number K.
    let largest: Int
    /// The rows of y: cosines, then sines.
    var rows: Int { 2 * largest + 1 - (keepsLastSine ? 0 : 1) }
    private let classes: [SymmetryClass<Scalar>]
    /// sin(πn) is 0 at all points, so that row is left out.
    private let keepsLastSine: Bool

    /// Columns that are treated together: two vectors.
    private static var panel: Int { 2 * Scalar.Vector.count }
    /// Values of scratch memory that a call needs.
    var workspaceCount: Int { (length + 4) * Self.panel }

    /// - Parameter largest: At most half of `length`.
    init(length: Int, largest: Int) {
        self.length = length
        self.largest = largest
        keepsLastSine = 2 * largest != length || largest == 0
        classes =
            length % 2 == 0
            ? Self.fourClasses(length, largest, keepsLastSine) : Self.twoClasses(length, largest)
    }

    /// The row of a sine of wave number k ≥ 1; nil where the axis has none.
    func sineRow(_ number: Int) -> Int? {
        number == 0 || (!keepsLastSine && number == largest) ? nil : largest + number
    }

    private static func twoClasses(_ length: Int, _ largest: Int) -> [SymmetryClass<Scalar>] {
        let half = (length - 1) / 2
        return [
            SymmetryClass(
                length: length, numbers: Array(0...largest), isSine: false, firstRow: 0, rowStep: 1,
                points: 0..<(half + 1)),
            SymmetryClass(
                length: length, numbers: Array(1..<(largest + 1)), isSine: true, firstRow: largest + 1,
                rowStep: 1,
                points: 1..<(half + 1)),
        ]
    }

    private static func fourClasses(
        _ length: Int, _ largest: Int, _ keepsLastSine: Bool
    ) -> [SymmetryClass<Scalar>] {
        let half = length / 2
        let paired = (half + 1) / 2
        let middle = half % 2 == 0 ? 1 : 0
        let sines = 1..<(largest + (keepsLastSine ? 1 : 0))
        func make(_ numbers: [Int], _ isSine: Bool, _ points: Range<Int>) -> SymmetryClass<Scalar> {
            let first = numbers.first ?? 0
            return SymmetryClass(
                length: length, numbers: numbers, isSine: isSine, firstRow: isSine ? largest + first : first,
                rowStep: 2, points: points)
        }
        return [
            make((0...largest).filter { $0 % 2 == 0 }, false, 0..<(paired + middle)),
            make((0...largest).filter { $0 % 2 == 1 }, false, 0..<paired),
            make(sines.filter { $0 % 2 == 0 }, true, 1..<max(1, paired)),
            make(sines.filter { $0 % 2 == 1 }, true, 1..<max(1, paired + middle)),
        ]
    }

    /// y = T·x for `width` neighbouring columns; points of x are `xStep` values apart, rows of y `yStep`.
    @inline(__always) func analyse(
        _ x: UnsafePointer<Scalar>, xStep: Int, _ y: UnsafeMutablePointer<Scalar>, yStep: Int, width: Int,
        workspace: UnsafeMutablePointer<Scalar>
    ) {
        var column = 0
        while column < width {
            let columns = min(Self.panel, width - column)
            let folded = FoldedAxis(length: length, base: workspace)
            folded.fold(x + column, step: xStep, narrow: columns <= Scalar.Vector.count)
            for (index, group) in classes.enumerated() where group.waves > 0 && group.points > 0 {
                Products.multiply(
                    rows: group.waves, columns: columns, depth: group.points,
                    Products.Strided(group.values, row: group.points),
                    UnsafePointer(folded.points(index) + group.firstPoint * Self.panel), bRow: Self.panel,
                    y + group.firstRow * yStep + column, cRow: group.rowStep * yStep, accumulates: false)
            }
            clearPointless(y + column, yStep, columns)
            column += Self.panel
        }
    }

    /// x = Tᵀ·y for `width` neighbouring columns, or x += Tᵀ·y.
    @inline(__always) func synthesise(
        _ y: UnsafePointer<Scalar>, yStep: Int, _ x: UnsafeMutablePointer<Scalar>, xStep: Int, width: Int,
        workspace: UnsafeMutablePointer<Scalar>, accumulates: Bool
    ) {
        var column = 0
        while column < width {
            let columns = min(Self.panel, width - column)
            let folded = FoldedAxis(length: length, base: workspace)
            for (index, group) in classes.enumerated() where group.points > 0 {
                let target = folded.points(index) + group.firstPoint * Self.panel
                Products.multiply(
                    rows: group.points, columns: Self.panel, depth: group.waves,
                    Products.Strided(group.values, row: 1, column: group.points),
                    y + group.firstRow * yStep + column, bRow: group.rowStep * yStep,
                    target, cRow: Self.panel, accumulates: false)
            }
            folded.unfold(x + column, step: xStep, columns: columns, accumulates: accumulates)
            column += Self.panel
        }
    }

    /// Sines of a very short axis have no point to be sampled at.
    @inline(__always) private func clearPointless(
        _ y: UnsafeMutablePointer<Scalar>, _ step: Int, _ columns: Int
    ) {
        for group in classes where group.points == 0 {
            for wave in 0..<group.waves {
                (y + (group.firstRow + wave * group.rowStep) * step).update(repeating: 0, count: columns)
            }
        }
    }
}
