import Crypto
import Foundation

/// SHA-256 digests as lower-case hexadecimal text (FIPS 180-4).
enum Digest {
    /// The digest of a text.
    static func sha256(_ text: String) -> String { hexadecimal(SHA256.hash(data: Data(text.utf8))) }

    /// The digest of a file, read in blocks. Throws where it cannot be read.
    static func sha256(ofFile path: String) throws -> String {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var hasher = SHA256()
        while let block = try file.read(upToCount: 1 << 20), !block.isEmpty { hasher.update(data: block) }
        return hexadecimal(hasher.finalize())
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
