import Archive
import Foundation

/// A folder that lives as long as one test.
final class ImportFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "hugoniot-import-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }
    func contents() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    /// Writes a file and returns its path.
    func write(_ data: Data, _ name: String) throws -> String {
        try data.write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }
}

/// Arrays in NumPy's formats, written by hand: stored archives, no compression.
enum NumPyFile {
    static func array(_ values: [Float], _ shape: [Int]) -> Data {
        let extent = shape.map { "\($0)," }.joined(separator: " ")
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(extent)), }"
        header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
        var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
        data.append(number(header.utf8.count, 2))
        data.append(Data(header.utf8))
        values.withUnsafeBytes { data.append(contentsOf: $0) }
        return data
    }

    static func archive(_ arrays: [(name: String, data: Data)]) -> Data {
        var (file, directory) = (Data(), Data())
        for (name, data) in arrays {
            let place = file.count
            let member = Data("\(name).npy".utf8)
            let common =
                number(0, 2) + number(0, 2) + number(0, 4) + number(Int(checksum(data)), 4)
                + number(data.count, 4)
                + number(data.count, 4) + number(member.count, 2) + number(0, 2)
            file += number(0x0403_4B50, 4) + number(20, 2) + common + member + data
            directory +=
                number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + common + number(0, 2) + number(0, 2)
                + number(0, 2) + number(0, 4) + number(place, 4) + member
        }
        let start = file.count
        return file + directory + number(0x0605_4B50, 4) + number(0, 4) + number(arrays.count, 2)
            + number(arrays.count, 2) + number(directory.count, 4) + number(start, 4) + number(0, 2)
    }

    private static func number(_ value: Int, _ size: Int) -> Data {
        Data((0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }

    /// CRC-32 (ISO 3309), bit by bit.
    private static func checksum(_ data: Data) -> UInt32 {
        ~data.reduce(UInt32.max) { register, byte in
            (0..<8).reduce(register ^ UInt32(byte)) { value, _ in
                value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
            }
        }
    }
}
