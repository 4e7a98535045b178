import Foundation

/// The JSON text at the start of a safetensors file.
struct SafetensorsHeader: Codable {
    struct Entry: Codable {
        var dtype: String
        var shape: [Int]
        var data_offsets: [Int]
    }

    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private static let metadataKey = "__metadata__"

    var metadata: [String: String]
    var entries: [String: Entry]

    init(metadata: [String: String], entries: [String: Entry]) {
        self.metadata = metadata
        self.entries = entries
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        metadata = [:]
        entries = [:]
        for key in container.allKeys {
            if key.stringValue == Self.metadataKey {
                metadata = try container.decode([String: String].self, forKey: key)
            } else {
                entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        if !metadata.isEmpty {
            try container.encode(metadata, forKey: Name(stringValue: Self.metadataKey))
        }
        for (name, entry) in entries { try container.encode(entry, forKey: Name(stringValue: name)) }
    }

    /// Why the entries do not describe `count` bytes, without gaps and overlaps; nil where they do.
    func objection(byteCount count: Int) -> String? {
        var end = 0
        let ordered = entries.sorted { ($0.value.data_offsets, $0.key) < ($1.value.data_offsets, $1.key) }
        for (name, entry) in ordered {
            guard let type = SafetensorsType(rawValue: entry.dtype) else {
                let known = SafetensorsType.allCases.map(\.rawValue).joined(separator: ", ")
                return "the tensor \"\(name)\" is of type \(entry.dtype); known are \(known)"
            }
            guard entry.data_offsets.count == 2, let bytes = entry.byteCount(type) else {
                return "the tensor \"\(name)\" has no valid shape and place"
            }
            let (start, next) = (entry.data_offsets[0], entry.data_offsets[1])
            guard start == end, next >= start, next - start == bytes else {
                return "the tensor \"\(name)\" of \(bytes) bytes lies at \(start) to \(next), after \(end)"
            }
            end = next
        }
        return end == count ? nil : "its tensors take \(end) bytes, the file has \(count) for them"
    }
}

extension SafetensorsHeader.Entry {
    /// Bytes of the values; nil for a negative extent, or more than fits into memory.
    fileprivate func byteCount(_ type: SafetensorsType) -> Int? {
        var count = type.size
        for extent in shape {
            let (product, overflows) = count.multipliedReportingOverflow(by: extent)
            guard extent >= 0, !overflows else { return nil }
            count = product
        }
        return count
    }
}

private func < (a: ([Int], String), b: ([Int], String)) -> Bool {
    a.0 == b.0 ? a.1 < b.1 : a.0.lexicographicallyPrecedes(b.0)
}
