import Foundation

/// One line of the registry: what ran, on which input, when, for how long and with which result.
public struct RunRecord: Sendable, Equatable, Codable {
    /// The number that the registry gave; nil before.
    public var id: Int64?
    /// The verb: `run`, `sweep`, `train` and so on.
    public var verb: String
    /// The title from the input file.
    public var title: String
    /// When it began.
    public var started: Date
    /// When it ended; nil while it goes on, and for ever if the process was killed.
    public var finished: Date?
    /// `running`, `completed`, `failed`, `interrupted`.
    public var status: String
    /// The input file.
    public var inputPath: String
    /// SHA-256 of the input as run.
    public var inputSHA256: String
    /// The output file.
    public var outputPath: String
    /// The program's version.
    public var toolVersion: String
    /// Cells of the grid; nil where that means nothing.
    public var cells: Int?
    /// Steps computed.
    public var steps: Int?
    /// Wall time in seconds.
    public var seconds: Double?
    /// Wall time per cell and step in nanoseconds.
    public var nanosecondsPerCellStep: Double?
    /// Anything else, as a JSON object.
    public var extra: String

    /// Creates a record of something that begins.
    public init(
        verb: String, title: String, started: Date = Date(), status: String = "running",
        inputPath: String = "",
        inputSHA256: String = "", outputPath: String = "", toolVersion: String = "", cells: Int? = nil,
        extra: String = "{}"
    ) {
        self.verb = verb
        self.title = title
        self.started = started
        self.status = status
        self.inputPath = inputPath
        self.inputSHA256 = inputSHA256
        self.outputPath = outputPath
        self.toolVersion = toolVersion
        self.cells = cells
        self.extra = extra
    }

    /// The record as it reads at the end: status, steps, wall time and the rate that follows from them.
    public func ended(
        _ status: String, at finished: Date = Date(), steps: Int? = nil, seconds: Double? = nil
    ) -> RunRecord {
        var record = self
        record.status = status
        record.finished = finished
        record.steps = steps ?? self.steps
        record.seconds = seconds ?? finished.timeIntervalSince(started)
        if let cells, let steps = record.steps, let seconds = record.seconds, cells > 0, steps > 0 {
            record.nanosecondsPerCellStep = seconds * 1e9 / (Double(cells) * Double(steps))
        }
        return record
    }
}
