import CVector

/// Products of matrices of bfloat16 numbers with sums in single precision, by the processor's own instruction where it
/// has one (AVX-512 BF16), by fused products elsewhere.
///
/// Factors are packed first: a word holds two neighbours along the depth. Left factors are rows of words
/// [rows, ⌈depth/2⌉], or pairs of rows [⌈depth/2⌉, rows] where the transpose lies in memory; right factors are panels of
/// 32 columns. Packing rounds to nearest, ties to even.
public enum ReducedProducts {
    /// Two bfloat16 numbers.
    public typealias Word = UInt32
    /// Columns of a panel.
    public static let panel = 32

    /// Words along a depth.
    public static func depth(_ count: Int) -> Int { (count + 1) / 2 }

    /// Words of a right factor.
    public static func panelWords(depth count: Int, columns: Int) -> Int {
        depth(count) * ((columns + panel - 1) / panel * panel)
    }

    /// Packs rows of a left factor.
    public static func packRows(
        _ x: UnsafePointer<Float>, rows: Int, columns: Int, into words: UnsafeMutablePointer<Word>
    ) {
        hugoniot_bfloat16_pack_rows(rows, columns, x, columns, words)
    }

    /// Packs pairs of rows, for a left factor that is the transpose of x.
    public static func packPairs(
        _ x: UnsafePointer<Float>, rows: Int, columns: Int, into words: UnsafeMutablePointer<Word>
    ) {
        hugoniot_bfloat16_pack_pairs(rows, columns, x, columns, words)
    }

    /// Packs some panels of the right factor x, [depth, columns].
    public static func packPanels(
        _ panels: Range<Int>, of x: UnsafePointer<Float>, rows: Int, columns: Int,
        into words: UnsafeMutablePointer<Word>
    ) {
        let (first, last) = (panels.lowerBound * panel, min(columns, panels.upperBound * panel))
        hugoniot_bfloat16_pack_panels(
            rows, last - first, x + first, columns, words + first * depth(rows))
    }

    /// Packs some panels of the right factor xᵀ, where x is [columns of the factor, depth].
    public static func packTransposed(
        _ panels: Range<Int>, of x: UnsafePointer<Float>, rows: Int, columns: Int,
        into words: UnsafeMutablePointer<Word>
    ) {
        let (first, last) = (panels.lowerBound * panel, min(rows, panels.upperBound * panel))
        hugoniot_bfloat16_pack_transposed(
            last - first, columns, x + first * columns, columns, words + first * depth(columns))
    }

    /// x ∘ slopes in place, the slopes packed in rows.
    public static func scale(
        _ x: UnsafeMutablePointer<Float>, rows: Int, columns: Int, by slopes: UnsafePointer<Word>
    ) {
        hugoniot_bfloat16_scale(rows, columns, slopes, x)
    }

    /// C = A·B, or C += A·B.
    ///
    /// - Parameters:
    ///   - depth: Words along the depth.
    ///   - a: Word (i, k) is at `i·aRow + k·aColumn`.
    ///   - b: In panels.
    public static func multiply(
        rows: Int, columns: Int, depth: Int, _ a: UnsafePointer<Word>, aRow: Int, aColumn: Int = 1,
        _ b: UnsafePointer<Word>, _ c: UnsafeMutablePointer<Float>, cRow: Int, accumulates: Bool
    ) {
        hugoniot_bfloat16_multiply(rows, columns, depth, a, aRow, aColumn, b, c, cRow, accumulates)
    }
}
