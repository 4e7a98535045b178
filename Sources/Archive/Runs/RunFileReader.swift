/// Reads a run file, finished or not. A file that is being written or was interrupted shows its complete
/// snapshots.
public final class RunFileReader: Sendable {
    /// The file's path on disk.
    public let path: String
    /// The attributes of the root: `case`, `storage`, `status` and the others.
    public let attributes: [String: AttributeValue]
    /// The grid's axes, x first.
    public let axes: [RunAxis]
    /// Times of the snapshots.
    public let times: [Double]
    /// Steps of the snapshots.
    public let steps: [Int]
    /// The stored fields, in alphabetical order.
    public let fieldNames: [String]
    /// Names of the probes, in alphabetical order.
    public let probeNames: [String]
    /// Names of the bodies with stored forces, in alphabetical order.
    public let forceNames: [String]
    /// Bytes of one stored value of a field.
    public let fieldPrecision: Int
    /// Names of the bodies whose last state at the wall is stored, in alphabetical order.
    public let surfaceNames: [String]
    /// Whether the file holds the signed distance and the mask of bodies.
    public let hasGeometry: Bool
    private let root: HDF5Group
    private let file: HDF5File

    /// Opens a run file. Throws `ArchiveError` telling apart a missing, foreign, truncated, newer and damaged
    /// file.
    public init(_ path: String) throws {
        self.path = path
        file = try HugoniotFile.open(path, format: RunFileLayout.format)
        root = file.root
        do {
            attributes = try file.root.attributes.all()
            axes = try GridDatasets.readAxes(file.root)
            let names = try file.root.group("fields").childNames()
            let fields = try names.map { [root] in try root.dataset("fields/\($0)") }
            let cells = axes.reversed().map(\.cellCount)
            for field in fields
            where Array(try field.shape().dropFirst()) != cells || field.elementType == nil {
                throw ArchiveError(
                    .damaged,
                    "\(path) is damaged: \(field.path) of shape \(try field.shape()) does not fit a grid of \(cells)"
                )
            }
            fieldNames = names
            fieldPrecision = fields.first?.elementType?.size ?? 4
            probeNames = try Self.children(file.root, "probes")
            forceNames = try Self.children(file.root, "forces")
            surfaceNames = try Self.children(file.root, "surface")
            hasGeometry = try file.root.contains("geometry/sdf")
            let times: [Double] = try file.root.dataset("time").read()
            let steps: [Int64] = try root.contains("step") ? root.dataset("step").read() : []
            let complete = min(times.count, try fields.map { try $0.shape().first ?? 0 }.min() ?? 0)
            self.times = Array(times.prefix(complete))
            self.steps = steps.prefix(complete).map(Int.init)
        } catch let error as HDF5Error {
            throw HugoniotFile.translate(error, path)
        }
    }

    /// Snapshots that all fields have.
    public var snapshotCount: Int { times.count }
    /// The shape of one snapshot, slowest axis first: (z,) y, x.
    public var fieldShape: [Int] { axes.reversed().map(\.cellCount) }
    /// The case as run, as TOML text.
    public var caseText: String { attributes["case"]?.text ?? "" }
    /// `running`, `interrupted`, `completed` or how else the run ended.
    public var status: String { attributes["status"]?.text ?? "unknown" }

    /// One snapshot of one field, C order, x fastest, converted to `Element`. Throws `ArchiveError`.
    public func field<Element: HDF5Element>(
        _ name: String, snapshot: Int, as _: Element.Type = Float.self
    ) throws -> [Element] {
        guard fieldNames.contains(name) else {
            throw ArchiveError(
                .mismatch, "\(path) has no field '\(name)'; it has \(fieldNames.joined(separator: ", "))")
        }
        guard times.indices.contains(snapshot) else {
            let range = times.isEmpty ? "none" : "0 to \(times.count - 1)"
            throw ArchiveError(.mismatch, "\(path) has no snapshot \(snapshot); it has \(range)")
        }
        return try reading {
            let dataset = try root.dataset("fields/\(name)")
            return try dataset.read(at: .row(snapshot, ofShape: try dataset.shape()))
        }
    }

    /// The index of the snapshot nearest to `time`; nil where there is none.
    public func snapshot(nearest time: Double) -> Int? {
        times.indices.min { abs(times[$0] - time) < abs(times[$1] - time) }
    }

    /// The columns of `/history`. Throws `ArchiveError`.
    public func history() throws -> [String: [Double]] { try series(RunFileLayout.historyGroup) }

    /// The columns of a probe's time series, `time` among them. Throws `ArchiveError`.
    public func probe(_ name: String) throws -> [String: [Double]] {
        try series(RunFileLayout.probeGroup(name))
    }

    /// The columns of a body's forces, `time` among them. Throws `ArchiveError`.
    public func forces(_ name: String) throws -> [String: [Double]] {
        try series(RunFileLayout.forceGroup(name))
    }

    /// What is known about a body's forces as a whole, such as the Strouhal number. Throws `ArchiveError`.
    public func forceAttributes(_ name: String) throws -> [String: AttributeValue] {
        try attributes(of: RunFileLayout.forceGroup(name))
    }

    /// The columns of a body's wall in the last state: `x`, `y`, `arc_length`, `pressure_coefficient` and so
    /// on, a row each surface element. Throws `ArchiveError`.
    public func surface(_ name: String) throws -> [String: [Double]] {
        try series(RunFileLayout.surfaceGroup(name))
    }

    /// What is known about a body's wall as a whole: `time`, the reference state. Throws `ArchiveError`.
    public func surfaceAttributes(_ name: String) throws -> [String: AttributeValue] {
        try attributes(of: RunFileLayout.surfaceGroup(name))
    }

    /// Signed distance and mask; nil where the run had no bodies. Throws `ArchiveError`.
    public func geometry() throws -> RunGeometry? {
        let geometry = try reading { try GridDatasets.readGeometry(root) }
        if let geometry { try RunFileLayout.validate(geometry, cellCount: fieldShape.reduce(1, *)) }
        return geometry
    }

    private func attributes(of group: String) throws -> [String: AttributeValue] {
        try reading {
            try root.contains(group) ? root.group(group).attributes.all() : [:]
        }
    }

    private func series(_ group: String) throws -> [String: [Double]] {
        try reading {
            guard try root.contains(group) else { return [:] }
            var columns: [String: [Double]] = [:]
            for name in try root.group(group).childNames() {
                columns[name] = try root.dataset("\(group)/\(name)").read()
            }
            let complete = columns.values.map(\.count).min() ?? 0
            return columns.mapValues { Array($0.prefix(complete)) }
        }
    }

    private func reading<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as HDF5Error { throw HugoniotFile.translate(error, path) }
    }

    private static func children(_ root: HDF5Group, _ name: String) throws -> [String] {
        try root.contains(name) ? root.group(name).childNames() : []
    }
}
