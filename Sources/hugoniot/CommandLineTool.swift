import ArgumentParser
import Foundation
import Pipeline

/// Parses, runs, and turns every way of ending into one of the documented exit codes.
enum CommandLineTool {
    static func run(_ arguments: [String]) -> Int32 {
        do {
            try ProcessLimits.prepare()
            try checkVerb(arguments)
            var command = try Hugoniot.parseAsRoot(arguments)
            try command.run()
            return ExitStatus.done.rawValue
        } catch let code as ExitCode {
            return code.rawValue
        } catch let error as ToolError {
            Console().fail(error)
            return error.status.rawValue
        } catch {
            return leave(with: error)
        }
    }

    /// The parser would call a misspelt verb an unexpected argument.
    private static func checkVerb(_ arguments: [String]) throws {
        let verbs = Hugoniot.configuration.subcommands.map { $0._commandName }
        guard let word = arguments.first, !word.hasPrefix("-"), !verbs.contains(word), word != "help" else {
            return
        }
        let guess = nearestWord(to: word, among: verbs).map { "did you mean \"\($0)\"?" }
        throw ToolError(
            "there is no verb \"\(word)\"; there are \(verbs.joined(separator: ", "))", advice: guess)
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
