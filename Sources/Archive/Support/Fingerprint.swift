import Crypto
import Foundation

/// SHA-256 digests as lower-case hexadecimal text (FIPS 180-4).
public enum Fingerprint {
    /// The digest of a text's UTF-8 bytes.
    public static func sha256(of text: String) -> String {
        hexadecimal(SHA256.hash(data: Data(text.utf8)))
    }

    /// The digest of memory, read once from front to back.
    public static func sha256(of bytes: UnsafeRawBufferPointer) -> String {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return hexadecimal(hasher.finalize())
    }

    /// The digest of a file, read in blocks. Throws `ArchiveError` where the file is missing or unreadable.
    public static func sha256(ofFile path: String) throws -> String {
        guard FileManager.default.fileExists(atPath: path) else {
            throw ArchiveError(.missing, "there is no file \(path)")
        }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw ArchiveError(.unwritable, "cannot read \(path): \(Wording.systemReason(errno))")
        }
        defer { try? file.close() }
        var hasher = SHA256()
        while let block = try file.read(upToCount: 1 << 20), !block.isEmpty { hasher.update(data: block) }
        return hexadecimal(hasher.finalize())
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
    }
}
