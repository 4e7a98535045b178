/// Widths of texts, before there is a sheet to draw on.
struct TextMeasure {
    private let canvas: Canvas

    init() throws(FigureError) {
        canvas = try Canvas(format: .png, width: 1, height: 1, dpi: 72)
    }

    func width(_ text: String, _ style: TextStyle) -> Double { canvas.width(of: text, style) }

    func widest(_ texts: [String], _ style: TextStyle) -> Double {
        texts.reduce(0) { max($0, width($1, style)) }
    }

    /// `text` in lines that fit into `limit`; a single word that does not fit is cut with "…".
    func wrapped(_ text: String, _ style: TextStyle, limit: Double) -> [String] {
        var lines: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
            if let last = lines.last, width(last + " " + word, style) <= limit {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(cut(word, style, limit: limit))
            }
        }
        return lines
    }

    /// `text` that fits into `limit`: in smaller letters, down to 0.7 of their size, and then cut.
    func fitted(_ text: String, _ style: TextStyle, limit: Double) -> (text: String, style: TextStyle) {
        let width = width(text, style)
        guard width > limit else { return (text, style) }
        var smaller = style
        smaller.size = style.size * max(limit / width * 0.999, 0.7)
        return (cut(text, smaller, limit: limit), smaller)
    }

    private func cut(_ word: String, _ style: TextStyle, limit: Double) -> String {
        var part = word
        guard width(part, style) > limit else { return part }
        while part.count > 1, width(part + "…", style) > limit { part.removeLast() }
        return part + "…"
    }
}

/// The texts of a figure, all from the size of its tick labels.
struct TextStyles {
    var tick: TextStyle
    var label: TextStyle
    var panelTitle: TextStyle
    var figureTitle: TextStyle
    var note: TextStyle

    init(fontSize: Double) {
        tick = TextStyle(size: fontSize, color: .grey(0.2))
        label = TextStyle(size: fontSize * 1.1)
        panelTitle = TextStyle(size: fontSize * 1.15)
        figureTitle = TextStyle(size: fontSize * 1.35, isBold: true)
        note = TextStyle(size: fontSize * 0.9, color: Color(hex: 0xB000B0))
    }
}
