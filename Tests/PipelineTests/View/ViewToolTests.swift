import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("The verb view", .serialized)
struct ViewToolTests {
    let work: ViewWorkplace
    init() throws { work = try ViewWorkplace() }

    @Test("prints the address, serves the page, and leaves with 130 at Ctrl-C")
    func interrupted() throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = Tool.path
        process.environment = Tool.environment
        process.arguments = ["view", "--no-open", "--quiet", try work.run()]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data([10])
        {
            line += byte
        }
        let address = try #require(URL(string: String(decoding: line, as: UTF8.self)))
        #expect(address.host == "127.0.0.1")
        let page = try Data(contentsOf: address)
        #expect(String(decoding: page, as: UTF8.self).hasPrefix("<!doctype html>"))
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
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
