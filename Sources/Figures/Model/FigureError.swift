/// What can go wrong between a description of a figure and a file; `description` is written for people.
public enum FigureError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A file name that does not end in `.svg`, `.png` or `.pdf`.
    case unknownExtension(path: String)
    /// A figure that cannot be written where it was asked for.
    case unwritable(path: String, reason: String)
    /// A colour map that the registry does not hold.
    case unknownColorMap(String, allowed: [String])
    /// A panel, field or series without a single finite value.
    case emptyData(what: String)
    /// Arrays that belong together and differ in length.
    case lengthMismatch(what: String, expected: Int, found: Int)
    /// A range that cannot be drawn: reversed, not finite, or not positive on a logarithmic axis.
    case invalidRange(what: String, lower: Double, upper: Double)
    /// A slice or index outside of the data.
    case outOfBounds(what: String, value: String, allowed: String)
    /// A figure too large or too small to draw.
    case invalidSize(reason: String)
    /// The drawing library reported a failure.
    case drawing(reason: String)

    /// The message: what is wrong, what is allowed, how to mend it.
    public var description: String {
        switch self {
        case .unknownExtension(let path):
            "cannot tell the figure format from '\(path)': the name must end in .svg, .png or .pdf"
        case .unwritable(let path, let reason):
            "cannot write the figure '\(path)': \(reason)"
        case .unknownColorMap(let name, let allowed):
            "there is no colour map '\(name)'; choose one of \(allowed.joined(separator: ", "))"
        case .emptyData(let what):
            "\(what) holds no finite value, so there is nothing to draw"
        case .lengthMismatch(let what, let expected, let found):
            "\(what) needs \(expected) values but has \(found)"
        case .invalidRange(let what, let lower, let upper):
            "the range \(lower) to \(upper) of \(what) cannot be drawn: both ends must be finite, the first "
                + "less than the second, and both greater than zero on a logarithmic axis"
        case .outOfBounds(let what, let value, let allowed):
            "\(what) \(value) lies outside of the data; allowed: \(allowed)"
        case .invalidSize(let reason):
            "the figure cannot be drawn at this size: \(reason)"
        case .drawing(let reason):
            "drawing the figure failed: \(reason)"
        }
    }
}
