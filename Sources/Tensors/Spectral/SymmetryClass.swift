import Foundation
import Numerics

/// Waves of one symmetry: cosines or sines, of even, odd or all wave numbers, on the folded points of an axis.
///
/// With n ↦ N − n cosines are even and sines odd; for even N, n ↦ N/2 − n changes the sign of waves by the parity of k.
/// Sums and differences of the two or four points that belong together ("folded points") therefore carry all that one
/// class needs, and its matrix has a quarter of the columns.
struct SymmetryClass<Scalar: Real>: @unchecked Sendable {
    /// The row of its first wave among the rows of the transform.
    let firstRow: Int
    /// Rows between its waves.
    let rowStep: Int
    /// How many waves.
    let waves: Int
    /// Its folded points: the first, and how many.
    let firstPoint: Int
    let points: Int
    /// cos(2πkn/N) or sin(2πkn/N): [waves, points].
    let matrix: AlignedMemory

    var values: UnsafePointer<Scalar> { UnsafePointer(matrix.values(of: Scalar.self)) }

    /// - Parameters:
    ///   - numbers: The wave numbers k.
    ///   - points: The folded points n, from `firstPoint`.
    init(
        length: Int, numbers: [Int], isSine: Bool, firstRow: Int, rowStep: Int, points range: Range<Int>
    ) {
        self.firstRow = firstRow
        self.rowStep = rowStep
        waves = numbers.count
        firstPoint = range.lowerBound
        points = range.count
        matrix = AlignedMemory(bytes: max(1, numbers.count * range.count) * MemoryLayout<Scalar>.stride)
        let values = matrix.values(of: Scalar.self)
        for (row, number) in numbers.enumerated() {
            for (column, point) in range.enumerated() {
                // Reduced before the multiplication, so that large products lose no digits.
                let angle = 2 * Double.pi * Double(number * point % length) / Double(length)
                values[row * range.count + column] = Scalar(double: isSine ? sin(angle) : cos(angle))
            }
        }
    }
}
