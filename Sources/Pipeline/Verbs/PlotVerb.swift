/// Draws a field of a run file.
public struct PlotVerb: Verb {
    /// The run file.
    public var path: String
    /// The field: stored, or derived from stored fields.
    public var field: String
    /// The snapshot: "first", "last", or a time (the nearest snapshot is drawn).
    public var time: String
    /// The slice of a 3-D field: "x", "y" or "z", with "=position" where not in the middle.
    public var slice: String?
    /// The picture; its suffix chooses SVG, PNG or PDF.
    public var output: String

    /// A picture as the command line describes it.
    public init(
        path: String, field: String = "density", time: String = "last", slice: String? = nil, output: String
    ) {
        self.path = path
        self.field = field
        self.time = time
        self.slice = slice
        self.output = output
    }

    /// Draws the picture.
    public func perform(on console: Console) throws -> PlotReport { throw notJoined("plot") }
}

/// What was drawn.
public struct PlotReport: VerbReport {
    /// The picture.
    public var output: String
    /// The field that it shows.
    public var field: String
    /// The time that it shows.
    public var time: Double

    /// A summary, not an answer: `--quiet` hides it.
    public var isAnswer: Bool { false }

    /// One line.
    public func text(on terminal: Terminal) -> String { "\(output): \(field) at t = \(significant(time))" }
}
