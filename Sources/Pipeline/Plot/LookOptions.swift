import Figures

/// What a person asked for, in terms of figures.
extension PlotVerb.Look {
    /// Options for pictures of planes and slices, under `title` where no other was asked for. Throws `ToolError`
    /// or `FigureError` for words that are not known.
    func options(title: String) throws -> FieldPicture.Options {
        FieldPicture.Options(
            title: self.title ?? title, colorMap: try colors.map { try ColorMap.named($0) },
            range: try valueRange(), contourCount: contours, size: try figureSize())
    }

    /// The values at the ends of the colours. Throws `ToolError`.
    private func valueRange() throws -> ClosedRange<Double>? {
        guard let text = range else { return nil }
        let ends = text.split(separator: ":").compactMap { Double($0) }
        guard ends.count == 2, ends[0] < ends[1] else {
            throw ToolError("--range \(text) is not of the form lower:upper, as in 0:1.5")
        }
        return ends[0]...ends[1]
    }

    /// The size on paper. Throws `ToolError`.
    func figureSize() throws -> FigureSize {
        guard let found = FigureSize.named.first(where: { $0.name == size }) else {
            let names = FigureSize.named.map(\.name)
            throw ToolError(
                "--size \(size) is not known; allowed: \(names.joined(separator: ", "))",
                advice: nearestWord(to: size, among: names).map { "did you mean \"\($0)\"?" })
        }
        return found.size
    }
}
