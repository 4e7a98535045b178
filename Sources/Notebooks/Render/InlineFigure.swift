import Foundation

/// SVG files as parts of one page: their ids are made different, so that they do not meet.
struct InlineFigure {
    /// The markup of a figure; nil where the file holds none.
    ///
    /// - Parameter prefix: Tells the ids of this figure from those of all others.
    static func markup(_ svg: String, prefix: String, alternative: String) -> String? {
        guard let start = svg.range(of: "<svg"), let end = svg.range(of: "</svg>", options: .backwards),
            let open = svg.range(of: ">", range: start.upperBound..<end.lowerBound)
        else { return nil }
        let attributes = svg[start.upperBound..<open.lowerBound]
        let content = svg[open.upperBound..<end.upperBound]
        let box = attribute("viewBox", of: attributes) ?? sizeBox(attributes)
        let head =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" id=\"\(prefix)\" "
            + "viewBox=\"\(HTML.escaped(box))\" role=\"img\" aria-label=\"\(HTML.escaped(alternative))\">"
        return head + renamed(String(content), prefix)
    }

    /// The same figure once more, without its bytes.
    static func repetition(of prefix: String, markup: String, alternative: String) -> String {
        let box = attribute("viewBox", of: markup[...]) ?? "0 0 1 1"
        return
            "<svg viewBox=\"\(HTML.escaped(box))\" role=\"img\" aria-label=\"\(HTML.escaped(alternative))\">"
            + "<use href=\"#\(prefix)\"/></svg>"
    }

    private static func attribute(_ name: String, of text: Substring) -> String? {
        guard let start = text.range(of: "\(name)=\""),
            let end = text.range(of: "\"", range: start.upperBound..<text.endIndex)
        else { return nil }
        return String(text[start.upperBound..<end.lowerBound])
    }

    private static func sizeBox(_ attributes: Substring) -> String {
        let size = ["width", "height"].map { name in
            attribute(name, of: attributes)?.prefix { $0.isNumber || $0 == "." } ?? "1"
        }
        return "0 0 \(size[0]) \(size[1])"
    }

    private static func renamed(_ content: String, _ prefix: String) -> String {
        content.replacing(" id=\"", with: " id=\"\(prefix)-").replacing(
            "href=\"#", with: "href=\"#\(prefix)-"
        )
        .replacing("url(#", with: "url(#\(prefix)-")
    }
}
