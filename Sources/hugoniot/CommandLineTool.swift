import ArgumentParser
import Foundation
import Pipeline

/// Parses, runs, and turns every way of ending into one of the documented exit codes.
enum CommandLineTool {
    static func run(_ arguments: [String]) -> Int32 {
        do {
            var command = try Hugoniot.parseAsRoot(arguments)
            try command.run()
            return ExitStatus.done.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            return leave(with: error)
        }
    }

    /// Help and version are errors to the parser, and answers to a person.
    private static func leave(with error: any Error) -> Int32 {
        let text = Hugoniot.fullMessage(for: error)
        guard !Hugoniot.exitCode(for: error).isSuccess else {
            print(text)
            return ExitStatus.done.rawValue
        }
        let lines = text.hasPrefix("Error: ") ? String(text.dropFirst("Error: ".count)) : text
        Console().fail(ToolError(lines))
        return ExitStatus.badInput.rawValue
    }
}
