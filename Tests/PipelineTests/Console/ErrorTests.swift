import Pipeline
import Testing

@Suite("Errors")
struct ErrorTests {
    private struct Foreign: ToolErrorConvertible {
        var toolError: ToolError { ToolError("line 3: unknown key", advice: "did you mean gamma?") }
    }
    private struct Unknown: Error, CustomStringConvertible { var description: String { "disk full" } }

    @Test("The advice stands below the message")
    func advice() {
        #expect(ToolError(Foreign()).description == "line 3: unknown key\n  help: did you mean gamma?")
    }

    @Test("An error that is not known here is a failed run, not bad input")
    func unknown() { #expect(ToolError(Unknown()) == ToolError("disk full", status: .failed)) }

    @Test("JSON keeps numbers that JSON cannot hold")
    func json() throws {
        #expect(try jsonText(["a": Double.nan, "b": 1.5]) == "{\n  \"a\" : \"nan\",\n  \"b\" : 1.5\n}")
    }
}
