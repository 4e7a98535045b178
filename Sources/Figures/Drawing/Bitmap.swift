/// A picture of pixels `0xFFRRGGBB`, first row uppermost.
package struct Bitmap: Sendable, Equatable {
    package var pixels: [UInt32]
    package let width: Int
    package let height: Int

    package init(pixels: [UInt32], width: Int, height: Int) {
        self.pixels = pixels
        self.width = width
        self.height = height
    }

    /// The picture with every pixel repeated `factor` times along both sides.
    package func enlarged(by factor: Int) -> Bitmap {
        guard factor > 1 else { return self }
        let columns = width * factor
        var result: [UInt32] = []
        result.reserveCapacity(columns * height * factor)
        for row in 0..<height {
            let line = pixels[row * width..<(row + 1) * width].flatMap { repeatElement($0, count: factor) }
            for _ in 0..<factor { result += line }
        }
        return Bitmap(pixels: result, width: columns, height: height * factor)
    }

    /// The picture with blocks of `factor` by `factor` pixels averaged into one.
    package func reduced(by factor: Int) -> Bitmap {
        guard factor > 1 else { return self }
        let (columns, rows) = ((width + factor - 1) / factor, (height + factor - 1) / factor)
        var result = [UInt32](repeating: 0, count: columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                result[row * columns + column] = blockMean(column: column, row: row, factor: factor)
            }
        }
        return Bitmap(pixels: result, width: columns, height: rows)
    }

    private func blockMean(column: Int, row: Int, factor: Int) -> UInt32 {
        var (red, green, blue, count) = (0, 0, 0, 0)
        for y in row * factor..<min((row + 1) * factor, height) {
            for x in column * factor..<min((column + 1) * factor, width) {
                let pixel = Int(pixels[y * width + x])
                red += pixel >> 16 & 0xFF
                green += pixel >> 8 & 0xFF
                blue += pixel & 0xFF
                count += 1
            }
        }
        func mean(_ sum: Int) -> UInt32 { UInt32((sum + count / 2) / count) }
        return 0xFF00_0000 | mean(red) << 16 | mean(green) << 8 | mean(blue)
    }
}
