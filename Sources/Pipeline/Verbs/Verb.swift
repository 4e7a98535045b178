/// One thing that the tool does. The command line fills in the fields, `perform` does the work and returns
/// what it found, and the console shows it: as a table for people, as JSON for machines.
public protocol Verb: Sendable {
    /// What the verb found.
    associatedtype Report: VerbReport
    /// Does the work. Throws where it cannot be done; a run that was done but failed says so in its report.
    func perform(on console: Console) throws -> Report
}

/// What a verb found.
public protocol VerbReport: Encodable, Sendable {
    /// How the verb ended.
    var status: ExitStatus { get }
    /// Whether the report is what was asked for (`info`, `doctor`) rather than a summary of work done
    /// (`run`); an answer is shown even where quiet was asked for.
    var isAnswer: Bool { get }
    /// The report for people, without a newline at its end.
    func text(on terminal: Terminal) -> String
}

extension VerbReport {
    /// Done, where nothing else is said.
    public var status: ExitStatus { .done }
    /// An answer, where nothing else is said.
    public var isAnswer: Bool { true }
}

extension Console {
    /// Performs a verb, shows its report or its error, and returns how it ended.
    public func perform(_ verb: some Verb) -> ExitStatus {
        do {
            let report = try verb.perform(on: self)
            if manner.json {
                try writeToOutput(jsonText(report) + "\n")
            } else if report.isAnswer || !manner.quiet {
                try writeToOutput(report.text(on: output) + "\n")
            }
            return report.status
        } catch {
            fail(error)
            return ToolError(error).status
        }
    }
}
