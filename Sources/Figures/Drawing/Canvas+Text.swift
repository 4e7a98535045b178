import CCairo

/// Size, weight and colour of a text.
public struct TextStyle: Sendable, Hashable {
    /// Size in points.
    public var size: Double
    /// True for bold letters.
    public var isBold: Bool
    /// Colour of the letters.
    public var color: Color

    /// A text style.
    public init(size: Double, isBold: Bool = false, color: Color = .ink) {
        self.size = size
        self.isBold = isBold
        self.color = color
    }
}

/// Which part of a text stands at its point.
public enum TextAlignment: Sendable, Hashable {
    /// The text begins at the point.
    case start
    /// The middle of the text is at the point.
    case middle
    /// The text ends at the point.
    case end
}

extension Canvas {
    /// Draws one line of text; the middle of its capital letters stands at the height of `point`.
    /// - Parameter isUpward: true turns the text to read from bottom to top.
    public func text(
        _ string: String, at point: Point, _ style: TextStyle, alignment: TextAlignment = .start,
        isUpward: Bool = false
    ) {
        cairo_save(context)
        cairo_translate(context, point.x, point.y)
        if isUpward { cairo_rotate(context, -Double.pi / 2) }
        choose(style)
        let width = alignment == .start ? 0 : advance(string)
        let shift = alignment == .start ? 0 : alignment == .middle ? -width / 2 : -width
        use(style.color)
        cairo_move_to(context, shift, style.size * Self.halfCapital)
        cairo_show_text(context, string)
        cairo_restore(context)
    }

    /// The width of one line of text in points.
    public func width(of string: String, _ style: TextStyle) -> Double {
        cairo_save(context)
        choose(style)
        let width = advance(string)
        cairo_restore(context)
        return width
    }

    /// Half the height of a capital letter over the size of the font.
    static let halfCapital = 0.365

    private func choose(_ style: TextStyle) {
        cairo_select_font_face(
            context, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
            style.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
        cairo_set_font_size(context, style.size)
    }

    private func advance(_ string: String) -> Double {
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, string, &extents)
        return extents.x_advance
    }
}
