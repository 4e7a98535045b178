/// Reads a checkpoint, one array at a time, straight into the caller's memory.
public final class CheckpointReader: Sendable {
    /// The file's path on disk.
    public let path: String
    /// The attributes given when it was written.
    public let attributes: [String: AttributeValue]
    /// The arrays, in alphabetical order.
    public let arrays: [CheckpointEntry]
    private let file: HDF5File

    init(_ path: String) throws {
        self.path = path
        file = try HugoniotFile.open(path, format: CheckpointFile.format)
        do {
            attributes = try file.root.group("attributes").attributes.all()
            arrays = try Self.entries(file, path)
            let manifest = try file.root.attributes.read("manifest_sha256")?.text
            guard manifest == CheckpointEntry.manifest(attributes, arrays) else {
                throw ArchiveError(
                    .damaged, "the checkpoint \(path) is damaged: its description contradicts its digest")
            }
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
    }

    /// Reads the array `name` into `bytes`, which must have its size, and checks its digest. Throws
    /// `ArchiveError`.
    public func read(_ name: String, into bytes: UnsafeMutableRawBufferPointer) throws {
        let entry = try entry(name)
        guard bytes.count == entry.byteCount else {
            throw ArchiveError(
                .mismatch,
                "array \(name) of the checkpoint \(path) has \(entry.byteCount) bytes, memory for \(bytes.count) given"
            )
        }
        do {
            try file.root.dataset("arrays/\(name)").read(into: bytes, of: entry.elementType)
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
        guard Fingerprint.sha256(of: UnsafeRawBufferPointer(bytes)) == entry.sha256 else {
            throw ArchiveError(
                .damaged, "the checkpoint \(path) is damaged: the array \(name) does not match its digest")
        }
    }

    /// Reads the array `name`, which must be of the type `Element`, and checks its digest. Throws
    /// `ArchiveError`.
    public func read<Element: HDF5Element>(_ name: String, as _: Element.Type = Element.self) throws
        -> [Element]
    {
        let entry = try entry(name)
        guard entry.elementType == Element.elementType else {
            throw ArchiveError(
                .mismatch,
                "array \(name) of the checkpoint \(path) is \(entry.elementType), not \(Element.elementType)")
        }
        var values = [Element](repeating: .zeroElement, count: entry.shape.reduce(1, *))
        try values.withUnsafeMutableBytes { try read(name, into: $0) }
        return values
    }

    private func entry(_ name: String) throws -> CheckpointEntry {
        guard let entry = arrays.first(where: { $0.name == name }) else {
            throw ArchiveError(
                .mismatch, "the checkpoint \(path) has no array '\(name)'; it has \(arrays.map(\.name))")
        }
        return entry
    }

    private static func entries(_ file: HDF5File, _ path: String) throws -> [CheckpointEntry] {
        let group = try file.root.group("arrays")
        return try group.childNames().map { name in
            let dataset = try group.dataset(name)
            guard let type = dataset.elementType, let digest = try dataset.attributes.read("sha256")?.text
            else {
                throw ArchiveError(
                    .damaged, "the checkpoint \(path) is damaged: the array \(name) lacks its digest")
            }
            return CheckpointEntry(name: name, shape: try dataset.shape(), elementType: type, sha256: digest)
        }
    }
}
