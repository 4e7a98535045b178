import CZlib
import Foundation

/// Unpacks deflated data (RFC 1951).
enum Inflation {
    private static let blockSize = 1 << 20

    /// Unpacks through a nameless temporary file. Throws `ImportError` where the data are damaged or the disk is
    /// full.
    static func inflate(_ packed: Data, _ size: Int, _ path: String) throws -> Data {
        let temporary = NSTemporaryDirectory() + "/hugoniot-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: temporary, contents: nil),
            let file = FileHandle(forWritingAtPath: temporary)
        else {
            throw ImportError(
                path, "no temporary file can be made in \(NSTemporaryDirectory())",
                advice: "set TMPDIR to a folder with room for the unpacked data")
        }
        defer {
            try? file.close()
            unlink(temporary)
        }
        var rest = size
        try unpack(packed, path) { block in
            rest -= block.count
            guard rest >= 0 else {
                throw ImportError(
                    path, "its packed data are damaged: they hold more than the \(size) bytes they promise")
            }
            do { try file.write(contentsOf: block) } catch {
                throw ImportError(
                    path, "unpacking it needs \(size) bytes in \(NSTemporaryDirectory()): \(error)",
                    advice: "set TMPDIR to a folder with more room")
            }
        }
        return size == 0 ? Data() : try MappedFile.map(temporary)
    }

    private static func unpack(_ packed: Data, _ path: String, _ write: (Data) throws -> Void) throws {
        var stream = z_stream()
        guard czlib_begin_raw_inflate(&stream) == Z_OK else { throw ImportError(path, "zlib cannot start") }
        defer { inflateEnd(&stream) }
        var output = Data(count: blockSize)
        var status = Z_OK
        var offset = 0
        while status == Z_OK, offset < packed.count {
            // A copy of a block, because zlib asks for memory that may be written.
            var input = Data(packed.dropFirst(offset).prefix(blockSize))
            let inputCount = input.count
            offset += inputCount
            try input.withUnsafeMutableBytes { bytes in
                stream.next_in = bytes.bindMemory(to: UInt8.self).baseAddress
                stream.avail_in = UInt32(inputCount)
                repeat {
                    let produced = output.withUnsafeMutableBytes { room in
                        stream.next_out = room.bindMemory(to: UInt8.self).baseAddress
                        stream.avail_out = UInt32(blockSize)
                        status = CZlib.inflate(&stream, Z_NO_FLUSH)
                        return blockSize - Int(stream.avail_out)
                    }
                    // No progress for want of input is no error.
                    if status == Z_BUF_ERROR { status = Z_OK }
                    try write(output.prefix(produced))
                } while status == Z_OK && stream.avail_out == 0
            }
        }
        guard status == Z_STREAM_END else {
            throw ImportError(path, "its packed data are damaged", advice: "copy or download it again")
        }
    }
}
