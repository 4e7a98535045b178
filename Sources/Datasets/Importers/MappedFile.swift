import Foundation

/// Files as memory that the system loads when it is looked at.
enum MappedFile {
    /// Throws `ImportError` where the file is missing or unreadable.
    static func map(_ path: String) throws -> Data {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            throw ImportError(
                path, isFolder.boolValue ? "this is a folder, not a file" : "there is no such file")
        }
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw ImportError(path, "it cannot be read: \(error.localizedDescription)")
        }
    }
}

extension Data {
    /// A little-endian number of `size` bytes; nil where it lies outside or does not fit.
    func number(at offset: Int, _ size: Int) -> Int? {
        guard offset >= 0, offset <= count - size else { return nil }
        var value: UInt64 = 0
        for index in 0..<size {
            value |= UInt64(self[startIndex + offset + index]) << UInt64(8 * index)
        }
        return Int(exactly: value)
    }

    /// A part that shares this memory.
    func subrange(_ start: Index, _ length: Int) -> Data { self[start..<start + length] }
}
