import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("The verb view", .serialized)
struct ViewToolTests {
    let work: ViewWorkplace
    init() throws { work = try ViewWorkplace() }

    /// The tool, and the address that it prints.
    private func start() throws -> (Process, URL) {
        let output = Pipe()
        let process = try Tool.start(["view", "--no-open", "--quiet", try work.run()], output: output)
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data([10])
        {
            line += byte
        }
        return (process, try #require(URL(string: String(decoding: line, as: UTF8.self))))
    }

    @Test("prints the address, serves the page, and leaves with 130 at Ctrl-C")
    func interrupted() throws {
        let (process, address) = try start()
        #expect(address.host == "127.0.0.1")
        let page = try Data(contentsOf: address)
        #expect(String(decoding: page, as: UTF8.self).hasPrefix("<!doctype html>"))
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
    }

    @Test("serves on beside connections that send without end, and hears SIGTERM beside them")
    func besieged() throws {
        let (process, address) = try start()
        let port = try #require(address.port)
        let flood = "exec 3<>/dev/tcp/127.0.0.1/\(port); { printf 'GET /'; yes aaaaaaaa | tr -d '\\n'; } >&3"
        let others = try (0..<3).map { _ in
            let other = Process()
            other.executableURL = URL(fileURLWithPath: "/bin/bash")
            other.arguments = ["-c", flood]
            other.standardError = FileHandle.nullDevice
            try other.run()
            return other
        }
        let page = try Data(contentsOf: address)
        #expect(String(decoding: page, as: UTF8.self).hasPrefix("<!doctype html>"))
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 143)
        for other in others { other.waitUntilExit() }
    }

    @Test("refuses files and ports that cannot be, with the code of bad input")
    func refusals() throws {
        let missing = try Tool.run("view", "--no-open", work.place.file("none.h5"))
        #expect(missing.code == 2 && missing.errors.contains("none.h5"))
        let port = try Tool.run("view", "--no-open", "--port", "70000", try work.run())
        #expect(port.code == 2 && port.errors.contains("0 to 65535"))
        #expect(try Tool.run("view").code == 2)
    }
}
