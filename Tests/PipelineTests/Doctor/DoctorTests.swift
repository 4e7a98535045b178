import Foundation
import Pipeline
import Testing

@Suite("Doctor")
struct DoctorTests {
    private static let report = DoctorVerb().perform(on: Console())

    @Test(
        "Every part of the machine has its line",
        arguments: [
            "processor", "built for", "cores", "memory", "OpenBLAS", "HDF5", "cairo", "MPI", "GPU", "h5py",
        ])
    func lines(name: String) { #expect(Self.report.findings.contains { $0.name == name }) }

    @Test("What is missing says how to get it")
    func advice() { #expect(Self.report.findings.allSatisfy { $0.state != .missing || $0.advice != nil }) }

    @Test(
        "The libraries that this binary is linked with are found",
        arguments: ["HDF5", "HDF5 filters", "cairo"])
    func linked(name: String) { #expect(Self.report.findings.first { $0.name == name }?.state == .ok) }

    @Test("JSON reads back as the same findings")
    func json() throws {
        struct Echo: Decodable { var findings: [Finding] }
        let echo = try JSONDecoder().decode(Echo.self, from: Data(jsonText(Self.report).utf8))
        #expect(echo.findings == Self.report.findings)
    }

    @Test("Without colours there is no escape sequence")
    func plain() { #expect(!Self.report.text(on: .plain).contains("\u{1B}")) }
}
