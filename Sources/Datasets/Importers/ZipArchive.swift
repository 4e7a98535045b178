import CZlib
import Foundation

/// The members of a ZIP archive (PKWARE APPNOTE 6.3.10, also ZIP64), stored or deflated. The file is mapped, not read.
struct ZipArchive {
    private struct Member {
        var isDeflated: Bool
        var checksum: UInt32
        var packedSize: Int
        var size: Int
        var header: Int
    }

    /// The names of the members, in the order of the archive.
    let names: [String]
    private let path: String
    private let bytes: Data
    private let members: [String: Member]

    init(_ path: String) throws {
        self.path = path
        bytes = try MappedFile.map(path)
        let (start, count) = try Self.directory(bytes, path)
        (names, members) = try Self.members(bytes, path, start, count)
    }

    /// The content of a member; deflated ones are unpacked into a nameless temporary file, so that the largest need
    /// no memory. Throws `ImportError`.
    func content(_ name: String) throws -> Data {
        guard let member = members[name] else {
            throw ImportError(path, "it has no member \(name); it has \(names.joined(separator: ", "))")
        }
        // The local header has lengths of its own for name and extra fields.
        guard member.header < bytes.count, let nameLength = bytes.number(at: member.header + 26, 2),
            let extraLength = bytes.number(at: member.header + 28, 2)
        else { throw Self.cutOff(path) }
        let start = member.header + 30 + nameLength + extraLength
        guard start <= bytes.count, member.packedSize <= bytes.count - start else { throw Self.cutOff(path) }
        let packed = bytes.subrange(bytes.startIndex + start, member.packedSize)
        let content = member.isDeflated ? try Inflation.inflate(packed, member.size, path) : packed
        guard content.count == member.size, Self.checksum(content) == member.checksum else {
            throw ImportError(path, "the member \(name) is damaged: its checksum does not fit")
        }
        return content
    }

    private static func cutOff(_ path: String) -> ImportError {
        ImportError(path, "the archive is cut off or is no ZIP archive", advice: "copy or download it again")
    }

    /// Where the central directory begins, and how many members it lists.
    private static func directory(_ bytes: Data, _ path: String) throws -> (start: Int, count: Int) {
        let lowest = max(0, bytes.count - 22 - 0xFFFF)
        var place = bytes.count - 22
        while place >= lowest {
            if bytes.number(at: place, 4) == 0x0605_4B50 { break }
            place -= 1
        }
        guard place >= lowest, let count = bytes.number(at: place + 10, 2),
            let start = bytes.number(at: place + 16, 4)
        else { throw cutOff(path) }
        guard count == 0xFFFF || start == 0xFFFF_FFFF else { return (start, count) }
        guard bytes.number(at: place - 20, 4) == 0x0706_4B50, let end = bytes.number(at: place - 12, 8),
            bytes.number(at: end, 4) == 0x0606_4B50, let longCount = bytes.number(at: end + 32, 8),
            let longStart = bytes.number(at: end + 48, 8)
        else { throw cutOff(path) }
        return (longStart, longCount)
    }

    private static func members(
        _ bytes: Data, _ path: String, _ start: Int, _ count: Int
    ) throws -> ([String], [String: Member]) {
        var (names, members): ([String], [String: Member]) = ([], [:])
        var place = start
        for _ in 0..<count {
            guard bytes.number(at: place, 4) == 0x0201_4B50, let method = bytes.number(at: place + 10, 2),
                let checksum = bytes.number(at: place + 16, 4), let packed = bytes.number(at: place + 20, 4),
                let size = bytes.number(at: place + 24, 4), let nameLength = bytes.number(at: place + 28, 2),
                let extraLength = bytes.number(at: place + 30, 2),
                let commentLength = bytes.number(at: place + 32, 2),
                let header = bytes.number(at: place + 42, 4),
                place + 46 + nameLength + extraLength <= bytes.count
            else { throw cutOff(path) }
            let name = String(
                decoding: bytes.subrange(bytes.startIndex + place + 46, nameLength), as: UTF8.self)
            guard method == 0 || method == 8 else {
                throw ImportError(
                    path, "the member \(name) is packed by method \(method); known: stored and deflated")
            }
            var sizes = [size, packed, header]
            try widen(&sizes, bytes, place + 46 + nameLength, extraLength, path)
            names.append(name)
            members[name] = Member(
                isDeflated: method == 8, checksum: UInt32(checksum), packedSize: sizes[1], size: sizes[0],
                header: sizes[2])
            place += 46 + nameLength + extraLength + commentLength
        }
        return (names, members)
    }

    /// Takes from the ZIP64 extra field what does not fit into 32 bits.
    private static func widen(
        _ sizes: inout [Int], _ bytes: Data, _ start: Int, _ length: Int, _ path: String
    ) throws {
        guard sizes.contains(0xFFFF_FFFF) else { return }
        var place = start
        while place + 4 <= start + length, let tag = bytes.number(at: place, 2),
            let size = bytes.number(at: place + 2, 2)
        {
            guard tag == 1 else {
                place += 4 + size
                continue
            }
            var next = place + 4
            for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
                guard let value = bytes.number(at: next, 8) else { throw cutOff(path) }
                sizes[index] = value
                next += 8
            }
            return
        }
        throw cutOff(path)
    }

    private static func checksum(_ content: Data) -> UInt32 {
        content.withUnsafeBytes { bytes in
            var value = crc32(0, nil, 0)
            var rest = bytes.bindMemory(to: UInt8.self)[...]
            while !rest.isEmpty {
                let block = UnsafeBufferPointer(rebasing: rest.prefix(1 << 30))
                value = crc32(value, block.baseAddress, UInt32(block.count))
                rest = rest.dropFirst(block.count)
            }
            return UInt32(truncatingIfNeeded: value)
        }
    }
}
