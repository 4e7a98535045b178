import Foundation
import Pipeline
import Testing

@Suite("Terminal")
struct TerminalTests {
    @Test("A file has no colours, no width and nobody who watches")
    func file() throws {
        let pipe = Pipe()
        #expect(Terminal(descriptor: pipe.fileHandleForWriting.fileDescriptor, environment: [:]) == .plain)
    }

    @Test("On a terminal there are colours, unless NO_COLOR is set and not empty", arguments: ["", "1"])
    func noColour(value: String) throws {
        let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        defer { close(descriptor) }
        let terminal = Terminal(descriptor: descriptor, environment: ["NO_COLOR": value])
        #expect(terminal.isInteractive)
        #expect(terminal.usesColour == value.isEmpty)
    }

    @Test("Styled text is plain where colours are not wanted")
    func styles() {
        #expect(Terminal.plain.styled("error:", .bad) == "error:")
        let colourful = Terminal(isInteractive: true, usesColour: true, width: 80)
        #expect(colourful.styled("error:", .bad) == "\u{1B}[1;31merror:\u{1B}[0m")
    }
}
