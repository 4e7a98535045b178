/// Tells what a file holds.
public struct InfoVerb: Verb {
    /// The file.
    public var path: String

    /// A file to look into.
    public init(path: String) { self.path = path }

    /// Reads attributes and shapes; no field is loaded.
    public func perform(on console: Console) throws -> InfoReport { throw notJoined("info") }
}

/// What a file holds.
public struct InfoReport: VerbReport {
    /// A dataset of the file.
    public struct Dataset: Sendable, Encodable, Equatable {
        /// Its path.
        public var path: String
        /// Its shape, slowest index first.
        public var shape: [Int]
        /// How its numbers are stored.
        public var type: String

        /// A dataset of the file.
        public init(path: String, shape: [Int], type: String) {
            self.path = path
            self.shape = shape
            self.type = type
        }
    }

    /// The file.
    public var path: String
    /// The attributes of the root, long texts included.
    public var attributes: [String: String]
    /// All datasets, by path.
    public var datasets: [Dataset]

    /// Attributes, then datasets.
    public func text(on terminal: Terminal) -> String {
        var facts = Table([.init(""), .init("")])
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            let lines = value.split(separator: "\n")
            facts.add([name, lines.count > 1 ? "\(lines.count) lines (see --json)" : value])
        }
        var table = Table([.init("dataset"), .init("shape"), .init("type")])
        for dataset in datasets {
            table.add([dataset.path, dataset.shape.map(String.init).joined(separator: " × "), dataset.type])
        }
        return [terminal.styled(path, .bold), facts.rendered(on: terminal), "", table.rendered(on: terminal)]
            .joined(separator: "\n")
    }
}
