/// A short text at a point of the data, on a faint white ground so that it reads over any colour.
public struct TextLayer: Layer {
    /// The text, one line.
    public var text: String
    /// Horizontal position in the data.
    public var x: Double
    /// Vertical position in the data.
    public var y: Double
    /// Which part of the text stands at the point.
    public var alignment: TextAlignment
    /// The colour of the letters.
    public var color: Color

    /// A text.
    public init(
        _ text: String, x: Double, y: Double, alignment: TextAlignment = .start, color: Color = .ink
    ) {
        self.text = text
        self.x = x
        self.y = y
        self.alignment = alignment
        self.color = color
    }

    /// None: a text is no data.
    public var series: [(name: String, values: [Double])] { [] }

    /// The point.
    public var extent: Extent { Extent(x: Bounds([x]), y: Bounds([y])) }

    /// Points under the text, its width estimated.
    public func obstacles(in frame: Frame) -> [Point] {
        guard let point = frame.point(x, y) else { return [] }
        let width = Double(text.count) * frame.fontSize * 0.6
        let start = alignment == .start ? 0 : alignment == .middle ? -width / 2 : -width
        return (0...8).map { Point(x: point.x + start + width * Double($0) / 8, y: point.y) }
    }

    /// Draws the text.
    public func draw(on canvas: Canvas, in frame: Frame) {
        guard let point = frame.point(x, y) else { return }
        let style = TextStyle(size: frame.fontSize, color: color)
        let width = canvas.width(of: text, style)
        let start = alignment == .start ? 0 : alignment == .middle ? -width / 2 : -width
        let ground = Rectangle(
            x: point.x + start, y: point.y - frame.fontSize / 2, width: width, height: frame.fontSize)
        canvas.fill(ground.grown(by: 2), with: .white.opacity(0.7))
        canvas.text(text, at: point, style, alignment: alignment)
    }
}
