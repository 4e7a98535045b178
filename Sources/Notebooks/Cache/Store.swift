import Foundation

/// The results of cells on disk, named after what they were computed from; files are named after their contents.
///
///     results/ab/ab12….json    what came out of a cell
///     objects/cd/cd34….h5      a file that a cell made
///     working/ab12…/           what a running or interrupted cell has so far
public struct Store: Sendable {
    /// The folder.
    public let folder: String

    /// A store in a folder, which is made when it is first written to.
    public init(folder: String) { self.folder = FilePath.absolute(folder) }

    /// Where the store of a notebook is, unless somebody names another place: `$HUGONIOT_HOME/store`, else
    /// `.hugoniot/store` beside the notebook.
    public static func standardFolder(
        of notebook: String, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        if let home = environment["HUGONIOT_HOME"], !home.isEmpty { return "\(home)/store" }
        return FilePath.resolve(".hugoniot/store", from: FilePath.folder(of: notebook))
    }

    /// What the store says about a cell.
    public struct Entry: Sendable, Codable {
        /// Raised when this form changes.
        static let currentFormat = 1
        var format = Entry.currentFormat
        /// The notebook that asked first, from the root of the file system.
        public var notebook: String
        /// The id of the cell.
        public var cell: String
        /// Its verb.
        public var verb: String
        /// What was asked for.
        public var key: String
        /// What the key is made of.
        public var parts: [CellKey.Part]
        /// The program that computed it.
        public var build: String
        /// Its version.
        public var tool: String
        /// Wall seconds that it took.
        public var seconds: Double
        /// What came out; files are names of objects.
        public var result: CellResult
    }

    func entryPath(_ address: String) -> String { "\(folder)/results/\(address.prefix(2))/\(address).json" }
    func objectPath(_ name: String) -> String { "\(folder)/objects/\(name.prefix(2))/\(name)" }
    func workingFolder(_ address: String) -> String { "\(folder)/working/\(address.prefix(32))" }
    /// Names the notebook that a working folder belongs to.
    static let ownerFile = "notebook.txt"

    /// The latest result of a cell of a notebook that asked for something else.
    public func latest(of cell: String, in notebook: String, otherThan key: String) -> Entry? {
        let path = FilePath.absolute(notebook)
        let found = entries().filter {
            $0.entry.cell == cell && $0.entry.notebook == path && $0.entry.key != key
        }
        return found.max { written($0.address) < written($1.address) }?.entry
    }

    /// When a result was written: for people, never for keys.
    private func written(_ address: String) -> Date {
        let attributes = try? FileManager.default.attributesOfItem(atPath: entryPath(address))
        return attributes?[.modificationDate] as? Date ?? .distantPast
    }

    /// What is stored under an address, with the paths of its files; nil where it is missing or not whole.
    public func entry(_ address: String) -> Entry? { read(entryPath(address)) }

    private func read(_ path: String) -> Entry? {
        guard let data = FileManager.default.contents(atPath: path),
            var entry = try? Self.decoder.decode(Entry.self, from: data),
            entry.format == Entry.currentFormat
        else { return nil }
        entry.result.files = entry.result.files.mapValues(objectPath)
        return entry.result.files.values.allSatisfy(FilePath.isFile) ? entry : nil
    }

    /// All entries with their addresses, those without their files left out.
    public func entries() -> [(address: String, entry: Entry)] {
        let root = "\(folder)/results"
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
            read("\(root)/\(name)").map { (FilePath.withoutExtension(FilePath.name(of: name)), $0) }
        }
    }

    /// Moves the files of a result in, and writes what came out. Throws where the disk refuses.
    func keep(_ entry: Entry, at address: String) throws -> CellResult {
        var stored = entry
        // One file may have several roles, and is moved only once.
        let paths = Set(entry.result.files.values)
        let names = try Dictionary(uniqueKeysWithValues: paths.map { ($0, try keepFile($0, address)) })
        stored.result.files = entry.result.files.compactMapValues { names[$0] }
        try Self.write(try Self.encoder.encode(stored), to: entryPath(address))
        try? FileManager.default.removeItem(atPath: workingFolder(address))
        var result = stored.result
        result.files = result.files.mapValues(objectPath)
        return result
    }

    private func keepFile(_ path: String, _ address: String) throws -> String {
        let suffix = FilePath.suffix(of: path)
        let name = try Digest.sha256(ofFile: path) + (suffix.isEmpty ? "" : ".\(suffix)")
        let target = objectPath(name)
        guard !FilePath.isFile(target) else { return name }
        try Self.makeFolder(FilePath.folder(of: target))
        if path.hasPrefix(workingFolder(address) + "/") {
            try FileManager.default.moveItem(atPath: path, toPath: target)
        } else {
            let temporary = target + ".part"
            try? FileManager.default.removeItem(atPath: temporary)
            try FileManager.default.copyItem(atPath: path, toPath: temporary)
            try FileManager.default.moveItem(atPath: temporary, toPath: target)
        }
        return name
    }

    static func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    static func write(_ data: Data, to path: String) throws {
        try makeFolder(FilePath.folder(of: path))
        try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }
}
