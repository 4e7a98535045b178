import Archive
import Foundation
import Testing

@Suite("Fingerprint")
struct FingerprintTests {
    // The one-block example of FIPS 180-4.
    private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test("a text has the published digest")
    func text() { #expect(Fingerprint.sha256(of: "abc") == abc) }

    @Test("a file has the digest of its bytes")
    func file() throws {
        let folder = try ScratchFolder()
        try Data("abc".utf8).write(to: URL(fileURLWithPath: folder.file("a")))
        #expect(try Fingerprint.sha256(ofFile: folder.file("a")) == abc)
        #expect(archiveError { _ = try Fingerprint.sha256(ofFile: folder.file("b")) }?.kind == .missing)
    }
}
