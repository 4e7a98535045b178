import Foundation

/// Where a verb speaks: results on standard output, everything else on standard error.
public struct Console: Sendable {
    /// How much is said, and to whom.
    public struct Manner: Sendable {
        /// Results as JSON instead of tables.
        public var json: Bool
        /// No progress, no notes; errors and answers only.
        public var quiet: Bool

        /// For people and in full, unless said otherwise.
        public init(json: Bool = false, quiet: Bool = false) {
            self.json = json
            self.quiet = quiet
        }
    }

    /// How much is said, and to whom.
    public var manner: Manner
    /// What standard output can show.
    public var output: Terminal
    /// What standard error can show.
    public var errors: Terminal

    /// The console of this process.
    public init(
        _ manner: Manner = Manner(), output: Terminal = Terminal(descriptor: STDOUT_FILENO),
        errors: Terminal = Terminal(descriptor: STDERR_FILENO)
    ) {
        self.manner = manner
        self.output = output
        self.errors = errors
    }

    /// A line that is good to know; silent where quiet was asked for.
    public func note(_ text: String) {
        if !manner.quiet { writeToErrors(text + "\n") }
    }

    /// Something that looks wrong but does not stop the work.
    public func warn(_ text: String) {
        if !manner.quiet { writeToErrors(errors.styled("warning:", .warning) + " \(text)\n") }
    }

    /// An error, always said.
    public func fail(_ error: any Error) {
        writeToErrors(errors.styled("error:", .bad) + " \(ToolError(error))\n")
    }

    /// A progress reporter for one run, in the manner that suits standard error.
    public func progress() -> ProgressReporter {
        ProgressReporter(
            mode: manner.quiet ? .silent : errors.isInteractive ? .bar(width: errors.width ?? 80) : .lines,
            write: { [self] in writeToErrors($0) })
    }

    /// Where even standard error takes nothing, there is nobody left to tell.
    func writeToErrors(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

    func writeToOutput(_ text: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            throw ToolError(
                "standard output cannot be written: \(error.localizedDescription)", status: .failed)
        }
    }
}
