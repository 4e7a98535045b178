import Foundation

/// What one output stream can show.
public struct Terminal: Sendable, Equatable {
    /// A person watches: lines may be rewritten.
    public var isInteractive: Bool
    /// Colours may be used.
    public var usesColour: Bool
    /// Columns of a line; nil where lines may have any length (files, pipes).
    public var width: Int?

    /// Describes a stream by hand.
    public init(isInteractive: Bool, usesColour: Bool, width: Int?) {
        self.isInteractive = isInteractive
        self.usesColour = usesColour
        self.width = width
    }

    /// A stream that nobody watches.
    public static let plain = Terminal(isInteractive: false, usesColour: false, width: nil)

    /// Describes the stream behind a file descriptor. `NO_COLOR` (https://no-color.org) and `TERM=dumb` are
    /// honoured.
    public init(
        descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        let watched = isatty(descriptor) == 1
        let dumb = environment["TERM"] == "dumb"
        isInteractive = watched && !dumb
        usesColour = watched && !dumb && (environment["NO_COLOR"] ?? "").isEmpty
        width = watched ? Self.columns(of: descriptor, environment: environment) : nil
    }

    private static func columns(of descriptor: Int32, environment: [String: String]) -> Int {
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return environment["COLUMNS"].flatMap(Int.init) ?? 80
    }
}

/// The few styles that the tool uses.
public enum TextStyle: String, Sendable {
    case bold = "1"
    case faint = "2"
    case bad = "1;31"
    case good = "32"
    case warning = "33"
}

extension Terminal {
    /// The text in this style, or as it is where colours are not wanted.
    public func styled(_ text: String, _ style: TextStyle) -> String {
        usesColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
