import Foundation

/// One array on its way into a checkpoint. The memory is borrowed: nothing is copied.
public struct CheckpointArray {
    /// The array's name.
    public let name: String
    /// Extent along each axis, slowest first.
    public let shape: [Int]
    /// The type of the elements.
    public let elementType: ElementType
    /// The elements, C order; must stay valid until `CheckpointFile.write` returns.
    public let bytes: UnsafeRawBufferPointer

    /// Describes an array.
    public init(name: String, shape: [Int], elementType: ElementType, bytes: UnsafeRawBufferPointer) {
        self.name = name
        self.shape = shape
        self.elementType = elementType
        self.bytes = bytes
    }
}

/// Writes checkpoints: all that a computation needs to go on bitwise as if never stopped.
///
/// HDF5: the caller's attributes on the group `/attributes`, one dataset an array below `/arrays`, each with
/// its SHA-256 as attribute, and a digest of all names, values, shapes and digests on the root.
public enum CheckpointFile {
    static let format = "hugoniot-checkpoint"
    /// Fields lie in a checkpoint as the solver stores them.
    static let versions = FormatVersions(
        readable: 2...2,
        reason: """
            fields of 16 bits are stored otherwise since (every 64 cells keep a debt of their own); go on with \
            the Hugoniot that wrote it, or start the run afresh with --overwrite
            """)

    /// Where the checkpoint of a run lies: `RUN.checkpoint.h5` beside `RUN.h5`.
    public static func path(forRunFile path: String) -> String {
        (path as NSString).deletingPathExtension + ".checkpoint.h5"
    }

    /// Removes the checkpoint of a run that is complete. Does nothing where there is none.
    public static func remove(_ path: String) { unlink(path) }

    /// Writes a checkpoint. The one that is already at `path` stays until the new one is safely on disk.
    /// Throws `ArchiveError` for a full disk or unwritable folder, with the previous checkpoint untouched.
    public static func write(
        _ path: String, attributes: [String: AttributeValue], arrays: [CheckpointArray]
    ) throws {
        try requireConsistent(arrays)
        let partial = try PartialFile(creating: path)
        do {
            let size = arrays.map(\.bytes.count).reduce(0, +)
            try partial.reserve(size + 1 << 20, for: "a checkpoint")
            let file = try HDF5File.create(partial)
            try writeContents(file, attributes, arrays)
            try partial.commit(closing: file)
        } catch {
            partial.discard()
            if let error = error as? HDF5Error {
                throw HugoniotFile.translate(error, partial.path)
            }
            throw error
        }
    }

    /// Opens a checkpoint for reading. Throws `ArchiveError` telling apart a missing, foreign, truncated,
    /// newer, outdated and damaged file.
    public static func open(_ path: String) throws -> CheckpointReader { try CheckpointReader(path) }

    private static func writeContents(
        _ file: HDF5File, _ attributes: [String: AttributeValue], _ arrays: [CheckpointArray]
    ) throws {
        try HugoniotFile.mark(file.root, format: format)
        try file.root.createGroup("attributes").attributes.write(attributes)
        let group = try file.root.createGroup("arrays")
        var entries: [CheckpointEntry] = []
        for array in arrays {
            let digest = Fingerprint.sha256(of: array.bytes)
            let dataset = try group.createDataset(array.name, array.elementType, shape: array.shape)
            try dataset.write(array.bytes, of: array.elementType)
            try dataset.attributes.write("sha256", .text(digest))
            entries.append(
                CheckpointEntry(
                    name: array.name, shape: array.shape, elementType: array.elementType, sha256: digest))
        }
        let manifest = CheckpointEntry.manifest(attributes, entries)
        try file.root.attributes.write("manifest_sha256", .text(manifest))
    }

    private static func requireConsistent(_ arrays: [CheckpointArray]) throws {
        guard Set(arrays.map(\.name)).count == arrays.count else {
            throw ArchiveError(
                .mismatch, "two arrays of a checkpoint have the same name: \(arrays.map(\.name))")
        }
        for array in arrays {
            let expected = array.shape.reduce(array.elementType.size, *)
            guard array.bytes.count == expected else {
                throw ArchiveError(
                    .mismatch,
                    "array \(array.name) of shape \(array.shape) needs \(expected) bytes, \(array.bytes.count) given"
                )
            }
        }
    }
}

/// What a checkpoint says about one of its arrays.
public struct CheckpointEntry: Sendable, Equatable {
    /// The array's name.
    public let name: String
    /// Extent along each axis, slowest first.
    public let shape: [Int]
    /// The type of the elements.
    public let elementType: ElementType
    /// SHA-256 of the elements' bytes.
    public let sha256: String

    /// Bytes of the array.
    public var byteCount: Int { shape.reduce(elementType.size, *) }

    /// One digest over all that a checkpoint says about itself.
    static func manifest(_ attributes: [String: AttributeValue], _ entries: [CheckpointEntry]) -> String {
        let values = attributes.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
        let arrays = entries.sorted { $0.name < $1.name }
            .map { "\($0.name) \($0.elementType.rawValue) \($0.shape) \($0.sha256)" }
        return Fingerprint.sha256(of: (values + arrays).joined(separator: "\n"))
    }
}
