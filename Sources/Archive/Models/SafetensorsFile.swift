import Foundation

/// A file of named tensors with a table of texts: the safetensors format, which Python's package of that name reads and
/// writes. Eight bytes tell the length of a JSON header, then follow the values, little-endian, without gaps.
///
/// Nothing in such a file is executed, and nothing is believed before it is checked against the size of the file.
public struct SafetensorsFile: Sendable {
    /// Free texts, `__metadata__` in the file.
    public var metadata: [String: String]
    /// The tensors, in the order of their values in the file.
    public var tensors: [SafetensorsTensor]

    private static let longestHeader = 100_000_000

    /// A file to be written.
    public init(metadata: [String: String] = [:], tensors: [SafetensorsTensor]) {
        self.metadata = metadata
        self.tensors = tensors
    }

    /// Reads a file.
    ///
    /// - Throws: `ArchiveError` for a missing, truncated or foreign file, and one whose header contradicts it.
    public init(reading path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ArchiveError(.missing, "there is no file \(path)")
        }
        guard !isFolder.boolValue,
            let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
        else { throw ArchiveError(.unwritable, "cannot read \(path)") }
        try self.init(data, path)
    }

    private init(_ data: Data, _ path: String) throws {
        guard data.count >= 8 else {
            throw ArchiveError(.foreign, "\(path) is no safetensors file: it has \(data.count) bytes")
        }
        let length = data.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
        guard length <= UInt64(Self.longestHeader) else {
            throw ArchiveError(
                .foreign, "\(path) is no safetensors file: its header would have \(length) bytes")
        }
        guard UInt64(data.count) - 8 >= length else {
            throw ArchiveError(.truncated, "\(path) is truncated: it ends within its header; copy it again")
        }
        let start = 8 + Int(length)
        let header: SafetensorsHeader
        do {
            header = try JSONDecoder().decode(SafetensorsHeader.self, from: data[8..<start])
        } catch {
            throw ArchiveError(.foreign, "\(path) is no safetensors file: its header is not understood")
        }
        let present = data.count - start
        if let objection = header.objection(byteCount: present) {
            let needed = header.entries.values.compactMap(\.data_offsets.last).max() ?? 0
            let kind: ArchiveError.Kind = needed > present ? .truncated : .damaged
            throw ArchiveError(kind, "\(path) is \(kind.rawValue): \(objection); copy it again")
        }
        metadata = header.metadata
        tensors = header.entries.sorted { $0.value.data_offsets[0] < $1.value.data_offsets[0] }.compactMap {
            name, entry in
            SafetensorsType(rawValue: entry.dtype).map {
                let range = (start + entry.data_offsets[0])..<(start + entry.data_offsets[1])
                return SafetensorsTensor(
                    name: name, type: $0, shape: entry.shape, bytes: [UInt8](data[range]))
            }
        }
    }

    /// The tensor of a name.
    public func tensor(_ name: String) -> SafetensorsTensor? { tensors.first { $0.name == name } }

    /// Writes `PATH` through `PATH.tmp`: no half file carries the name. The same content gives the same bytes.
    ///
    /// - Throws: `ArchiveError` where the file cannot be written.
    public func write(to path: String) throws {
        try PartialFile.write(contents(), to: path, for: "the model")
    }

    private func contents() throws -> Data {
        var entries: [String: SafetensorsHeader.Entry] = [:]
        var offset = 0
        // Wide values first, so that all of them are aligned.
        let ordered = tensors.enumerated().sorted {
            ($1.element.type.size, $0.offset) < ($0.element.type.size, $1.offset)
        }.map(\.element)
        for tensor in ordered {
            precondition(entries[tensor.name] == nil, "\(tensor.name) occurs once")
            entries[tensor.name] = .init(
                dtype: tensor.type.rawValue, shape: tensor.shape,
                data_offsets: [offset, offset + tensor.bytes.count])
            offset += tensor.bytes.count
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var header = try encoder.encode(SafetensorsHeader(metadata: metadata, entries: entries))
        header.append(contentsOf: [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8))
        var data = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) }
        data.append(header)
        for tensor in ordered { data.append(contentsOf: tensor.bytes) }
        return data
    }
}
